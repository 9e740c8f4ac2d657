"""What the pages that edit one part of a document share: which one, in which change, and where it goes."""

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from offer.pages.listing import Link
from offer.pages.staff.entries import PATH
from offer.pages.staff.view import StaffPage, me_of, said
from offer.staff.change_rows import change_of, open_changes_of
from offer.staff.part_edit import Draft, draft_of
from offer.staff.roles import may

CHANGES = "/staff/changes"
PARTS = {"edit": "Words", "rule": "Who can get it", "terms": "Terms and amounts", "yaml": "YAML"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage(StaffPage):
    """`action`: where the form goes. `change`: the change it is saved in, 0 for a new one; `was`: the part
    as it was opened. `elsewhere`: open changes that hold this entry, and are not this one."""

    entry: Link
    action: str
    change: int
    change_title: str
    was: str
    elsewhere: tuple[Link, ...]

    @property
    def parts(self) -> tuple[Link, ...]:
        """The other ways to change the same entry, in the same change; the open one is marked."""
        words = (
            PARTS if "/entitlement/" in self.entry.href else {name: PARTS[name] for name in ("edit", "yaml")}
        )
        after = f"?change={self.change}" if self.change else ""
        here = self.action.rpartition("/")[2]
        return tuple(
            Link(f"{self.entry.href}/{name}{after}", said, name == here) for name, said in words.items()
        )


async def opened(request: Request, form: FormData | None = None) -> Draft:
    """The document that the address names, in the change it names or the form carries. 404 for none."""
    typed = said(form, "change", 9) if form is not None else request.query_params.get("change", "")[:9]
    change = int(typed) if typed.isascii() and typed.isdigit() else 0
    kind, slug = request.path_params.get("kind", "entitlement"), request.path_params["slug"]
    draft = await draft_of(request.app.state.live.database, kind, slug, change)
    if draft is None or (change and not may(me_of(request).grants, "editor", draft.scope)):
        raise HTTPException(404)
    return draft


def action_of(draft: Draft, part: str) -> str:
    """The address of the page of a part."""
    return f"{PATH}/{draft.kind}/{draft.slug}/{part}"


def with_change(address: str, draft: Draft) -> str:
    """An address that stays in the change."""
    return f"{address}?change={draft.change}" if draft.change else address


async def elsewhere(request: Request, draft: Draft, part: str) -> tuple[Link, ...]:
    """Other open changes with this entry: to go on there, rather than begin a second one."""
    held = await open_changes_of(request.app.state.live.database, draft.kind, draft.slug)
    return tuple(
        Link(f"{action_of(draft, part)}?change={each.id}", each.title)
        for each in held
        if each.id != draft.change and may(me_of(request).grants, "editor", each.scope)
    )


async def change_title(request: Request, draft: Draft) -> str:
    """What the change is called; "" for a new one."""
    held = await change_of(request.app.state.live.database, draft.change) if draft.change else None
    return held.title if held else ""
