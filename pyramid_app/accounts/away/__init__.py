"""Who is away, and who covers for them."""
