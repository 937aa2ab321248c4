"""What the pyramid works on: voices gather under a topic; polls and outcomes are about it; it touches commitments."""
