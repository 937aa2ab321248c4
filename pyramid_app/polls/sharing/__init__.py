"""The share pack of a poll: what schools and parents pass on."""
