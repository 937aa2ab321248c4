"""Ratification: families vote on exactly the words of drafts of the charter, each beside what stands now."""
