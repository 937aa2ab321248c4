"""What was done: append-only, hash-chained. Never in here: a choice on a ballot, the words of a family."""
