"""Two people who share one mailbox: the desk confirms that they are two."""
