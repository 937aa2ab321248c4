"""Writing to those whom a poll asks: the invitation when it opens, and one reminder before it closes."""
