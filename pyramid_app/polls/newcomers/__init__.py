"""Who joined while a question was open, where that was more than usual, and what the desk decides about it."""
