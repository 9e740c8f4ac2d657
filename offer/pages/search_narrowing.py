"""What narrows a list of hits: kinds, topics, where a thing comes from, ages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from directory.topics import TOPICS
from offer.language import gettext as _
from offer.language import later
from offer.pages.listing import Link
from offer.pages.search_query import Query
from offer.published import Published
from search.finder import Found

KIND_WORDS = {"entitlement": later("Offers and rights"), "service": later("Places and teams")}
DECIDES_WORDS = {
    "law": later("The law says so"),
    "national-scheme": later("A national scheme"),
    "council-choice": later("A council chose to"),
}
AGES_WORDS = {
    "16-17": later("16 and 17"),
    "18-20": later("18 to 20"),
    "21-24": later("21 to 24"),
    "25": later("25 and over"),
}

# How a choice on the page is made: a link to its address; a button of the form that carries answers about
# a person; or, where somebody may be in danger, not at all, since the words may stand nowhere.
Manner = Literal["address", "posted", "crisis"]


@dataclass(frozen=True, slots=True)
class Narrow:
    """One way to narrow the list: its title and its choices."""

    title: str
    links: tuple[Link, ...]


def choices(links: Iterable[Link], manner: Manner) -> Iterator[Link]:
    """The links as this page may show them."""
    for link in links if manner != "crisis" else ():
        yield link if manner == "address" else replace(link, href="")


def kind_links(query: Query, found: Found) -> Iterator[Link]:
    """Everything, or one kind of thing."""
    counts = found.facets.get("kind", {})
    yield _choice(query, "kind", "", _("All"), sum(counts.values()))
    for kind, words in KIND_WORDS.items():
        if counts.get(kind) or query.kind == kind:
            yield _choice(query, "kind", kind, _(words), counts.get(kind, 0))


def narrowed(query: Query, found: Found, manner: Manner) -> Iterator[Narrow]:
    """The choices that would narrow the list; a facet of one choice narrows nothing."""
    facets: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("topic", _("One topic"), {slug: topic.title for slug, topic in TOPICS.items()}),
        ("decides", _("Where it comes from"), DECIDES_WORDS),
        *((("ages", _("One age"), AGES_WORDS),) if query.age is None else ()),
    )
    for name, title, words in facets:
        links = [
            _choice(query, name, value, _(words[value]), count)
            for value, count in found.facets.get(name, {}).items()
        ]
        shown = tuple(choices(links, manner))
        if len(shown) > 1:
            yield Narrow(title, shown)


def _choice(query: Query, name: str, value: str, words: str, count: int) -> Link:
    address = query.but(**{name: value}).address
    return Link(address, words, getattr(query, name) == value, count, press=(name, value))


def filters_of(published: Published, query: Query, *, of_person: bool) -> Iterator[Link]:
    """Chips: what narrows the list, taken off by pressing it. `of_person`: what was said of them, too."""
    names = published.names
    home = names.get(query.lives_in) or _("another nation")
    person = (
        ("age", _("For age %(age)s") % {"age": query.age}),
        ("lives_in", _("In %(place)s") % {"place": home}),
        ("by", _("Looked after by %(council)s") % {"council": names.get(query.by, "")}),
    )
    list_ = (
        ("topic", _(TOPICS[query.topic].title) if query.topic else ""),
        ("kind", _(KIND_WORDS.get(query.kind, ""))),
        ("decides", _(DECIDES_WORDS.get(query.decides, ""))),
        ("ages", _("Ages %(ages)s") % {"ages": _(AGES_WORDS.get(query.ages, ""))}),
    )
    for name, words in (*(person if of_person else ()), *list_):
        given = getattr(query, name)
        if given is not None and given != "":
            nothing = None if name == "age" else ""
            yield Link(query.but(**{name: nothing}).address, words, press=(name, ""))
