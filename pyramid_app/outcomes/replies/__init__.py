"""Partners answer by a link to a role's mailbox, by a fair clock; and see an answer of ours before it is public."""
