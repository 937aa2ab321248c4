"""What the scheduler ran: who leads, which jobs exist, when each last ran and what failed."""
