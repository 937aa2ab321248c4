"""The evidence of a promise."""
