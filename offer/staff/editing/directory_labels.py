"""The forms of the directory in words: organisations, locations and services (directory/records.py)."""

from pydantic import BaseModel

from directory.records import Location, Organisation, Phone, Service, ServiceAtLocation, Source
from directory.schedules import Closure, Schedule
from offer.staff.editing.choices import (
    BANK_HOLIDAYS,
    KIND_WORDS,
    LOCATION_TYPES,
    OFTEN,
    OPEN_STATUSES,
    TOPIC_WORDS,
)
from offer.staff.editing.labels import (
    AUTHORITY,
    CHECKED,
    CONFIDENCE,
    ID,
    KNOWN_AS,
    REVIEW,
    SOURCE,
    STAFF_NOTE,
    STAGE,
)
from offer.staff.editing.words import Section, Words

_NOT_FOUND = Words(
    "What we could not find", "One on each line: “street”, “opening hours”. Shown to everybody.", lines=True
)
_PHONES = Words("Phone numbers", one="number")
_RARE = "Every second week, by the month, or only for a time"
_SCHEDULES = Words(
    "Opening hours", "One set of hours for all days that are the same.", one="set of hours", more=_RARE
)
_CLOSURES = Words("Days that are different", "Holidays, or days with other hours.", one="exception")

WORDS: dict[type[BaseModel], dict[str, Words]] = {
    Source: SOURCE,
    Phone: {
        "number": Words("Number", "As it is printed: 01522 555222.", width=20),
        "label": Words("Whose, or when", "Such as “Care leavers line” or “At night”."),
    },
    Organisation: {
        "id": ID,
        "name": Words("Name"),
        "authority": AUTHORITY,
        "stage": STAGE,
        "description": Words("What it does"),
        "website": Words("Website"),
        "email": Words("Email address"),
        "phones": _PHONES,
        "also_known_as": KNOWN_AS,
        "sources": Words("Sources", "Where each fact was read.", one="source"),
        "confidence": CONFIDENCE,
        "checked_on": CHECKED,
        "review_by": REVIEW,
        "staff_note": STAFF_NOTE,
    },
    Location: {
        "id": ID,
        "name": Words(
            "Name", "Such as “City Hall, Lincoln”. Of a private place, words that do not give it away."
        ),
        "authority": AUTHORITY,
        "stage": STAGE,
        "location_type": Words("What kind of place it is", choices=LOCATION_TYPES),
        "confidential": Words(
            "Keep where it is private",
            "For refuges and young people’s homes. Nothing that leads to its door is kept: leave out street, "
            "postcode and directions. It is shown by its town and district only.",
        ),
        "areas": Words(
            "District it lies in",
            "Of a private place, the districts it is shown as.",
            options="areas",
            widget="picks",
            one="place",
        ),
        "address": Words("Street", "One line each. Empty where it is not published.", lines=True),
        "town": Words("Town"),
        "county": Words("County"),
        "postcode": Words("Postcode", "Such as LN1 1DD.", width=10),
        "directions": Words("How to find it", "Such as “Behind the library, ring the bell”."),
        "accessibility": Words(
            "Getting in and around", "One sentence on each line: “There is a ramp to the door.”", lines=True
        ),
        "phones": _PHONES,
        "sources": Words("Sources", "Where each fact was read.", one="source"),
        "confidence": CONFIDENCE,
        "checked_on": CHECKED,
        "review_by": REVIEW,
        "not_found": _NOT_FOUND,
        "staff_note": STAFF_NOTE,
    },
    ServiceAtLocation: {
        "location": Words("Place", options="locations", widget="choice"),
        "outreach": Words("It only visits there, its home is elsewhere"),
        "note": Words("When it is there", "In plain words: “Every second Tuesday, in the library”."),
        "schedules": _SCHEDULES,
        "closures": _CLOSURES,
        "phones": _PHONES,
    },
    Schedule: {
        "byday": Words(
            "Days",
            options="days",
            widget="picks",
            one="day",
        ),
        "opens_at": Words("Opens", "Such as 09:00.", width=5),
        "closes_at": Words(
            "Closes", "Such as 17:00. Leave both empty where the hours were not found.", width=5
        ),
        "note": Words("Shown beside it", "Such as “last people in at 4pm”."),
        "bank_holidays": Words("On bank holidays", choices=BANK_HOLIDAYS),
        "freq": Words("How often", choices=OFTEN, folded=True),
        "interval": Words(
            "Every how many weeks or months", "1 is every one, 2 every second.", width=3, folded=True
        ),
        "dtstart": Words("A day in the first of those weeks or months", folded=True),
        "bymonthday": Words(
            "Days of the month", "By number: “1, 15”. -1 is the last.", width=10, folded=True
        ),
        "valid_from": Words("From", "Only for hours that hold for a time.", folded=True),
        "valid_to": Words("Last day known", folded=True),
    },
    Closure: {
        "start": Words("First day"),
        "end": Words("Last day"),
        "opens_at": Words("Opens", "Leave both empty if it is closed.", width=5),
        "closes_at": Words("Closes", width=5),
        "why": Words("Why", "Such as “Christmas break”."),
    },
    Service: {
        "id": ID,
        "name": Words("Name"),
        "organisation": Words("Organisation", options="organisations", widget="choice"),
        "partners": Words(
            "Who runs it with them", options="organisations", widget="picks", one="organisation", folded=True
        ),
        "authority": AUTHORITY,
        "kind": Words("What kind of service it is", choices=KIND_WORDS),
        "areas": Words("Where people must live to use it", options="areas", widget="picks", one="place"),
        "topics": Words("Topics", "The first that is ticked is the main one.", choices=TOPIC_WORDS),
        "stage": STAGE,
        "status": Words("How it stands", choices=OPEN_STATUSES),
        "summary": Words("Summary", "One plain sentence: what it is.", rows=2),
        "description": Words("What you can do there", "In plain words, and what to expect."),
        "at": Words("Places", "Leave it empty for a service by phone or online.", one="place"),
        "phones": _PHONES,
        "email": Words("Email address"),
        "website": Words("Website"),
        "schedules": Words(
            "Opening hours",
            "Those that hold wherever it is, such as when its phone is answered. One set for all days that "
            "are the same.",
            one="set of hours",
            more=_RARE,
        ),
        "closures": _CLOSURES,
        "opening_hours": Words("Opening hours as they are printed", "Shown beside the hours above."),
        "hours_are_old": Words("The hours were read on an older page", "Said beside “open now”."),
        "accessibility": Words("Access for disabled people"),
        "age_from": Words("From what age", width=3),
        "age_before": Words("Until which birthday", "25 is until the day before they turn 25.", width=3),
        "who_for": Words("Who it is for", "Where ages do not say it all."),
        "how_to_use": Words("How to use it", "“Ring first”, “Your adviser has to refer you”."),
        "cost": Words("Cost", "Such as “Free”."),
        "languages": Words("Languages spoken there", "One on each line.", lines=True),
        "also_known_as": KNOWN_AS,
        "sources": Words("Sources", "Where each fact was read.", one="source"),
        "confidence": CONFIDENCE,
        "checked_on": CHECKED,
        "review_by": REVIEW,
        "not_found": _NOT_FOUND,
        "caution": Words("Take care", "One plain sentence, shown beside it."),
        "staff_note": STAFF_NOTE,
        "redirect_to": Words(
            "What took its place",
            "Of a closed service: where its old links lead.",
            options="services",
            widget="choice",
        ),
    },
}

_SOURCES = Section("sources", "Where this comes from", ("sources", "confidence", "checked_on", "review_by"))
_STAFF = Section("staff", "For staff", ("authority", "stage", "staff_note", "id"))

SECTIONS: dict[str, tuple[Section, ...]] = {
    "organisation": (
        Section("what", "What it is", ("name", "description", "also_known_as")),
        Section("reach", "How to reach it", ("phones", "email", "website")),
        _SOURCES,
        _STAFF,
    ),
    "location": (
        Section("what", "What it is", ("name", "location_type", "confidential")),
        Section("where", "Where it is", ("address", "town", "county", "postcode", "areas", "directions")),
        Section("use", "Going there", ("accessibility", "phones", "not_found")),
        _SOURCES,
        _STAFF,
    ),
    "service": (
        Section("what", "What it is", ("name", "summary", "description", "kind", "topics", "also_known_as")),
        Section("run", "Who runs it", ("organisation", "partners", "status", "redirect_to")),
        Section("reach", "How to reach it", ("phones", "email", "website")),
        Section("hours", "When it is open", ("schedules", "closures", "opening_hours", "hours_are_old")),
        Section("where", "Where it is", ("at", "areas", "accessibility")),
        Section(
            "use",
            "Who can use it",
            ("age_from", "age_before", "who_for", "how_to_use", "cost", "languages", "caution", "not_found"),
        ),
        _SOURCES,
        _STAFF,
    ),
}
