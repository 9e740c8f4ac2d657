"""Picking values out of a stranger's record: what is not of the right kind is as good as absent."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from directory.openreferral.cleaning import phone_number, plain_line
from directory.records import Phone

MOST = 50  # of anything that a record holds several of
Given = Mapping[str, Any]
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def records_in(value: object) -> Iterator[Given]:
    """The records of a list, the first `MOST` of them."""
    for each in value[:MOST] if isinstance(value, list) else ():
        if isinstance(each, dict):
            yield each


def record_in(value: object) -> Given:
    """A record, or an empty one."""
    return value if isinstance(value, dict) else {}


def lines_in(records: object, *names: str) -> list[str]:
    """One line of each record, by the first of these names that holds any; each line once."""
    found = (
        next(filter(None, (plain_line(each.get(name)) for name in names)), None)
        for each in records_in(records)
    )
    return list(dict.fromkeys(filter(None, found)))


def phones_in(records: object, doubts: list[str]) -> list[Phone]:
    """The numbers that can be rung in this country, each once."""
    found: dict[str, Phone] = {}
    for each in records_in(records):
        number = phone_number(each.get("number"))
        if number is None:
            if each.get("number"):
                doubts.append("a phone number cannot be rung as it stands")
            continue
        extension = plain_line(each.get("extension"), 10)
        label = plain_line(each.get("description"), 300) or plain_line(each.get("name"), 300)
        if extension:
            label = f"{label}, extension {extension}" if label else f"Extension {extension}"
        found.setdefault(number, Phone(number=number, label=label))
    return list(found.values())


def day_in(value: object) -> date | None:
    """The day of an ISO date or date-time."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def age_in(value: object) -> int | None:
    """An age in completed years, 0 to 120."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 120:
        return None
    return int(value)


def postcode_in(value: object) -> str | None:
    """A United Kingdom postcode with its one space."""
    text = re.sub(r"\s", "", value).upper() if isinstance(value, str) and len(value) < 20 else ""
    match = _POSTCODE.fullmatch(text)
    return f"{match[1]} {match[2]}" if match else None


def first(values: Sequence[str]) -> str | None:
    """The first of several, or none."""
    return values[0] if values else None


def postcodes_of(raw: Given) -> list[str]:
    """The postcodes of a service's places, as a feed gives them."""
    found = (
        postcode_in(address.get("postal_code"))
        for place in records_in(raw.get("service_at_locations"))
        for address in records_in(record_in(place.get("location")).get("addresses"))
    )
    return [postcode for postcode in found if postcode]
