"""The desk: what waits for a colleague."""
