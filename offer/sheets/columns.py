"""The columns of each sheet of documents: a heading in plain words, its field, how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from directory import records
from offer.catalogue.documents import ENTITLEMENT, LOCATION, ORGANISATION, SERVICE
from offer.entitlements import schema
from offer.entitlements.schema import Entitlement
from offer.sheets.codecs import (
    DAY,
    LAWS,
    LINES,
    PHONES,
    PLACE,
    PLACES,
    SOURCES,
    TEXT,
    WHOLE,
    YAML,
    YES,
    Codec,
    choice,
)
from offer.sheets.grid import same_heading

Path = tuple[str, ...]
REVISION = "Version opened"  # hidden: the revision a row was made of, so that a stale row is told


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path`: where its value stands in a document. `only_read`: shown, never taken back."""

    heading: str
    path: Path
    codec: Codec = TEXT
    width: int = 24
    hint: str = ""
    only_read: bool = False
    hidden: bool = False

    @property
    def about(self) -> str:
        """What to write in it."""
        return " ".join(each for each in (self.hint, self.codec.about) if each)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of documents of a kind. The first column is the id."""

    kind: str
    name: str
    columns: tuple[Column, ...]

    @property
    def by_heading(self) -> Mapping[str, Column]:
        """The columns as headings are compared."""
        return {same_heading(each.heading): each for each in self.columns}


def _options(model: Any, field: str) -> Codec:
    """A choice among the words the schema knows for a field."""
    annotation = model.model_fields[field].annotation
    found = [each for each in get_args(annotation) if isinstance(each, str)]
    for part in get_args(annotation):  # `Literal[…] | None`
        found += [each for each in get_args(part) if isinstance(each, str)]
    return choice(found)


_TOPIC = choice(get_args(schema.Topic))
_VERSION = Column(REVISION, (), WHOLE, 12, "Leave it as it is.", only_read=True, hidden=True)


def _of(field: str, model: Any = Entitlement) -> Codec:
    return _options(model, field)


ENTRIES = Sheet(
    ENTITLEMENT,
    "Entries",
    (
        Column("Entry id", ("id",), width=30, hint="Never changes. Of a new one: small letters and hyphens."),
        Column("Title", ("title",), width=40),
        Column("Whose offer", ("authority",), PLACE),
        Column("Which place it turns on", ("area_basis",), _of("area_basis")),
        Column("Districts it covers", ("areas",), PLACES, hint="Blank: all of them."),
        Column("Part of", ("part_of",), hint="The id of the national entry whose local terms these are."),
        Column("Topic", ("topic",), _TOPIC),
        Column("More topics", ("more_topics",), LINES),
        Column("Draft or public", ("stage",), _of("stage")),
        Column("In force", ("in_force",), _of("in_force")),
        Column("Begins", ("begins",), DAY),
        Column("Ends", ("ends",), DAY, hint="The first day on which it is over."),
        Column("Coming", ("coming",), hint="One sentence, for what is not yet law."),
        Column("How strong", ("strength",), _of("strength")),
        Column("Law, scheme or choice", ("nature",), _of("nature")),
        Column("Only for care leavers", ("for_care_leavers",), YES),
        Column("How it stands", ("status",), _of("status")),
        Column("Summary", ("summary",), width=50),
        Column("Easy read: sentences", ("easy_read", "sentences"), LINES, 40),
        Column("Easy read: picture", ("easy_read", "symbol"), choice(get_args(schema.Symbol))),
        Column("What you get", ("what_you_get",), LINES, 60),
        Column("Who it is for", ("who_for",), width=50),
        Column("How to get it", ("steps",), LINES, 50, "In order."),
        Column("Before it ends", ("before_it_ends",), width=40),
        Column("What to bring", ("bring",), LINES, 40),
        Column("Who decides", ("decided_by",)),
        Column("Who to ask", ("ask",), hint="As it ends a sentence: your personal adviser."),
        Column("If you are told no", ("if_told_no",), width=50),
        Column("To say: first", ("to_say", "first"), width=50),
        Column("To say: after a no", ("to_say", "if_no"), width=50),
        Column("Good to know", ("good_to_know",), LINES, 50),
        Column("What we are not sure of", ("not_sure",), LINES, 50),
        Column("Also known as", ("also_known_as",), LINES),
        Column("Rule", ("rule",), YAML, 50, "Who can get it."),
        Column("Rule in words", (), TEXT, 50, "Only to read: it is made of the rule.", only_read=True),
        Column("Law and guidance", ("legal_basis",), LAWS, 40),
        Column("Sources", ("sources",), SOURCES, 50),
        Column("How sure we are", ("confidence",), _of("confidence")),
        Column("Last checked", ("checked_on",), DAY),
        Column("Check by", ("review_by",), DAY),
        Column("Translations", ("translations",), YAML, 40),
        Column("Note for staff", ("staff_note",), width=40, hint="Never shown to the public."),
        _VERSION,
    ),
)  # fmt: skip

_TRUST = (
    Column("Sources", ("sources",), SOURCES, 50),
    Column("How sure we are", ("confidence",), _of("confidence", records.Service)),
    Column("Last checked", ("checked_on",), DAY),
    Column("Check by", ("review_by",), DAY),
)
_STAFF_NOTE = Column("Note for staff", ("staff_note",), width=40, hint="Never shown to the public.")

ORGANISATIONS = Sheet(
    ORGANISATION,
    "Organisations",
    (
        Column("Organisation id", ("id",), width=30, hint="Never changes."),
        Column("Name", ("name",), width=40),
        Column("Whose directory", ("authority",), PLACE),
        Column("Draft or public", ("stage",), _of("stage", records.Organisation)),
        Column("Description", ("description",), width=50),
        Column("Website", ("website",), width=40),
        Column("Email", ("email",)),
        Column("Phones", ("phones",), PHONES, 30),
        Column("Also known as", ("also_known_as",), LINES),
        *_TRUST,
        _STAFF_NOTE,
        _VERSION,
    ),
)

LOCATIONS = Sheet(
    LOCATION,
    "Locations",
    (
        Column("Location id", ("id",), width=30, hint="Never changes."),
        Column("Name", ("name",), width=40),
        Column("Whose directory", ("authority",), PLACE),
        Column("Draft or public", ("stage",), _of("stage", records.Location)),
        Column("Sort of place", ("location_type",), _of("location_type", records.Location)),
        Column("Kept private", ("confidential",), YES,
               hint="yes: then no street, postcode or directions may stand here."),
        Column("Districts", ("areas",), PLACES),
        Column("Street", ("address",), LINES, 30),
        Column("Town", ("town",)),
        Column("County", ("county",)),
        Column("Postcode", ("postcode",), width=12),
        Column("Directions", ("directions",), width=40),
        Column("Getting in", ("accessibility",), LINES, 40, "Steps, ramps, lifts: a plain sentence each."),
        Column("Phones", ("phones",), PHONES, 30),
        *_TRUST,
        Column("Not found", ("not_found",), LINES),
        _STAFF_NOTE,
        _VERSION,
    ),
)  # fmt: skip

SERVICES = Sheet(
    SERVICE,
    "Services",
    (
        Column("Service id", ("id",), width=30, hint="Never changes."),
        Column("Name", ("name",), width=40),
        Column("Run by", ("organisation",), hint="The id of an organisation."),
        Column("With", ("partners",), LINES, hint="Ids of organisations."),
        Column("Whose directory", ("authority",), PLACE),
        Column("Sort of service", ("kind",), _of("kind", records.Service)),
        Column("Serves", ("areas",), PLACES),
        Column("Topics", ("topics",), LINES, hint="The first is the main one."),
        Column("Draft or public", ("stage",), _of("stage", records.Service)),
        Column("Open or closed", ("status",), _of("status", records.Service)),
        Column("Summary", ("summary",), width=50),
        Column("Description", ("description",), width=50),
        Column("Where and when", ("at",), YAML, 50, "Its locations, with their hours."),
        Column("Phones", ("phones",), PHONES, 30),
        Column("Email", ("email",)),
        Column("Website", ("website",), width=40),
        Column("Hours everywhere", ("schedules",), YAML, 40),
        Column("Other days", ("closures",), YAML, 40, "Days on which it is shut or has other hours."),
        Column("Opening hours in words", ("opening_hours",), width=40),
        Column("Hours are old", ("hours_are_old",), YES),
        Column("Getting in", ("accessibility",), width=40),
        Column("Age from", ("age_from",), WHOLE, 10),
        Column("Age before", ("age_before",), WHOLE, 10, "The birthday on which it ends."),
        Column("Who it is for", ("who_for",), width=40),
        Column("How to use it", ("how_to_use",), width=40),
        Column("Cost", ("cost",)),
        Column("Languages", ("languages",), LINES),
        Column("Also known as", ("also_known_as",), LINES),
        *_TRUST,
        Column("Not found", ("not_found",), LINES),
        Column("Caution", ("caution",), width=40),
        Column("Leads to instead", ("redirect_to",), hint="Of a closed service: the id of another."),
        _STAFF_NOTE,
        _VERSION,
    ),
)

SHEETS: tuple[Sheet, ...] = (ENTRIES, ORGANISATIONS, LOCATIONS, SERVICES)
# What no sheet of documents holds: figures and terms stand on a sheet of their own, a row each.
ELSEWHERE = frozenset({"amount", "more_amounts", "terms"})
