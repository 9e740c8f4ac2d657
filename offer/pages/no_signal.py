"""No signal: saving the list on the phone, the page that answers from it there, and its worker.

`/no-signal` explains and saves. `/saved-list` is the page that is saved: its worker (`/sw.js`) shows it
whenever our computer cannot be reached, and its script answers from the saved list.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.topics import TOPICS
from offer.caching import ASK_AGAIN
from offer.clock import now, today
from offer.compressed import SMALL, kept_json
from offer.eligibility.facts import FACTS
from offer.errors import FieldFault, Problem, problem_response
from offer.pages.adviser_variants import BIRTHDAYS, COURSE
from offer.pages.edition import edition_of
from offer.pages.fields import AnyField, Choice
from offer.pages.forms import Filled
from offer.pages.listing import Link
from offer.pages.person_form import FieldMaker, answers_to
from offer.pages.rendering import BUILT, Page, manifest, render, saved_edition
from offer.pages.saved_list import saved_list
from offer.pages.typed_form import Typed
from offer.pages.urgent_lines import UrgentLine, urgent_lines
from offer.person import council_fault, district_fault
from offer.published import Published

PATH, SAVED, PACK, WORKER = "/no-signal", "/saved-list", "/pack/saved", "/sw.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSignalPage(Page):
    """What saving does, and the numbers that need no data. `saves` names what would be saved now."""

    saves: str
    urgent: tuple[UrgentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedListPage(NoSignalPage):
    """The four questions, empty, and the topics by slug; the script fills in the rest from the saved list."""

    birthday: AnyField
    age: AnyField
    care_when: AnyField
    care_13_weeks: AnyField
    topics: tuple[Link, ...]
    birthdays: tuple[int, ...]  # these two: for an adviser's what-ifs
    courses: tuple[Choice, ...]


async def no_signal(request: Request) -> Response:
    """GET /no-signal."""
    page = NoSignalPage(
        title="When there is no signal",
        path=PATH,
        description="Save the list on your phone, and find what you can get with no signal.",
        saves=saved_edition(request),
        urgent=urgent_lines(),
    )
    return render(request, "no-signal.html", page)


async def the_saved_list(request: Request) -> Response:
    """GET /saved-list: the same for everybody, with nothing of the list in it."""
    published = edition_of(request)
    make = FieldMaker(published, Filled(Typed({})), today())
    page = SavedListPage(
        title="Your saved list",
        path=SAVED,
        saves=saved_edition(request),
        urgent=urgent_lines(),
        birthday=make.field("date_of_birth"),
        age=make.field("age_years"),
        care_when=make.field("care_when"),
        care_13_weeks=make.field("care_13_weeks"),
        birthdays=BIRTHDAYS,
        courses=tuple(Choice(value, label) for value, label in answers_to(FACTS[COURSE])[:-2]),
        topics=tuple(Link(slug, topic.title) for slug, topic in TOPICS.items()),
    )
    return render(request, "saved-list.html", page)


async def pack(request: Request) -> Response:
    """GET /pack/saved?by=E10000019&in=E07000139: codes of councils, and nothing about a person."""
    published, on = edition_of(request), today()
    codes, faults = _codes(request, published, on)
    if faults:
        return problem_response(Problem(422, "Give codes of councils, and nothing else.", errors=faults))
    data = await asyncio.to_thread(saved_list, published, now(), codes.get("by"), codes.get("in"))
    return await kept_json(request, data, SMALL)


_GSS = re.compile("[EWSN][0-9]{8}")
_CHECKS = {"by": council_fault, "in": district_fault}


def _codes(request: Request, published: Published, on: date) -> tuple[dict[str, str], list[FieldFault]]:
    """The two codes, those that ended followed; and what is wrong with what was asked."""
    codes, faults = dict[str, str](), list[FieldFault]()
    for name, code in request.query_params.multi_items():
        check = _CHECKS.get(name)
        odd = check is None or name in codes or not _GSS.fullmatch(code)
        fault = "This is not known here." if odd else None
        if check and not fault:
            fault = check(code, published.places, on)
        if fault:
            faults.append(FieldFault(f"/{name}", fault))
        else:
            codes[name] = published.places.areas.current(code, on)
    return codes, faults


async def worker(request: Request) -> Response:
    """GET /sw.js: asked about anew each time. Another catalogue or other scripts make another worker."""
    script = (BUILT / manifest()["worker.mjs"]).read_text("utf-8")
    text = f"// edition {saved_edition(request)}\n{script}"
    return Response(text, headers=dict(ASK_AGAIN), media_type="text/javascript")


ROUTES = (Route(PATH, no_signal), Route(SAVED, the_saved_list), Route(PACK, pack), Route(WORKER, worker))
