"""What a search found."""

from typing import Literal

from pydantic import Field

from directory.records import Phone
from offer.api.shapes.common import AreaShape, Paged, Shape


class SearchResult(Shape):
    """One thing found."""

    kind: Literal["entitlement", "service"]
    slug: str
    title: str
    summary: str
    score: float


class Understood(Shape):
    """What the words said beside what to look for."""

    age: int | None
    place: AreaShape | None


class HelpShape(Shape):
    """One line to ring, text or open at once."""

    slug: str
    name: str
    phones: list[Phone]
    text_to: str | None
    text_word: str | None
    online: str | None
    when: str | None
    free: bool | None
    note: str | None


class SearchReply(Paged):
    """What was found, best first; in a crisis `help_now` comes before everything."""

    query: str = Field(description="The words as typed, without any postcode.")
    understood: Understood
    corrected: str | None = Field(description="The words searched instead, where some were misspelt.")
    crisis: bool
    help_now: list[HelpShape]
    results: list[SearchResult]
    facets: dict[str, dict[str, int]]
    dropped: list[str] = Field(description="Filters left out because nothing fitted them.")
    england_only: bool = Field(
        description="No place was given, and we hold too many councils to search all of them at once: only "
        "what is for all England was searched. Give `lives_in` or `responsible_authority`."
    )
