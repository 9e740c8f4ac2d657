"""Services of a stranger's feed: refused in plain words, or drafts that hold no markup, confirm nothing."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from directory.openreferral.faults import FeedFault
from directory.openreferral.harvesting import Fetched, Harvest, Listing, base_of, uuid_in
from directory.openreferral.limits import Limits
from directory.records import Service
from offer.catalogue.documents import document_of
from offer.openreferral.planning import Planner
from offer.openreferral.report import ImportReport
from offer.openreferral.shelf import Shelf
from offer.published import Published
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target

TODAY = date(2026, 11, 22)
_ID = "6e4b7a52-9d5c-4c57-9f0e-000000000001"
_PLACE, _AT, _ORGANISATION, _HOURS = (_ID[:-1] + end for end in "2345")
SEED: Mapping[str, Any] = {
    "id": _ID, "name": "Drop-in", "status": "active", "description": "<p>A warm room &amp; tea.</p>",
    "url": "https://example.org/drop-in", "email": "hello@example.org", "alternate_name": "The Den",
    "eligibility_description": "Anybody", "minimum_age": 16, "maximum_age": 25, "fees_description": "Free",
    "assured_date": "2026-09-01", "last_modified": "2026-09-01T10:00:00Z",
    "organization": {"id": _ORGANISATION, "name": "Lantern Trust", "description": "A charity.",
                     "website": "https://example.org", "phones": [{"number": "+44 1522 000000"}]},
    "phones": [{"number": "01522 000 000", "extension": 3, "description": "Front desk"}],
    "service_areas": [{"name": "Lincoln", "extent": "E07000138", "extent_type": "gss"}],
    "languages": [{"name": "Polish", "code": "pl"}], "contacts": [{"name": "Sam", "title": "Worker"}],
    "cost_options": [{"option": "Free", "amount": 0, "currency": "GBP"}],
    "attributes": [{"taxonomy_term": {"id": _ID, "name": "Housing", "code": "1", "taxonomy": "x"}}],
    "schedules": [{"id": _HOURS, "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00",
    "closes_at": "17:00",
                   "dtstart": "2026-01-05", "valid_from": "2026-01-01", "valid_to": "2027-01-01",
                   "interval": 1}],
    "service_at_locations": [
        {"id": _AT, "description": "Upstairs", "phones": [], "schedules": [],
         "location": {"id": _PLACE, "name": "The Den", "latitude": 53.23, "longitude": -0.54,
                      "location_type": "physical", "description": "By the river", "transportation": "Bus 1",
                      "accessibility": [{"description": "Step-free", "details": "Ramp", "url": None}],
                      "addresses": [{"address_1": "1 High Street", "city": "Lincoln",
                      "postal_code": "LN1 1YL",
                                     "country": "GB", "address_type": "physical"}]}}],
}  # fmt: skip
_LIMITS = Limits()
_MARKUP = re.compile(r'<[/!?a-zA-Z]|"(?:\w*url|website)":"(?!https?://)', re.IGNORECASE)


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(name for part in value.values() for name in _names(part))]
    return [name for part in value for name in _names(part)] if isinstance(value, list) else []


_WORDS = (
    *dict.fromkeys(_names(dict(SEED))), "slug", "MONTHLY", "DAILY", "1MO", "-1FR", "31", "count", "until",
    "bymonthday", "byday", "24:00", "virtual", "postal", "defunct", "temporarily closed", "N09000003",
    "<script>alert(1)</script>", "&amp;lt;b&amp;gt;", "DH1 5UL", "E06000047", "https://",
)  # fmt: skip


def make(published: Published) -> Feed:
    def feed(data: bytes) -> None:
        choices = Choices(data)
        record = choices.damaged(dict(SEED), _WORDS) if choices.number(8) else _raw(choices)
        if not isinstance(record, dict):
            return
        remote_id = uuid_in(record.get("id")) or _ID
        _import(published, record, remote_id)
        _base(str(record.get("url", "")))

    return feed


def _import(published: Published, record: Mapping[str, Any], remote_id: str) -> None:
    """One service as an import takes it, twice: the second time it is nothing new."""
    report = ImportReport("https://example.org/feed")
    harvest = Harvest("https://example.org/feed", "example.org", (), Listing((remote_id,), True, ()), None)  # type: ignore[arg-type]
    planner = Planner(Shelf(harvest.base), harvest, report, published.places, TODAY, None, _LIMITS)
    planner.take(Fetched(remote_id, record))
    actions = planner.handed_over()
    assert bool(actions) != bool(report.bad), "a service is read, or is one line of the report"
    assert all(line.isprintable() for line in report.bad)
    for each in actions:
        assert each.body and each.state == "draft"
        each.body.encode()  # half a character could not be kept
        assert each.given is not None and each.given.isascii()
        document = document_of(each.kind, each.body)
        assert (
            getattr(document, "stage", "") == "draft" and getattr(document, "confidence", "") == "unconfirmed"
        )
        assert not _MARKUP.search(each.body), "no markup comes in, and no address but of the web"
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.slug), each.slug
    assert not actions or isinstance(document, Service), "the service stands last"
    planner.take(Fetched(remote_id, record))
    assert not planner.handed_over()


def _base(url: str) -> None:
    try:
        assert base_of(url).startswith(("http://", "https://", "HTTP", "Http"))
    except FeedFault as refused:
        assert str(refused)


def _raw(choices: Choices) -> Any:
    try:
        return json.loads(choices.rest())
    except (ValueError, RecursionError):
        return None


TARGET = Target(
    "open_referral", "Services of an Open Referral feed", make, tuple(f'"{word}"' for word in _WORDS)
)
