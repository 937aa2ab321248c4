"""Who is there, whether that is enough to decide, and what was decided: typed once."""
