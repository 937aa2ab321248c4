"""What the representatives think of an answer: they agree, they do not agree because …, or they were not asked."""
