"""Did it help? Asked some weeks after "done", answered by a signed link; enough "no" starts a topic again."""
