"""Suggesting topics and promises, learned from what people filed before, and finding messages that look alike."""
