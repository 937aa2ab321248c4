"""What every room stands on; it knows no capability: no parent, no poll, no charter."""
