"""Colleagues, absences and who has what."""
