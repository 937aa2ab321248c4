"""The Parent Charter: principles, commitments, their wordings in numbered editions. Knows no polls, no feedback."""
