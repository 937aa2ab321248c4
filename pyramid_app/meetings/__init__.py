"""The Co-production Group meets: when and where, what is on the agenda, who is there, what was decided and said."""
