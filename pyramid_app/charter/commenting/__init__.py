"""What members say about a draft, how much it matters to them, what came of it, and whether it is met now."""
