"""Any member of the Group asks for an item, and has a yes or a reasoned no by a day."""
