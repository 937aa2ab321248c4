"""How a consultation's main points were considered: changed, or not because. Without it a consultation is not over."""
