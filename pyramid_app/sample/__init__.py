"""Starting an area: a real one with nothing in it, or the sample one in which a whole year has happened.

The sample uses the same verbs as everybody else, told at past moments. Every family in it is made up.
"""
