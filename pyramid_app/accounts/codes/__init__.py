"""One-time codes: asking for one, sending it, typing it."""
