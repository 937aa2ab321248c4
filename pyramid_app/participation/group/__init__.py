"""Who belongs to the Co-production Group: the elected parents by their seat, everybody else because a lead says so."""
