"""Opening the box once, storing the result, showing it, and telling those who answered."""
