"""One-time codes: asking for one, sending it, typing it. The same happens for addresses that we know and do not know.

One code is under way for an address and what it is for: whoever asks again meanwhile is bound to it, and no second
letter goes. So nobody can use up somebody else's letters, and nobody's asking or guessing makes her code void.
"""
