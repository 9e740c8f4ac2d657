"""What waits for somebody: documents to check again, not confirmed or still drafts. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

SOON = timedelta(days=30)
UNCONFIRMED = frozenset({"unconfirmed", "existence only"})

Status = Literal["overdue", "soon", "unconfirmed", "draft", "unpublished"]
# A shape and words for each: nothing is told by colour alone.
STATUSES: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        "overdue": ("▲", "Check is overdue"),
        "soon": ("◔", "Check is due within 30 days"),
        "unconfirmed": ("?", "Not confirmed"),
        "draft": ("✎", "Draft, not public"),
        "unpublished": ("↥", "Changed, not published yet"),
    }
)


@dataclass(frozen=True, slots=True)
class Held:
    """A document as it stands in its newest revision. `public`: that revision is what the public sees."""

    kind: str
    slug: str
    number: int
    title: str
    authority: str
    stage: str
    confidence: str
    checked_on: date
    review_by: date
    has_amount: bool
    is_draft: bool
    is_public: bool


def held_of(kind: str, slug: str, number: int, body: str, state: str, *, is_public: bool) -> Held:
    """What staff lists need of a kept body. Raises KeyError or ValueError for one that cannot be read."""
    data: dict[str, Any] = json.loads(body)
    return Held(
        kind=kind,
        slug=slug,
        number=number,
        title=str(data.get("title") or data["name"]),
        authority=str(data["authority"]),
        stage=str(data["stage"]),
        confidence=str(data["confidence"]),
        checked_on=date.fromisoformat(data["checked_on"]),
        review_by=date.fromisoformat(data["review_by"]),
        has_amount=bool(data.get("amount") or data.get("more_amounts") or data.get("terms")),
        is_draft=state == "draft" or data["stage"] != "public",
        is_public=is_public,
    )


def statuses(held: Held, today: date) -> tuple[Status, ...]:
    """All that is to be said of a document; none where all is well."""
    found: list[Status] = []
    if held.is_draft:
        found.append("draft")
    elif not held.is_public:
        found.append("unpublished")
    if held.review_by < today:
        found.append("overdue")
    elif held.review_by <= today + SOON:
        found.append("soon")
    if held.confidence in UNCONFIRMED:
        found.append("unconfirmed")
    return tuple(found)


def with_status(documents: Iterable[Held], status: Status, today: date) -> list[Held]:
    """Those of which that is to be said, the longest due first."""
    found = [each for each in documents if status in statuses(each, today)]
    return sorted(found, key=lambda each: (each.review_by, each.title.casefold(), each.slug))


def next_review(checked: date, *, has_amount: bool) -> date:
    """When to check again: after 6 months where there is money in it, after 12 otherwise."""
    months = checked.month - 1 + (6 if has_amount else 12)
    year, month = checked.year + months // 12, months % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(checked.day, last))
