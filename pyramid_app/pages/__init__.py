"""Screens that show several capabilities: home, /desk, /me, a topic's story. Their forms post to the owner."""
