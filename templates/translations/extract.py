"""Every fixed text there is, from templates, Python and the lists of words kept as data."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

from directory.help_now import HelpNow
from directory.topics import KIND_TITLES, TOPICS
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_you import NATIONS
from offer.eligibility.registry_words import templates_of
from offer.guides.reading import guides
from offer.guides.schema import Guide
from offer.guides.ways import ways

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
POT = HERE / "messages.pot"
WORDS = "offer/pages/official_words.yaml"
KEYWORDS = {
    "_": None, "gettext": None, "later": None, "ngettext": (1, 2), "phrase": None, "counted": (1, 2),
    "template": None,
}  # fmt: skip
_JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
Message = str | tuple[str, ...]


def template() -> Catalog:
    """The catalogue without translations: every message, and the files it stands in."""
    catalog = Catalog(project="Care leaver offers", charset="utf-8", fuzzy=False)
    for where, message in _messages():
        catalog.add(message, locations=[(where, 0)])
    return catalog


def write_pot(catalog: Catalog) -> None:
    """Write messages.pot: no line numbers and no dates, so that it changes only when words do."""
    with POT.open("wb") as file:
        write_po(file, catalog, sort_output=True, include_lineno=False, omit_header=True, width=110)


def _messages() -> Iterator[tuple[str, Message]]:
    yield from sorted(_in_files("templates", "*.html", babel_extract, _JINJA), key=repr)
    for room in ("offer", "directory"):
        yield from sorted(_in_files(room, "*.py", "python", {}), key=repr)
    yield from _registry()


def _in_files(
    room: str, pattern: str, method: object, options: dict[str, str]
) -> Iterator[tuple[str, Message]]:
    for path in sorted((ROOT / room).rglob(pattern)):
        if "node_modules" in path.parts or "built" in path.parts:
            continue
        with path.open("rb") as file:
            for _, message, _, _ in extract(method, file, KEYWORDS, options=options):  # type: ignore[arg-type]
                yield path.relative_to(ROOT).as_posix(), message


def _registry() -> Iterator[tuple[str, Message]]:
    """Words that the pure rooms hold as data, which are translated where they are shown."""
    for fact in FACTS.values():
        yield from _each("offer/eligibility/facts.py", (fact.question, fact.why))
        yield from _each("offer/eligibility/facts.py", (option.label for option in fact.options))
        yield from _each("offer/eligibility/facts.py", templates_of(fact))
    yield from _each("offer/eligibility/facts.py", dict(NATIONS).values())
    for topic in TOPICS.values():
        yield from _each("directory/topics.py", (topic.title, topic.about))
    yield from _each("directory/topics.py", KIND_TITLES.values())
    for guide in guides().values():
        yield from _each("offer/guides/words", _of_guide(guide))
    for way in ways().ways:
        yield from _each(
            "offer/guides/ways.yaml", (way.title, way.about, *(s.says or "" for s in way.said()))
        )
    for word in yaml.safe_load((ROOT / WORDS).read_text("utf-8")):
        yield from _each(WORDS, (word["plain"], word["means"], word["why"]))
    yield from _each("directory/data/help_now.yaml", (need.title for need in HelpNow.load().needs.values()))


def _of_guide(guide: Guide) -> Iterator[str]:
    yield from (guide.title or "", guide.about or "")
    yield from (sentence.says for sentence in (*guide.start, *guide.first))
    yield from (page.text for page in (*guide.pages, *(step.page for step in guide.first if step.page)))


def _each(where: str, words: Iterable[str]) -> Iterator[tuple[str, Message]]:
    yield from ((where, text) for text in words if text)
