"""What may be urgent: somebody on duty is told at once, and again and again until a colleague has seen to it."""
