"""Work or study: apprenticeship, T Level, college course and university side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.addresses import entry_href
from offer.clock import today
from offer.council_tax_words import SourceLink
from offer.entitlements.amounts import worth_on
from offer.entitlements.schema import Entitlement, Source
from offer.guides.shown import true_on
from offer.guides.ways import Question, Said, Way, ways
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_month
from offer.languages.entries import in_spoken
from offer.pages.edition import edition_of
from offer.pages.listing import Link
from offer.pages.rendering import Page, render
from offer.published import Published

PATH = "/routes"
_QUESTIONS: tuple[tuple[Question, str], ...] = (
    ("entry", later("How to get in")),
    ("length", later("How long")),
    ("pay", later("Pay")),
    ("cost", later("What it costs you")),
    ("care", later("Extra for care leavers")),
    ("ask", later("Who to ask")),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `link` is the entry it shows an amount of, `worth` that amount, "" where it has none.

    `note` numbers its own source, 0 for none.
    """

    says: str
    link: Link | None
    worth: str
    note: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one way answers to one question."""

    way: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One question with the answers of every way, in order."""

    question: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysView(Page):
    """All ways beside each other; `sources` stand in the order of their numbers."""

    ways: tuple[Way, ...]
    lines: tuple[Line, ...]
    sources: tuple[SourceLink, ...]
    checked: str


async def show(request: Request) -> Response:
    """GET /routes."""
    return render(request, "ways.html", ways_view(edition_of(request), today()))


def ways_view(published: Published, on: date) -> WaysView:
    """The page as of a day: amounts are those of that day, and what is no longer true is left out."""
    held = ways()
    sources = tuple(dict.fromkeys(_sources(held.ways)))
    return WaysView(
        title=_("Work or study: the ways side by side"),
        path="/topics",
        description=_(
            "Apprenticeships, T Levels, college courses and university: entry, length, pay and cost."
        ),
        ways=held.ways,
        lines=tuple(_line(published, held.ways, name, _(words), sources, on) for name, words in _QUESTIONS),
        sources=tuple(SourceLink(_named(source), source.url or "") for source in sources),
        checked=said_month(held.checked_on),
    )


def _line(
    published: Published,
    all_ways: Iterable[Way],
    question: Question,
    words: str,
    sources: tuple[Source, ...],
    on: date,
) -> Line:
    def cell(way: Way) -> Cell:
        true = (said for said in way.answers(question) if true_on([said.as_sentence], published.entries, on))
        return Cell(_(way.title), tuple(_answer(published, said, question, sources, on) for said in true))

    return Line(words, tuple(cell(way) for way in all_ways))


def _answer(
    published: Published, said: Said, question: Question, sources: tuple[Source, ...], on: date
) -> Answer:
    entry = published.entries[said.entry] if said.entry else None
    return Answer(
        says=_(said.says) if said.says else "",
        link=Link(entry_href(entry.id), in_spoken(entry).title) if entry and question != "ask" else None,
        worth=_worth(entry, question, on) if entry else "",
        note=sources.index(said.source) + 1 if said.source else 0,
    )


def _worth(entry: Entitlement, question: Question, on: date) -> str:
    """Whom it says to ask; else its amount of the day, and old figures told as old."""
    if question == "ask":
        return f"{entry.ask[:1].upper()}{entry.ask[1:]}."
    worth = worth_on(entry, on)
    return worth.text if worth else ""


def _sources(all_ways: Iterable[Way]) -> Iterator[Source]:
    for way in all_ways:
        yield from (said.source for said in way.said() if said.source)


def _named(source: Source) -> str:
    return f"{source.name} ({source.dated})" if source.dated else source.name


ROUTES = (Route(PATH, show, name="routes"),)
