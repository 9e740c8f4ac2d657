"""What is asked of help nearby: only what identifies nobody stands in an address.

A district's code, a topic, a kind, an age in years and two yes-or-no wishes. A postcode never does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import urlencode

from directory.records import KINDS
from directory.topics import KIND_TITLES, TOPICS
from directory.wanted import Wanted
from offer.language import gettext as _
from offer.pages.place_asking import Choice
from offer.pages.search_query import read_age


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which services are wanted. "" and False ask nothing; `age` is as typed, in completed years."""

    topic: str = ""
    kind: str = ""
    age: int | None = None
    open: bool = False
    access: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked."""
        return self != Narrowed()

    def wanted(self, at: datetime) -> Wanted:
        """The filter, for an aware moment."""
        minute = at.replace(second=0, microsecond=0) if self.open else None
        return Wanted(self.topic or None, self.kind or None, self.age, minute, self.access)

    def address(self, path: str, **more: str) -> str:
        """An address that keeps these wishes."""
        said = {field.name: _said(getattr(self, field.name)) for field in fields(self)}
        given = {name: value for name, value in (more | said).items() if value}
        return f"{path}?{urlencode(given)}" if given else path


def read_narrowed(params: Mapping[str, object]) -> Narrowed:
    """The wishes of an address or a form; what means nothing is left out."""
    given = {name: str(params.get(name, "")) for name in ("topic", "kind", "age", "open", "access")}
    return Narrowed(
        topic=given["topic"] if given["topic"] in TOPICS else "",
        kind=given["kind"] if given["kind"] in KINDS else "",
        age=read_age(given["age"]),
        open=bool(given["open"]),
        access=bool(given["access"]),
    )


def wishes(narrowed: Narrowed) -> tuple[str, ...]:
    """What is asked, in words: "A place to live", "for age 19", "open now"."""
    return tuple(
        words
        for words in (
            _(TOPICS[narrowed.topic].title) if narrowed.topic else "",
            _(KIND_TITLES[narrowed.kind]) if narrowed.kind else "",
            _("for age %(age)s") % {"age": narrowed.age} if narrowed.age is not None else "",
            _("open now") if narrowed.open else "",
            _("with access described") if narrowed.access else "",
        )
        if words
    )


def topic_choices(chosen: str) -> tuple[Choice, ...]:
    """Every topic, for a select."""
    return tuple(Choice(slug, _(topic.title), slug == chosen) for slug, topic in TOPICS.items())


def kind_choices(chosen: str) -> tuple[Choice, ...]:
    """Every kind of service, for a select."""
    return tuple(Choice(kind, _(KIND_TITLES[kind]), kind == chosen) for kind in KINDS)


def _said(value: object) -> str:
    return "yes" if value is True else str(value or "")
