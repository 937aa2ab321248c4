"""Bodies that make promises and answer: council, NHS, schools, the forum."""
