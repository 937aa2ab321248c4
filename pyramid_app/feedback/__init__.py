"""What people said: taking it in, filing it (which is the first answer), keeping one's own child's case apart."""
