"""Notices: a plain letter by an officer about something that is of use until a day (a survey, a meeting)."""
