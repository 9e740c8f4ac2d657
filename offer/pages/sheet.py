"""Sheets to print and leave behind: somebody's results, a list, one thing. Made fresh, dated, never kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.assembled import ServiceView
from directory.hours_list import HoursLine
from offer.addresses import entry_href, service_href
from offer.caching import KEEP_PRIVATE
from offer.clock import civil_day, now, today
from offer.common_ground import answer_in_all
from offer.eligibility.situation import Situation
from offer.language import gettext as _
from offer.pages.asking import open_districts
from offer.pages.blocks import Groups, groups_of
from offer.pages.edition import edition_of
from offer.pages.filling import filled_of
from offer.pages.forms import Filled
from offer.pages.listed import LIST_PATH, Listed, Thing, listed, name_of
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page, render
from offer.pages.service_places import hours_to_go_by
from offer.pages.sharing import Code, code_of
from offer.pages.sheet_parts import Section, SheetItem, item_in_full, sections_of
from offer.pages.sheet_short import shortened
from offer.pages.start import start_page
from offer.pages.told import Teller, Told
from offer.pages.typed_form import check_form, typed_of
from offer.pages.who_to_ask import NoOffer, council_of, no_offer
from offer.pages.written_out import Contacts, WrittenOut, contacts_of, written_out
from offer.person import Person
from offer.published import Published

PATH = "/print"
ANSWERS, WITH = "answers", "with"  # the choice: a sheet with what was told on it, or without
_OF_A_HEADING = 150  # letters that the room of one takes
LENGTH, SHORT = "sheet", "short"  # only what they should be able to get, on two pieces of paper


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """A place or team of a list on paper. `hours` is () where none are known, or nobody can go there."""

    who: WrittenOut
    hours: tuple[HoursLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage(Page):
    """One sheet. `told` is what stands on it about the person: () where they want none of it there.

    `hidden` carries the answers on to the next sheet; `personal`: the sheet was made from them.
    `names`: on the short sheet, what else is sure; `left_out`: what stands on the long one alone.
    `places` are those of a list. `no_offer`: their council, where we hold nothing of its own.
    `code` leads back to what it was made from, where that has an address.
    """

    on: date
    sections: tuple[Section, ...]
    contacts: Contacts
    places: tuple[KeptPlace, ...] = ()
    personal: bool = False
    short: bool = False
    told: tuple[Told, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    notes: tuple[str, ...] = ()
    names: tuple[SheetItem, ...] = ()
    left_out: str = ""
    no_offer: NoOffer | None = None
    code: Code
    back: str = ""

    @property
    def checked_from(self) -> date:
        """The day on which the thing was checked that nobody has looked at for longest."""
        return min(self._checked, default=self.on)

    @property
    def checked_to(self) -> date:
        """The day on which something was checked last."""
        return max(self._checked, default=self.on)

    @property
    def _checked(self) -> tuple[date, ...]:
        items = (*(item for section in self.sections for item in section.items), *self.names)
        return tuple(item.checked for item in items)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintablesPage(Page):
    """What there is to print."""


async def of_things(request: Request) -> Response:
    """GET /print?things=slug,slug&by=E06000047: a list, or one thing. Without any, what there is to print."""
    published, at = edition_of(request), now()
    found = listed(request, published, civil_day(at))
    if not found.things:
        page = PrintablesPage(title=_("Print, and take it with you"), path=PATH)
        return render(request, "printables.html", page)
    return render(request, "sheet.html", _of_list(request, published, found, at))


async def of_results(request: Request) -> Response:
    """POST /print: what one person can get, from the fields of the results; 422 with what to put right."""
    check_form(request)
    async with request.form() as form:
        typed, told, short = typed_of(form), form.get(ANSWERS) == WITH, form.get(LENGTH) == SHORT
    published, on = edition_of(request), today()
    filled = await filled_of(request, published, typed, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    page = _of_person(request, published, filled, filled.person, on, told=told, short=short)
    return render(request, "sheet.html", page, headers=KEEP_PRIVATE)


def _of_list(request: Request, published: Published, found: Listed, at: datetime) -> SheetPage:
    on = civil_day(at)
    items = tuple(item_in_full(published, entry, on) for entry in found.entries)
    one = len(found.things) == 1
    many = _("Things to get") if items else _("Places and teams")
    return SheetPage(
        title=name_of(found.things[0]) if one else many,
        on=on,
        sections=(Section("list", "" if one else _("The list"), "", items),) if items else (),
        places=tuple(_kept_place(service, at) for service in found.services),
        contacts=contacts_of(published, found.council),
        code=code_of(request, found.address(), _("The address of this list as a code to scan")),
        back=_page_of(found.things[0]) if one else found.address(LIST_PATH),
    )


def _page_of(thing: Thing) -> str:
    return service_href(thing.id) if isinstance(thing, ServiceView) else entry_href(thing.id)


def _kept_place(service: ServiceView, at: datetime) -> KeptPlace:
    return KeptPlace(written_out(service), hours_to_go_by(service, at))


def _of_person(
    request: Request,
    published: Published,
    filled: Filled,
    person: Person,
    on: date,
    *,
    told: bool,
    short: bool,
) -> SheetPage:
    situation = person.situation
    answer = answer_in_all(published, person, open_districts(filled))
    council = council_of(published, situation)
    groups = groups_of(published, answer.outcomes, situation.date_of_birth)
    notes = (*answer.care_status.warnings, *answer.notes)
    page = SheetPage(
        title=_("What you can get"),
        sent_by="answers",
        on=on,
        sections=() if short else sections_of(published, groups, on),
        contacts=contacts_of(published, council, _district(situation)),
        personal=True,
        short=short,
        told=told_of(published, filled, on) if told else (),
        hidden=carried(filled),
        notes=notes,
        no_offer=no_offer(published, council),
        code=code_of(request, "/", _("The address of this service as a code to scan")),
    )
    return _in_short(published, groups, page) if short else page


def _in_short(published: Published, groups: Groups, page: SheetPage) -> SheetPage:
    """The page on two sheets of paper."""
    rows = tuple(f"{row.label} {row.value}" for row in page.told)
    taken = sum(map(len, (*page.notes, *rows))) + (_OF_A_HEADING if rows else 0)
    found = shortened(published, groups, page.on, taken)
    return replace(page, sections=(found.first,), names=found.names, left_out=found.left_out)


def told_of(published: Published, filled: Filled, on: date) -> tuple[Told, ...]:
    """What somebody told us, as lines; what they left out is left out."""
    teller = Teller(published, filled, on)
    return tuple(row for row in (*teller.four(), *teller.others()) if row.given)


def carried(filled: Filled) -> tuple[Hidden, ...]:
    """Every field as it was typed, so that the next step has it too."""
    return tuple(Hidden(name, value) for name, value in filled.typed.values.items())


def _district(situation: Situation) -> str | None:
    code = situation.facts.get("lives_in")
    return code if isinstance(code, str) else None


ROUTES = (Route(PATH, of_things), Route(PATH, of_results, methods=["POST"]))
