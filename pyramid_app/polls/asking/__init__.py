"""The officer's side: write a question, see what is missing, try it, schedule it."""
