"""The page of a form: what was typed, what is to be finished, and how it will look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from offer.clock import today
from offer.live import live_of
from offer.pages.staff.edit_model import Editing, EditPage
from offer.pages.staff.entries import KIND_NAMES
from offer.pages.staff.preview import preview_of
from offer.pages.staff.view import me_of, place_name, show
from offer.staff.change import Change
from offer.staff.change_rows import change_of
from offer.staff.due import Held
from offer.staff.editing.asked import SECTIONS
from offer.staff.editing.boxes import form_of
from offer.staff.editing.faults import FieldFault, faults_of
from offer.staff.editing.offered import Options, names_of, options_of
from offer.staff.editing.read import Read, read
from offer.staff.editing.shown import Form
from offer.staff.editing.typed import Typed, typed_of
from offer.staff.reading import documents
from offer.staff.roles import NATIONAL, scope_of, scopes_with
from offer.staff.words.council import terms_of
from offer.staff.words.kinder import Term
from offer.staff.words.remarks import remarks_of

CONTROLS = frozenset({"token", "act", "change", "base", "edition", "was", "seen"})
CHOOSE = "choose."
FIXED = frozenset({"id", "authority"})  # of a document that is there


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came: the schema's fields, and the rest."""

    typed: Typed
    controls: Mapping[str, str]

    def number(self, name: str) -> int:
        """A number among the controls; 0 for none."""
        text = self.controls.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


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
    name = str(body.get("title") or body.get("name") or editing.slug) if editing.slug else ""
    title = f"Edit: {name}" if name else f"New {KIND_NAMES[editing.kind]}"
    view = EditPage(
        title=f"Error: {title}" if error or refused else title,
        me=me_of(request),
        done=done,
        error=error,
        editing=editing,
        action=request.url.path,
        name=name,
        place=place_name(request, scope_of(authority)) if authority else "",
        scope=scope_of(authority),
        form=await _form(request, editing, typed, authority, faults),
        remarks=remarks_of(editing.kind, body, await _terms(request, authority)),
        more_faults=tuple(editing.outside(faults)),
        unfinished=len(faults),
        unsaved=request.method == "POST",
        open_changes=tuple(editing.in_changes(open_changes)),
        preview=preview_of(request, editing.kind, body) if look else None,
    )
    return show(request, "edit", view, status)


async def _form(
    request: Request, editing: Editing, typed: Typed, authority: str, faults: Sequence[FieldFault]
) -> Form:
    """What was typed in its fields; what cannot be changed of a document that is there is no field."""
    options = await options_for(request, editing.kind, authority)
    fixed = FIXED if editing.slug else frozenset[str]()
    return form_of(SECTIONS[editing.kind], editing.specs, typed, options, faults, fixed=fixed)


async def _terms(request: Request, authority: str) -> Sequence[Term]:
    return tuple(await terms_of(live_of(request).database, scope_of(authority)))


async def change_named(request: Request, number: int, scope: str) -> Change | None:
    """The open change of that number, in that scope; None for another."""
    change = await change_of(live_of(request).database, number) if number else None
    fits = change and change.scope == scope and change.state in ("draft", "review", "approved")
    return change if fits else None
