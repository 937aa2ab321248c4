"""It was not me: whoever was there before puts back what became of her addresses."""
