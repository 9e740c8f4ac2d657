"""The service's own fields of a stranger's record: words, ages, topics, hours, numbers to ring."""

from collections.abc import Mapping
from typing import Any

from directory.hsds_schedules import NotReadableError, from_hsds
from directory.openreferral.cleaning import email_address, plain_line, plain_text, web_address
from directory.openreferral.given import (
    MOST,
    Given,
    age_in,
    first,
    lines_in,
    phones_in,
    record_in,
    records_in,
)
from directory.openreferral.harvesting import uuid_in
from directory.openreferral.listed import NOT_CONFIRMED
from directory.openreferral.taxonomies import KIND, SUPPORT, TERM_BY_ID, TERMS, TOPIC
from directory.schedules import Schedule

NOT_SAID = "The feed does not say what this is."
FALLBACK_TOPIC, FALLBACK_KIND = "adviser-and-rights", "information"
_STATUS = {
    "active": "open",
    "inactive": "closed",
    "defunct": "closed",
    "temporarily closed": "temporarily-closed",
}


def service_fields(record: Given, name: str, doubts: list[str]) -> dict[str, Any]:
    """Everything but the id, the council, the areas, the places, the hours and the sources."""
    summary, description = _summary(record.get("description"))
    if summary is None:
        doubts.append("it does not say what it is: write the summary")
    alert = plain_line(record.get("alert"))
    unknown = bool(alert and alert.startswith(NOT_CONFIRMED))
    status = _STATUS.get(str(record.get("status")), "unknown")
    if status == "unknown":
        doubts.append("it does not say whether it is open")
    ages = _ages(record, doubts)
    topics, kind = _about(record, doubts)
    return {
        "name": name,
        "kind": kind,
        "topics": topics,
        "status": "unknown" if unknown and status == "open" else status,
        "summary": summary or NOT_SAID,
        "description": description,
        "phones": phones_in(_all_phones(record), doubts),
        "email": email_address(record.get("email")),
        "website": web_address(record.get("url")),
        "opening_hours": _hours_in_words(record),
        "age_from": ages[0],
        "age_before": ages[1],
        "who_for": plain_line(record.get("eligibility_description")),
        "how_to_use": plain_line(record.get("application_process")),
        "cost": plain_line(record.get("fees")) or first(_costs(record)),
        "languages": lines_in(record.get("languages"), "name"),
        "also_known_as": names_in(record.get("alternate_name")),
        "caution": plain_line(alert.removeprefix(NOT_CONFIRMED)) if alert and unknown else alert,
    }


def _summary(value: object) -> tuple[str | None, str | None]:
    """The first paragraph as the summary and the rest as the description; a long one stays whole below."""
    text = plain_text(value, 2400)
    if text is None:
        return None, None
    head, _, rest = text.partition("\n\n")
    summary = plain_line(head)
    if summary is not None and len(" ".join(head.split())) > len(summary):
        rest = text
    return summary, plain_text(rest, 2000)


def _ages(record: Given, doubts: list[str]) -> tuple[int | None, int | None]:
    """The first age, and the birthday it ends on."""
    lowest, highest = age_in(record.get("minimum_age")), age_in(record.get("maximum_age"))
    for name, age in (("minimum_age", lowest), ("maximum_age", highest)):
        if age is None and record.get(name) not in (None, ""):
            doubts.append(f"{name} is no age")
    if lowest is not None and highest is not None and highest < lowest:
        doubts.append("its highest age is below its lowest, so we hold neither")
        return None, None
    if highest == 25:
        doubts.append("it says up to 25: ask whether somebody of 25 may still come")
    return lowest, None if highest is None else highest + 1


def _about(record: Given, doubts: list[str]) -> tuple[list[str], str]:
    """Topics and kind, by our own terms or terms of the same name."""
    by_name = {term.name.casefold(): term for term in TERMS.values()}
    found = []
    for each in records_in(record.get("attributes")):
        inner = record_in(each.get("taxonomy_term"))
        id_ = uuid_in(each.get("taxonomy_term_id")) or uuid_in(inner.get("id")) or ""
        term = TERM_BY_ID.get(id_) or by_name.get((plain_line(inner.get("name")) or "").casefold())
        found += [term] if term else []
    topics = [term.code for term in found if term.taxonomy == TOPIC]
    kinds = [term.code for term in found if term.taxonomy == KIND and term.code != SUPPORT]
    if not topics:
        doubts.append("it does not say what it is about in words we know: choose the topics")
    if not kinds:
        doubts.append("it does not say what kind of service it is: choose one")
    return list(dict.fromkeys(topics)) or [FALLBACK_TOPIC], (first(kinds) or FALLBACK_KIND)


def schedules_in(record: Given, doubts: list[str]) -> tuple[list[Schedule], Mapping[str, list[Schedule]]]:
    """The service's own hours, and those of its locations by the id of the service at location."""
    own: list[Schedule] = []
    by_place: dict[str, list[Schedule]] = {}
    nested = [
        {"service_at_location_id": place.get("id"), **each}
        for place in records_in(record.get("service_at_locations"))
        for each in records_in(place.get("schedules"))
    ]
    done: set[str] = set()
    for each in (*records_in(record.get("schedules")), *nested):
        id_ = uuid_in(each.get("id"))
        if _only_words(each) or (id_ is not None and id_ in done):
            continue
        done |= {id_} if id_ else set()
        schedule = _schedule(each, doubts)
        place_id = uuid_in(each.get("service_at_location_id"))
        if schedule is not None:
            (by_place.setdefault(place_id, []) if place_id else own).append(schedule)
    return own, by_place


def _schedule(record: Given, doubts: list[str]) -> Schedule | None:
    plain = {key: plain_line(value) if isinstance(value, str) else value for key, value in record.items()}
    try:
        read = from_hsds(plain)
    except (NotReadableError, ValueError, TypeError, RecursionError):
        doubts.append("some of its opening hours make no sense")
        return None
    doubts.extend(read.doubts)
    return read.schedule


def _only_words(schedule: Given) -> bool:
    timed = ("freq", "byday", "bymonthday", "opens_at", "closes_at", "dtstart")
    return bool(schedule.get("description")) and not any(schedule.get(name) for name in timed)


def _hours_in_words(record: Given) -> str | None:
    words = [each for each in records_in(record.get("schedules")) if _only_words(each)]
    return plain_line(words[0].get("description")) if words else None


def _all_phones(record: Given) -> list[Given]:
    """The service's numbers, then those of its contacts. Names of people are not taken over."""
    contacts = [
        {"number": phone.get("number"), "description": phone.get("description") or contact.get("title")}
        for contact in records_in(record.get("contacts"))
        for phone in records_in(contact.get("phones"))
    ]
    return [*records_in(record.get("phones")), *contacts][:MOST]


def _costs(record: Given) -> list[str]:
    return lines_in(record.get("cost_options"), "amount_description", "option")


def names_in(value: object) -> list[str]:
    """Other names, with semicolons between them."""
    text = plain_line(value, 2000)
    return [part.strip()[:400] for part in text.split(";") if part.strip()][:MOST] if text else []
