"""Polls of the Parent Parliament, on ballots: writing, scheduling, answering, the result. Consultations come later."""
