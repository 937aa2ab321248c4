"""Exercises on a topic: a workshop, a coffee morning, a visit; who came by kind, and notes that become voices."""
