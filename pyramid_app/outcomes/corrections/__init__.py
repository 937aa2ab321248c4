"""A published answer is never changed: a correction is a new version beside it, with its reason."""
