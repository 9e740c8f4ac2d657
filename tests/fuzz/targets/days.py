"""Days on which inputs are read: today's, leap days, the day councils merge, both ends of what is taken."""

from datetime import date

DAYS = (
    date(2026, 11, 22),
    date(2024, 2, 29),
    date(2028, 4, 1),
    date(1900, 1, 1),
    date(2200, 1, 1),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 12, 31),
)
