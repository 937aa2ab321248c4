"""Next steps: a dated action with an owner and what will show it; every date it ever had stays in sight."""
