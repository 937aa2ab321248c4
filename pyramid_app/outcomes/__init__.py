"""Answers to topics ("you said, we did"), who is told, and whether we kept the date of the next word."""
