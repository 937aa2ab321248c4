"""What a member reads before a meeting: to decide, to hear, what we said we would do, what families say."""
