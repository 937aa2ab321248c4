"""Polls and consultations of the Parent Parliament, on ballots: asking, answering, results, what came of them."""
