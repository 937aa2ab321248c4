"""The calendar of everything that is to come."""
