"""The blind check of each term: two representatives read what was held back, and say what they would have done."""
