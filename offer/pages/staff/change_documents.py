"""One document of a change on its page: what differs, what is to be mended, and where it is edited."""

from dataclasses import dataclass

from starlette.requests import Request

from offer.catalogue.documents import ENTITLEMENT
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.changes import PATH
from offer.pages.staff.entries import KIND_NAMES
from offer.pages.staff.entries import PATH as ENTRIES
from offer.pages.staff.rule_words import rule_words_of
from offer.pages.staff.view import me_of
from offer.staff.change import OPEN, Change, Item, scope_of_body
from offer.staff.change_checks import Checks
from offer.staff.change_rows import newest_of, open_changes_of
from offer.staff.differences import Difference, differences
from offer.staff.roles import may
from offer.staff.versions import body_of_version


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a change: where to see and edit it, and what happens to it.

    `also_in`: other changes on their way that hold it too. `is_behind`: a newer version was published
    since this one began, so that it cannot be before it took that over.
    """

    kind: str
    slug: str
    link: Link
    what: str
    edits: tuple[Link, ...]
    differences: tuple[Difference, ...]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    also_in: tuple[Link, ...] = ()
    is_behind: bool = False

    @property
    def called(self) -> str:
        """What its kind is called: "entry", "place"."""
        return KIND_NAMES[self.kind]


async def document_view(request: Request, change: Change, item: Item, checks: Checks) -> Document:
    """A document of a change for whoever asks, with what `checks` say of it."""
    live, key = live_of(request), (item.kind, item.slug)
    before = await body_of_version(live.database, item.kind, item.slug, item.base) if item.base else None
    published = live.published
    found = differences(before or {}, item.body, rule_words_of(published), published.names)
    title = str(item.body.get("title") or item.body.get("name") or item.slug)
    editing = (
        change.state in OPEN and item.act == "save" and may(me_of(request).grants, "editor", change.scope)
    )
    own = may(me_of(request).grants, "viewer", scope_of_body(item.body))  # else only some rows of it are
    return Document(
        kind=item.kind,
        slug=item.slug,
        link=Link(f"{ENTRIES}/{item.kind}/{item.slug}" if item.base and own else "", title),
        what=_what(item),
        edits=_edits(change, item) if editing else (),
        differences=found if item.act == "save" else (),
        faults=tuple(each.problem for each in checks.faults if (each.kind, each.slug) == key),
        warnings=tuple(each.problem for each in checks.warnings if (each.kind, each.slug) == key),
        also_in=await _also_in(request, change, item),
        is_behind=await _is_behind(request, change, item),
    )


async def _is_behind(request: Request, change: Change, item: Item) -> bool:
    """Whether a newer version was saved since; a council's rows are laid over it when they are published."""
    if change.state not in OPEN or scope_of_body(item.body) != change.scope:
        return False
    return await newest_of(live_of(request).database, item.kind, item.slug) != item.base


async def _also_in(request: Request, change: Change, item: Item) -> tuple[Link, ...]:
    """Other changes of the place on their way that hold the same document, while this one is.

    Rows of several councils in a national entry do not meet: each is laid over what the others published.
    """
    if change.state not in OPEN or scope_of_body(item.body) != change.scope:
        return ()
    held = await open_changes_of(live_of(request).database, item.kind, item.slug)
    others = (each for each in held if each.id != change.id and each.scope == change.scope)
    return tuple(Link(f"{PATH}/{each.id}", each.title) for each in others)


def _edits(change: Change, item: Item) -> tuple[Link, ...]:
    """The forms that go on with a draft in this change."""
    forms = {"edit": "Edit it"}
    if scope_of_body(item.body) != change.scope:  # a council's rows in a national entry
        forms = {"terms": "Edit its rows"}
    elif item.kind == ENTITLEMENT and item.base:
        forms |= {"terms": "its terms and amounts", "rule": "who can get it"}
    href = f"{ENTRIES}/{item.kind}/{item.slug}"
    return tuple(Link(f"{href}/{form}?change={change.id}", words) for form, words in forms.items())


def _what(item: Item) -> str:
    if item.act == "withdraw":
        return "Taken away: the public page goes"
    return "Changed" if item.base else "New"
