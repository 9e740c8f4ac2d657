"""Reading one civil date as sent in JSON or YAML."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnreadableError(ValueError):
    """A value that cannot be read; the message is a plain sentence for the person."""


def read_date(value: object, called: str) -> date:
    """A date such as 2007-03-10. UnreadableError for another form, and for days that never were."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        raise UnreadableError(f"{called} must be a date such as 2007-03-10.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UnreadableError(f"{called} is not a real date: there is no such day.") from None
