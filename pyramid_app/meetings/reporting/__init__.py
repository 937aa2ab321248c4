"""The morning after, each representative writes three boxes: what we raised, what was said, what is next."""
