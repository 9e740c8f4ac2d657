"""One page of paper for somebody in prison or custody: no internet there, and no phone of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.phrase import together
from directory.places import Area
from offer.answer import answer
from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.council_names import councils_by_name
from offer.deciding import decided_in_brief
from offer.eligibility.facts import FACTS
from offer.eligibility.situation import Situation
from offer.entitlements.in_force import is_in_force
from offer.entitlements.schema import Entitlement
from offer.errors import Problem
from offer.language import gettext as _
from offer.language import later, spoken
from offer.pages.edition import edition_of
from offer.pages.fields import Choice
from offer.pages.filling import filled_of
from offer.pages.forms import Filled
from offer.pages.items import ItemMaker
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page, render
from offer.pages.sheet import ANSWERS, WITH, carried, told_of
from offer.pages.sheet_parts import SheetItem, item_in_full
from offer.pages.start import start_page
from offer.pages.told import Told
from offer.pages.typed_form import Typed, check_form, typed_of
from offer.pages.who_to_ask import council_of
from offer.pages.written_out import Contacts, contacts_of
from offer.published import Published
from offer.release import IN_CUSTODY, inside, opens_at_release

PATH = "/print/custody"
RIGHT = "support-in-custody"
NOTHING = later("We hold nothing about help in prison or custody. Ask your council’s leaving care team.")
ROOM = 3_550  # letters that one sheet of A4 holds in the smallest type we print
LARGE, MIDDLE = 2_850, 3_150  # up to so many letters, the type is larger
_OF_A_CONTACT = 110
_OF_A_NOTE = 400  # on top: that nobody has checked this translation yet
_FOR_PRISON = ("justice",)  # kinds of services that a council has for people inside


@dataclass(frozen=True, slots=True)
class Opening:
    """Something that being inside stands against, and the first step towards it."""

    title: str
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyPage(Page):
    """The sheet. `decides`: who, and whether they must or may. `own` are the council's own entries.

    `for_you`: what the answers come to. `councils` are to choose from, for a sheet without answers.
    """

    on: date
    right: Entitlement
    decides: str
    own: tuple[SheetItem, ...]
    contacts: Contacts
    openings: tuple[Opening, ...]
    councils: tuple[Choice, ...] = ()
    personal: bool = False
    for_you: str = ""
    told: tuple[Told, ...] = ()
    hidden: tuple[Hidden, ...] = ()

    @property
    def good_to_know(self) -> tuple[str, ...]:
        """As many lines as there is room for."""
        sizes = accumulate(map(len, self.right.good_to_know), initial=self._length)
        fits = [size <= ROOM for size in sizes][1:]
        return tuple(line for line, room in zip(self.right.good_to_know, fits, strict=True) if room)

    @property
    def type_size(self) -> str:
        """large, middle or small: the largest in which all of it stands on one sheet."""
        length = self._length + sum(map(len, self.good_to_know))
        return "large" if length <= LARGE else "middle" if length <= MIDDLE else "small"

    @property
    def _length(self) -> int:
        """Letters of all that must stand there. A contact takes lines of its own, so it counts for more."""
        right, who = self.right, (*self.contacts.own, *self.contacts.advice)
        texts = (
            *(right.summary, right.who_for, right.if_told_no, self.for_you, self.decides),
            *(*right.what_you_get, *right.steps),
            *(text for item in self.own for text in (item.title, item.summary, *item.steps, *item.warnings)),
            *(f"{opening.title} {opening.first}" for opening in self.openings),
            *(f"{row.label} {row.value}" for row in self.told),
            *(each.caution + each.how for each in who),
        )
        note = 0 if spoken().checked else _OF_A_NOTE
        return sum(map(len, texts)) + _OF_A_CONTACT * len(who) + note


async def for_a_council(request: Request) -> Response:
    """GET /print/custody?by=E06000047: for anybody whom this council looked after."""
    published, on = edition_of(request), today()
    code = published.places.areas.current(request.query_params.get("by", ""), on)
    council = published.places.authority(code)
    facts = {"responsible_authority": council.gss} if council else {}
    situation = Situation(told_on=on, facts={**facts, "responsible_authority_nation": "england"})
    page = replace(_page(published, situation, council, on), councils=tuple(_councils(published, code, on)))
    return render(request, "custody.html", page)


async def for_one_person(request: Request) -> Response:
    """POST /print/custody: the same from the fields of the results, for whoever is inside or will be."""
    check_form(request)
    async with request.form() as form:
        typed, wanted = typed_of(form), form.get(ANSWERS)
    published, on = edition_of(request), today()
    filled = await filled_of(request, published, Typed({**typed.values, IN_CUSTODY: "true"}), on)
    if filled.person is None:
        return start_page(request, filled, 422)
    situation = filled.person.situation
    page = replace(
        _page(published, situation, council_of(published, situation), on),
        sent_by="answers",
        personal=True,
        for_you=_for_you(published, situation, on),
        told=tuple(_told(published, filled, on)) if wanted == WITH else (),
        hidden=carried(Filled(typed)),
    )
    return render(request, "custody.html", page, headers=KEEP_PRIVATE)


def _page(published: Published, situation: Situation, council: Area | None, on: date) -> CustodyPage:
    """Raises Problem 404 where this edition says nothing about people inside."""
    if RIGHT not in published.entries:
        raise Problem(404, NOTHING)
    return CustodyPage(
        title=_("In prison or custody: what your council owes you"),
        path=PATH,
        on=on,
        right=published.entries[RIGHT],
        decides=decided_in_brief(published.entries[RIGHT], on),
        own=tuple(item_in_full(published, entry, on) for entry in _own(published, council, on)),
        contacts=contacts_of(published, council, kinds=_FOR_PRISON),
        openings=tuple(_openings(published, situation, on)),
    )


def _own(published: Published, council: Area | None, on: date) -> Iterator[Entitlement]:
    for entry in published.entries_of([council.gss] if council else ()):
        if council and entry.authority == council.gss and entry.part_of == RIGHT and is_in_force(entry, on):
            yield entry


def _openings(published: Published, situation: Situation, on: date) -> Iterator[Opening]:
    for outcome in opens_at_release(published, situation, on):
        entry = outcome.day.entry
        yield Opening(entry.title, entry.steps[0] if entry.steps else "")


def _for_you(published: Published, situation: Situation, on: date) -> str:
    """What the right comes to for this person, in the words of the results."""
    outcomes = answer(published, inside(situation), on).outcomes
    right = next((outcome for outcome in outcomes if outcome.slug == RIGHT), None)
    if right is None:
        return ""
    item = ItemMaker(published, situation.date_of_birth).item(right)
    words = {"yes": _("You should be able to get this."), "unknown": _("You might get this: it depends."),
             "no": _("From your answers this is not for you now. Ask all the same:")}  # fmt: skip
    return together(words[item.outcome], item.when, *item.hinges)


def _told(published: Published, filled: Filled, on: date) -> Iterator[Told]:
    """What the sheet's own title does not say already."""
    inside_ = FACTS[IN_CUSTODY].question
    return (row for row in told_of(published, filled, on) if row.label != inside_)


def _councils(published: Published, chosen: str, on: date) -> Iterator[Choice]:
    for code, name in councils_by_name(published.places, on):
        yield Choice(code, name, code == chosen)


ROUTES = (Route(PATH, for_a_council), Route(PATH, for_one_person, methods=["POST"]))
