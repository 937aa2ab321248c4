"""Words that are not published, for one of five reasons, which their author reads and can object to."""
