"""Sentences in a language, London dates and working days. Not here: whose sentences they are."""

from pyramid_app.kit.texts.dates import (
    LONDON,
    add_working_days,
    clock_time,
    day,
    london_date,
    london_midnight,
    long_date,
    moment,
    week_began,
    working_days_between,
)
from pyramid_app.kit.texts.sentences import sentence

__all__ = [
    "LONDON",
    "add_working_days",
    "clock_time",
    "day",
    "london_date",
    "london_midnight",
    "long_date",
    "moment",
    "sentence",
    "week_began",
    "working_days_between",
]
