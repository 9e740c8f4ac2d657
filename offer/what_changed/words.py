"""A change in the words of pages and feeds. Phrases: a page says them in its own language."""

from collections.abc import Iterator

from directory.phrase import Phrase, counted, phrase, template, together
from offer.addresses import OFFER, entry_href, service_href
from offer.council_names import plain_name
from offer.entitlements.schema import ENGLAND
from offer.published import Published
from offer.what_changed.told import Act, Change

MOST_NAMED = 3  # districts in a title
_TITLES: dict[Act, str] = {
    "new": template("New: %(title)s"),
    "changed": template("Changed: %(title)s"),
    "checked": template("Checked again: %(title)s"),
    "gone": template("No longer on our list: %(title)s"),
    "back": template("Back on our list: %(title)s"),
}
_ACTS: dict[Act, str] = {
    "new": template("New on our list."),
    "changed": template("Changed."),
    "checked": template("Checked again: still right."),
    "gone": template("No longer on our list."),
    "back": template("Back on our list."),
}


def href_of(change: Change) -> str:
    """The page of the document."""
    return entry_href(change.slug) if change.kind == OFFER else service_href(change.slug)


def is_here(published: Published, change: Change) -> bool:
    """Whether the document has a page now."""
    if change.kind == OFFER:
        return change.slug in published.entries
    service = published.services.get(change.slug)
    return service is not None and service.is_shown


def place_of(published: Published, code: str) -> str | Phrase:
    """A council or district by its plain name."""
    return phrase("all of England") if code == ENGLAND else plain_name(published.names.get(code, code))


def said_title(published: Published, change: Change) -> Phrase:
    """ "Changed: No council tax until 25 (Boston)"; "39 new pages: County Durham"."""
    if change.act == "many":
        where = place_of(published, change.authority)
        return counted(
            "%(num)s new page: %(where)s", "%(num)s new pages: %(where)s", change.count, where=where
        )
    return phrase(_TITLES[change.act], title=titled(published, change))


def titled(published: Published, change: Change) -> str:
    """What it is called, with the districts where only a few are told of: "Less council tax (Boston)"."""
    areas = list(dict.fromkeys(part.area for part in change.parts))
    if not areas or "" in areas or len(areas) > MOST_NAMED:
        return change.title
    return f"{change.title} ({', '.join(place_of(published, area) for area in areas)})"


def said_act(change: Change) -> Phrase | None:
    """What happened to it, where that is not told by its parts."""
    return None if change.parts and change.act == "changed" else phrase(_ACTS[change.act])


def said_parts(published: Published, change: Change, *, below_title: bool = True) -> Iterator[str]:
    """Each thing that changed; of a district with its name before it, unless the title above has it."""
    named = below_title and len({part.area for part in change.parts}) == 1
    for part in change.parts:
        if part.area and not named:
            yield together(phrase("%(place)s:", place=place_of(published, part.area)), part.words)
        else:
            yield part.words
