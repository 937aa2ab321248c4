"""A draft's own page."""
