"""What the pages that edit one part of a document share: which one, in which change, and where it goes."""

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH
from offer.pages.staff.view import StaffPage, me_of, said
from offer.staff.change import scope_of_body
from offer.staff.change_rows import change_of, open_changes_of
from offer.staff.part_edit import Draft, draft_of
from offer.staff.roles import may

CHANGES = "/staff/changes"
PARTS = {"edit": "Words", "rule": "Who can get it", "terms": "Terms and amounts", "yaml": "YAML"}


@dataclass(frozen=True, slots=True)
class Part:
    """The part of an entry that is open: which of PARTS, and where it is saved.

    `change`: the change it is saved in, 0 for a new one; `was`: the part as it was opened. `elsewhere`:
    open changes that hold this entry, and are not this one. `unsaved`: what stands in the form was typed.
    `whole`: whoever asks may change all of the entry, not only some rows of it.
    """

    name: str
    entry: Link
    change: int
    change_title: str
    was: str
    elsewhere: tuple[Link, ...]
    unsaved: bool
    whole: bool

    @property
    def action(self) -> str:
        """Where the form goes."""
        return f"{self.entry.href}/{self.name}"

    @property
    def href(self) -> str:
        """The page itself, in its change."""
        return self.href_of(self.name)

    def href_of(self, name: str) -> str:
        """The page of a part, in the same change."""
        return f"{self.entry.href}/{name}" + (f"?change={self.change}" if self.change else "")

    @property
    def parts(self) -> tuple[Link, ...]:
        """All ways to change the same entry, in the same change; the open one is marked."""
        words = (
            PARTS if "/entitlement/" in self.entry.href else {name: PARTS[name] for name in ("edit", "yaml")}
        )
        return tuple(Link(self.href_of(name), said, name == self.name) for name, said in words.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage(StaffPage):
    """A page that edits one part of an entry."""

    part: Part


async def part_of(request: Request, draft: Draft, name: str, was: str) -> Part:
    """The part `name` of a document. `was`: as it was opened."""
    return Part(
        name=name,
        entry=Link(f"{PATH}/{draft.kind}/{draft.slug}", draft.title),
        change=draft.change,
        change_title=await _change_title(request, draft),
        was=was,
        elsewhere=await _elsewhere(request, draft, name),
        unsaved=request.method == "POST",
        whole=may(me_of(request).grants, "editor", scope_of_body(draft.body)),
    )


async def opened(request: Request, form: FormData | None = None) -> Draft:
    """The document that the address names, in the change it names or the form carries. 404 for none."""
    typed = said(form, "change", 9) if form is not None else request.query_params.get("change", "")[:9]
    change = int(typed) if typed.isascii() and typed.isdigit() else 0
    kind, slug = request.path_params.get("kind", "entitlement"), request.path_params["slug"]
    draft = await draft_of(live_of(request).database, kind, slug, change)
    if draft is None or (change and not may(me_of(request).grants, "editor", draft.scope)):
        raise HTTPException(404)
    return draft


async def _elsewhere(request: Request, draft: Draft, part: str) -> tuple[Link, ...]:
    """Other open changes with this entry: to go on there, rather than begin a second one."""
    held = await open_changes_of(live_of(request).database, draft.kind, draft.slug)
    return tuple(
        Link(f"{PATH}/{draft.kind}/{draft.slug}/{part}?change={each.id}", each.title)
        for each in held
        if each.id != draft.change and may(me_of(request).grants, "editor", each.scope)
    )


async def _change_title(request: Request, draft: Draft) -> str:
    """What the change is called; "" for a new one."""
    held = await change_of(live_of(request).database, draft.change) if draft.change else None
    return held.title if held else ""
