"""One's own child: with one yes the words go to a place that can help, which says it has them. Never published."""
