"""How often something may happen for one mailbox, one network or the whole installation in an hour or a day.

Whose budget it is stands in the table as a keyed mark only. Not here: what happens above a budget, which is for the
capability that asks.
"""
