"""Councils' offers side by side, topic by topic: as a page and as a table to take away.

The address carries the codes of the councils and a topic, and nothing about a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.places import Area
from directory.topics import TOPICS
from offer.addresses import base_of
from offer.caching import FIVE_MINUTES
from offer.clock import today
from offer.compare import compare
from offer.council_names import council_name, councils_by_name, plain_name
from offer.entitlements.schema import ENGLAND
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_day
from offer.pages.compare_csv import compare_table
from offer.pages.compare_rows import TopicRows, topic_rows
from offer.pages.edition import edition_of
from offer.pages.fields import Choice
from offer.pages.listing import Link
from offer.pages.rendering import Page, render
from offer.pages.who_to_ask import is_being_written
from offer.published import Published
from offer.tables import to_csv

PATH, CSV_PATH = "/compare", "/compare.csv"
FEWEST, MOST = 2, 4
_LABELS = (
    later("First council"),
    later("Second council"),
    later("Third council, if you want"),
    later("Fourth council, if you want"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `fault` says what to put right; "" where nothing is."""

    areas: tuple[Area, ...]
    topic: str
    fault: str = ""

    @property
    def query(self) -> str:
        """ "councils=E06000047%2CE10000019&topic=housing": the same in every address about it."""
        codes = ",".join(area.gss for area in self.areas)
        return urlencode({"councils": codes} | ({"topic": self.topic} if self.topic else {}), safe=",")


@dataclass(frozen=True, slots=True)
class Held:
    """How much we hold of a council: "Durham County Council", 32 offers. `begun`: it is writing its first."""

    council: str
    count: int
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Picker:
    """One list to choose a council from; `needed`: a comparison has no fewer."""

    id: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """The form, and the councils side by side once two are chosen.

    `only` is the title of the one topic asked for; `example` leads to the two councils of which we hold most.
    """

    day: str
    fault: str
    pickers: tuple[Picker, ...]
    topics: tuple[Choice, ...]
    councils: tuple[Held, ...] = ()
    found: tuple[TopicRows, ...] = ()
    only: str = ""
    everything: str = ""
    csv: str = ""
    example: Link | None = None


async def show(request: Request) -> Response:
    """GET /compare?councils=E06000047,E10000019&topic=housing; a form sent leads to that address."""
    published, on = edition_of(request), today()
    asked = _asked(request, published, on)
    if "council" in request.query_params and not asked.fault:
        return RedirectResponse(f"{PATH}?{asked.query}", 303)
    status = 422 if asked.fault else 200
    return render(request, "compare.html", _page(published, asked, on), status)


async def as_csv(request: Request) -> Response:
    """GET /compare.csv: the same as a table. Without two councils, the page that asks for them."""
    published, on = edition_of(request), today()
    asked = _asked(request, published, on)
    if asked.fault or not asked.areas:
        return RedirectResponse(PATH, 303)
    found = compare(published, asked.areas, asked.topic or None, on)
    body = to_csv(compare_table(published, asked.areas, found, base_of(request), on))
    headers = {"Content-Disposition": 'attachment; filename="compare.csv"', **FIVE_MINUTES}
    return Response(body, headers=headers, media_type="text/csv; charset=utf-8; header=present")


def _asked(request: Request, published: Published, on: date) -> Asked:
    given = request.query_params
    typed = [*given.get("councils", "").split(","), *given.getlist("council")]
    codes = dict.fromkeys(code.strip() for code in typed if code.strip())
    now = dict.fromkeys(published.places.areas.current(code, on) for code in codes)
    areas = tuple(area for code in now if (area := published.places.authority(code)))
    topic = given.get("topic", "") if given.get("topic") in TOPICS else ""
    return Asked(areas[:MOST], topic, _fault(len(areas), len(now), form=bool("council" in given or codes)))


def _fault(known: int, given: int, *, form: bool) -> str:
    if known < given:
        return _("We do not know one of those councils. Choose from the lists.")
    if known > MOST:
        return _("Choose four councils at most.")
    return _("Choose two councils or more, each once.") if form and known < FEWEST else ""


def _page(published: Published, asked: Asked, on: date) -> ComparePage:
    ready = bool(asked.areas) and not asked.fault
    rows = compare(published, asked.areas, asked.topic or None, on) if ready else ()
    names = [council_name(area) for area in asked.areas]
    return ComparePage(
        title=_("Compare what councils offer"),
        path=PATH,
        description=_("What two to four councils offer care leavers, side by side, topic by topic."),
        day=said_day(on),
        fault=asked.fault,
        pickers=tuple(_pickers(published, asked, on)),
        topics=tuple(
            Choice(topic.slug, _(topic.title), topic.slug == asked.topic) for topic in TOPICS.values()
        ),
        councils=tuple(_held(published, asked, on)) if ready else (),
        found=tuple(topic_rows(published, row, names, on) for row in rows),
        only=_(TOPICS[asked.topic].title) if asked.topic else "",
        everything=f"{PATH}?{Asked(asked.areas, '').query}",
        csv=f"{CSV_PATH}?{asked.query}",
        example=None if ready else _example(published),
    )


def _pickers(published: Published, asked: Asked, on: date) -> Iterator[Picker]:
    labels = (
        _("First council"),
        _("Second council"),
        _("Third council, if you want"),
        _("Fourth council, if you want"),
    )
    councils = councils_by_name(published.places, on)
    for place, label in enumerate(labels):
        chosen = asked.areas[place].gss if place < len(asked.areas) else ""
        choices = tuple(Choice(gss, name, gss == chosen) for gss, name in councils)
        yield Picker(f"council-{place + 1}", _(label), choices)


def _held(published: Published, asked: Asked, on: date) -> Iterator[Held]:
    every = compare(published, asked.areas, None, on)
    for place, area in enumerate(asked.areas):
        slugs = {entry.id for row in every for entry in row.cells[place]}
        yield Held(council_name(area), len(slugs), is_being_written(published, area))


def _example(published: Published) -> Link | None:
    """The two councils of which we hold the most, so that somebody sees what a comparison is."""
    held = published.entries_by_owner
    councils = (code for code in held if code != ENGLAND and published.places.authority(code))
    most = sorted(councils, key=lambda code: (-held[code], code))[:FEWEST]
    if len(most) < FEWEST:
        return None
    one, other = (plain_name(published.names[code]) for code in most)
    return Link(
        f"{PATH}?councils={','.join(most)}", _("%(one)s beside %(other)s") % {"one": one, "other": other}
    )


ROUTES = (Route(PATH, show), Route(CSV_PATH, as_csv))
