"""What keeps asking fair: who looked at the wording, which formats are ready, when it may close, how it may move."""
