"""Roll, sealed envelopes and their opening. Knows no polls and no elections: ``about`` says whose ballot it is."""
