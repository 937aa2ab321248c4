"""Reading the charter: its numbered editions and what changed between them, on the screen, on paper and as files;
who signed it, in which languages it stands, and how an area's first one comes in."""
