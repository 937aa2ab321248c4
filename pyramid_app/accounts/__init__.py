"""Who you are: people, the ways to reach them, signing in without a password, roles of staff.

Not here: where somebody stands in the pyramid (``participation``).
"""
