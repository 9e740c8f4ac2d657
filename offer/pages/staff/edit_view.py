"""The page of a form: what was typed, what is to be finished, and how it will look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from offer.catalogue.documents import KINDS
from offer.clock import today
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH
from offer.pages.staff.preview import Preview, preview_of
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.change import Change
from offer.staff.change_rows import change_of
from offer.staff.due import Held
from offer.staff.editing.asked import CARRIED, SECTIONS
from offer.staff.editing.boxes import form_of
from offer.staff.editing.drafts import in_order
from offer.staff.editing.faults import FieldFault, faults_of
from offer.staff.editing.offered import Options, names_of, options_of
from offer.staff.editing.read import Read, read
from offer.staff.editing.shown import Form
from offer.staff.editing.spec import Spec, specs_of
from offer.staff.editing.typed import Typed, typed_of
from offer.staff.reading import documents
from offer.staff.roles import NATIONAL, scope_of, scopes_with
from offer.staff.words.council import terms_of
from offer.staff.words.kinder import Term
from offer.staff.words.remarks import Remark, remarks_of

CONTROLS = frozenset({"token", "act", "change", "base", "edition", "was", "seen"})
CHOOSE = "choose."
FIXED = frozenset({"id", "authority"})  # of a document that is there

KIND_NAMES = {
    "entitlement": "entry", "organisation": "organisation", "location": "place", "service": "service",
}  # fmt: skip
_LEFT = {  # the pages that edit what the form carries through: path after the document's own, words
    "rule": ("rule", "Who can get it: the rule", "Choose facts and values in plain words."),
    "terms": ("terms", "Terms by district and date", "Values and amounts that differ by place or by day."),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came: the schema's fields, and the rest."""

    typed: Typed
    controls: Mapping[str, str]

    def number(self, name: str) -> int:
        """A number among the controls; 0 for none."""
        text = self.controls.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class Editing:
    """What is edited: its kind, its address ("" while it is new), and what the form leaves alone."""

    kind: str
    slug: str
    change: Change | None
    base: int
    edition: int
    was: str
    carried: Mapping[str, Any]

    @property
    def specs(self) -> Sequence[Spec]:
        """The fields of the form."""
        return specs_of(KINDS[self.kind].model)

    def body(self, done: Read) -> dict[str, Any]:
        """What was typed with what the form leaves alone, in the schema's order."""
        return in_order(tuple(KINDS[self.kind].model.model_fields), self.carried, done.body)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part of the document that another page edits."""

    link: Link
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPage(StaffPage):
    """The form. `unfinished`: how much keeps it from being published; `open_changes`: where it is too."""

    action: str
    name: str
    kind: str
    words_kind: str
    place: str
    scope: str
    form: Form
    remarks: tuple[Remark, ...]
    more_faults: tuple[Link, ...]
    unfinished: int
    hidden: tuple[tuple[str, str], ...]
    change: Link | None
    open_changes: tuple[Link, ...]
    left: tuple[Elsewhere, ...]
    yaml_href: str
    preview: Preview | None
    back: Link


def sent_of(form: FormData) -> Sent:
    """The form that came, its controls apart; files are none of ours."""
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    ours = {name: value for name, value in pairs if name in CONTROLS or name.startswith(CHOOSE)}
    return Sent(typed_of(pair for pair in pairs if pair[0] not in ours), ours)


def read_form(request: Request, editing: Editing, typed: Typed) -> Read:
    """The body of what was typed; places and days by their names."""
    return read(editing.specs, typed, names_of(live_of(request).published))


async def options_for(request: Request, kind: str, authority: str) -> Options:
    """What there is to choose from, for somebody who edits a document of that authority."""
    me, live, on = me_of(request), live_of(request), today()
    scopes = {NATIONAL, scope_of(authority)} if authority else {NATIONAL}
    held: list[Held] = await documents(live.database, scopes)
    codes = scopes_with(me.grants, "editor")
    mine = {("E92000001" if code == NATIONAL else code): place_name(request, code) for code in sorted(codes)}
    return options_of(live.published, held, authority, mine, on)


async def edit_page(
    request: Request,
    editing: Editing,
    typed: Typed,
    *,
    look: bool = False,
    check: bool = True,
    refused: Sequence[FieldFault] = (),
    open_changes: Sequence[Change] = (),
    done: str = "",
    error: str = "",
    status: int = 200,
) -> Response:
    """The form with what was typed. `look`: with the public page beside it; `check`: with its faults."""
    read_now = read_form(request, editing, typed)
    body = editing.body(read_now)
    faults = [*refused, *(faults_of(editing.kind, read_now, editing.carried) if check else ())]
    authority = str(body.get("authority", ""))
    new = not editing.slug
    form = form_of(
        SECTIONS[editing.kind],
        editing.specs,
        typed,
        await options_for(request, editing.kind, authority),
        faults,
        fixed=frozenset() if new else FIXED,
    )
    words = KIND_NAMES[editing.kind]
    name = "" if new else str(body.get("title") or body.get("name") or editing.slug)
    title = f"Edit: {name}" if name else f"New {words}"
    shown = {each.field for each in faults}
    view = EditPage(
        title=f"Error: {title}" if error or refused else title,
        me=me_of(request),
        done=done,
        error=error,
        action=request.url.path,
        name=name,
        kind=words,
        words_kind=editing.kind,
        scope=scope_of(authority),
        remarks=remarks_of(editing.kind, body, await _terms(request, authority)),
        place=place_name(request, scope_of(authority)) if authority else "",
        form=form,
        more_faults=tuple(
            _elsewhere(editing, each) for each in faults if each.field not in _fields(editing.specs, shown)
        ),
        unfinished=len(faults),
        hidden=_hidden(editing),
        change=_change_link(editing.change),
        open_changes=tuple(filter(None, (_edit_link(editing, each) for each in open_changes))),
        left=tuple(_left(editing)),
        yaml_href=_part_href(editing, "yaml") if editing.slug else "",
        preview=preview_of(request, editing.kind, body) if look else None,
        back=_back(editing),
    )
    return show(request, "edit", view, status)


async def _terms(request: Request, authority: str) -> Sequence[Term]:
    return tuple(await terms_of(live_of(request).database, scope_of(authority)))


def _fields(specs: Sequence[Spec], names: set[str]) -> set[str]:
    """Those names that a field of the form has."""
    asked = {spec.name for spec in specs}
    return {name for name in names if name.partition(".")[0] in asked}


def _elsewhere(editing: Editing, fault: FieldFault) -> Link:
    """What is to be finished on another page, with the way there once the document is saved."""
    _path, words, _hint = _LEFT.get(fault.field, ("", "", ""))
    found = next((each.link.href for each in _left(editing) if words and each.link.text == words), "")
    missing = fault.field == "rule" and fault.words.startswith("This is still")
    said = "Choose the facts that decide it." if missing else fault.words
    return Link(found, f"{words}: {said}" if words else said)


def _hidden(editing: Editing) -> tuple[tuple[str, str], ...]:
    change = (("change", str(editing.change.id)),) if editing.change else ()
    was = (("was", editing.was),) if editing.was else ()
    return (*change, ("base", str(editing.base)), ("edition", str(editing.edition)), *was)


def _change_link(change: Change | None) -> Link | None:
    return Link(f"/staff/changes/{change.id}", change.title) if change else None


def _edit_link(editing: Editing, change: Change) -> Link | None:
    if editing.change and change.id == editing.change.id:
        return None
    return Link(f"{PATH}/{editing.kind}/{editing.slug}/edit?change={change.id}", change.title)


def _left(editing: Editing) -> Sequence[Elsewhere]:
    """Links to the pages of what the form leaves alone; they need a document that is saved."""
    names = CARRIED.get(KINDS[editing.kind].model, {}) if editing.slug else {}
    return [Elsewhere(Link(_part_href(editing, _LEFT[n][0]), _LEFT[n][1]), _LEFT[n][2]) for n in names]


def _part_href(editing: Editing, part: str) -> str:
    """The page of one part of the document, in the same change."""
    query = f"?change={editing.change.id}" if editing.change else ""
    return f"{PATH}/{editing.kind}/{editing.slug}/{part}{query}"


def _back(editing: Editing) -> Link:
    if editing.change:
        return Link(f"/staff/changes/{editing.change.id}", editing.change.title)
    if editing.slug:
        return Link(f"{PATH}/{editing.kind}/{editing.slug}", "Back without saving")
    return Link(PATH, "Entries")


async def change_named(request: Request, number: int, scope: str) -> Change | None:
    """The open change of that number, in that scope; None for another."""
    change = await change_of(live_of(request).database, number) if number else None
    fits = change and change.scope == scope and change.state in ("draft", "review", "approved")
    return change if fits else None
