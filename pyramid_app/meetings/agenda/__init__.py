"""What a meeting will talk about: typed by the chair, suggested from what is due, and back from earlier meetings."""
