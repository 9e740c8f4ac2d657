"""Somebody else saved or published the same document meanwhile: what each changed, and the choice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from offer.catalogue.documents import KINDS
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.edit_model import Editing
from offer.pages.staff.edit_view import CHOOSE
from offer.pages.staff.entries import PATH
from offer.pages.staff.rule_words import rule_words_of
from offer.pages.staff.view import StaffPage, me_of, show
from offer.staff.differences import said_lines
from offer.staff.editing.asked import WORDS
from offer.staff.editing.choices import LANGUAGES
from offer.staff.editing.drafts import Draft, Meanwhile
from offer.staff.editing.merging import Clash, Side
from offer.staff.editing.typed import filled

THEIRS, OWN = "Somebody else changed this", "You have a draft of this already"


@dataclass(frozen=True, slots=True)
class Choice:
    """One field that both changed: its lines as they were, theirs and mine."""

    name: str
    id: str
    label: str
    was: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashPage(StaffPage):
    """`choices`: what both changed; `kept`: what only the other changed, as (field, lines).

    `own`: the other is a draft of the same person.
    """

    action: str
    name: str
    published: bool
    own: bool
    choices: tuple[Choice, ...]
    kept: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    back: Link


async def clash_page(
    request: Request, editing: Editing, draft: Draft, found: Meanwhile, *, missing: bool, own: bool = False
) -> Response:
    """What the other changed and what I did; nothing was saved yet. `missing`: not all was chosen.

    `own`: the other is a draft that the same person saved.
    """
    name = str(found.theirs.get("title") or found.theirs.get("name") or draft.slug)
    view = ClashPage(
        title=f"{'Error: ' if missing else ''}{OWN if own else THEIRS}: {name}",
        error="Choose for each field whose words to keep." if missing else "",
        me=me_of(request),
        action=request.url.path,
        name=name,
        published=found.published,
        own=own,
        choices=tuple(_choice(request, draft.kind, each) for each in found.found.clashes),
        kept=tuple(_choice(request, draft.kind, each) for each in found.found.theirs_only),
        hidden=tuple(_hidden(editing, draft, found)),
        back=Link(f"{PATH}/{draft.kind}/{draft.slug}", name),
    )
    return show(request, "edit-clash", view, 409)


def chosen_of(controls: Mapping[str, str]) -> dict[str, Side]:
    """Whose words were chosen, by field."""
    sides: dict[str, Side] = {"mine": "mine", "theirs": "theirs"}
    chosen = (
        (name.removeprefix(CHOOSE), sides.get(value))
        for name, value in controls.items()
        if name.startswith(CHOOSE)
    )
    return {name: side for name, side in chosen if side}


def _choice(request: Request, kind: str, each: Clash) -> Choice:
    name, _, code = each.unit.partition(".")
    words = WORDS[KINDS[kind].model].get(name)
    label = words.label if words else {"rule": "Who can get it", "terms": "Terms by district and date"}[name]
    lines = (
        tuple(said_lines(name, value, rule_words_of(live_of(request).published))) or ("Nothing.",)
        for value in (each.was, each.theirs, each.mine)
    )
    said = f"{label}: {LANGUAGES.get(code, code)}" if code else label
    return Choice(f"{CHOOSE}{each.unit}", f"c-{each.unit.replace('.', '-')}", said, *lines)


def _hidden(editing: Editing, draft: Draft, found: Meanwhile) -> Iterator[tuple[str, str]]:
    """Everything that was typed, from where it began, and what the choice is about."""
    mine = filled(editing.specs, draft.body)
    yield from ((name, value) for name, values in mine.items() for value in values)
    if draft.change:
        yield "change", str(draft.change)
    yield "base", str(draft.base)
    yield "edition", str(draft.edition)
    if editing.was:
        yield "was", editing.was
    yield "seen", found.mark
