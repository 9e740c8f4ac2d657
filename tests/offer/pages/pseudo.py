"""A language that says everything: each fixed text stands between ⟦ and ⟧; and what of a page is content."""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from directory.places import Places
from offer.council_names import council_name, listed_name, plain_name
from offer.guides.ways import ways
from offer.languages.catalogue import Tongue
from offer.languages.known import BY_CODE, TRANSLATED, Language
from offer.published import Published
from templates.translations.catalogues import spoken_in
from templates.translations.extract import template

PSEUDO: Language = BY_CODE["so"]  # in Latin letters: no run of English is told by its script
DATA = ("directory/data/help_now.yaml", "directory/data/homes.yaml", "offer/pages/official_words.yaml")
ROOT = Path(__file__).resolve().parents[3]
_HOLE = re.compile(r"(%\(\w+\)[sd]|<[^>]*>)")
_PARTS = re.compile(r" · | and | or |[:;,] | \+\d+$|(?<=[.!?]) | \(|\n")
_LAW = re.compile(
    r"\b(Act|Regulations|regulation|Sch|Schedule|reg|regs) ?\d|\b(Act|Regulations) \d{4}\b|^s\d"
)
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SPOKEN = ("alt", "aria-label", "placeholder", "title")


def tongue(folder: Path) -> Tongue:
    """The pseudo-language, made of what can be said today."""
    catalog = Catalog(locale=PSEUDO.code)
    for message in spoken_in(template()):
        forms = (message.id,) if isinstance(message.id, str) else message.id
        said = tuple(_between(form) for form in forms)
        catalog.add(message.id, said[0] if isinstance(message.id, str) else said)
    with (folder / f"{PSEUDO.code}.mo").open("wb") as file:
        write_mo(file, catalog)
    return Tongue(PSEUDO, folder)


def _between(words: str) -> str:
    """The words with brackets of another kind: what stands in round ones may be an English term of law."""
    parts = _HOLE.split(words)
    plain = (part if at % 2 else part.replace("(", "⦅").replace(")", "⦆") for at, part in enumerate(parts))
    return f"⟦{''.join(plain)}⟧"


class English(HTMLParser):
    """The English of a page: what stands in elements marked as English, and attributes that are read out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.runs: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        whole = re.sub(
            r'(</span>)?(\s*)<mark>(?(1)<span lang="en">)', r"\2", page
        )  # words looked for are marked
        self.feed(re.sub(r'(</span>)?</mark>(\s*)(?(1)<span lang="en">)', r"\2", whole))  # inside a sentence

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element: its language is its own or that of the element around it."""
        given = dict(attrs)
        around = self._open[-1][1] if self._open else None
        for name, value in given.items():
            spoken = name in _SPOKEN or name.startswith("data-")
            if spoken and value and "⟦" not in value and re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", value):
                self.runs.append(value)
        if tag not in _VOID:
            self._open.append((tag, given.get("lang", around)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing: it holds no words."""

    def handle_endtag(self, tag: str) -> None:
        """Closes the nearest element of that name."""
        at = next((at for at in range(len(self._open) - 1, -1, -1) if self._open[at][0] == tag), None)
        del self._open[len(self._open) if at is None else at :]

    def handle_data(self, data: str) -> None:
        """Words, outside scripts and drawings."""
        inside = {tag for tag, _ in self._open}
        if self._open and self._open[-1][1] == "en" and not inside & {"script", "style", "svg"}:
            self.runs.append(data)


class Content:
    """What is said by entries, services, councils and papers, in their own words."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def fixed(self, runs: Iterable[str]) -> Iterator[str]:
        """The parts of a page's English that are nobody's content: fixed words that gettext does not know."""
        for run in runs:
            if _key(run) not in self._texts:
                yield from (part for part in _PARTS.split(run) if part and not self._is_content(part))

    def _is_content(self, part: str) -> bool:
        key = _key(part)
        if not re.search(r"[a-z]{2}", key) or re.fullmatch(r"/[a-z0-9/-]+|\{\w+\}|[\w.-]+\.\w{2,}\S*", key):
            return True  # a figure, an address, a place for a value
        if key in self._texts or _LAW.search(part) or (len(key.split()) > 2 and key in self._whole):
            return True
        return bool(self._places.read(part, date(2026, 11, 22)).matches)

    @property
    def _places(self) -> Places:
        return self._published.places

    @cached_property
    def _texts(self) -> frozenset[str]:
        found = {part for text in self._all() for part in (text, *_PARTS.split(text))}
        return frozenset(map(_key, found)) - {""}

    @cached_property
    def _whole(self) -> str:
        return "\n".join(map(_key, self._all()))

    def _all(self) -> Iterator[str]:
        published = self._published
        for entry in published.entries.values():
            yield from _strings(entry.model_dump())
        for service in published.services.values():
            yield from _strings(service.record.model_dump())
            yield from (text for place in service.places for text in _strings(place.location.model_dump()))
        for organisation in published.organisations.values():
            yield from _strings(organisation.model_dump())
        yield from published.names.values()
        for area in self._places.authorities(date(2026, 11, 22)):
            yield from (plain_name(area.name), listed_name(area.name), council_name(area))
        for name in DATA:
            yield from _strings(yaml.safe_load((ROOT / name).read_text("utf-8")))
        yield from (language.name for language in TRANSLATED)
        for way in ways().ways:
            yield from (
                text for said in way.said() if said.source for text in _strings(said.source.model_dump())
            )


def _key(text: str) -> str:
    plain = html.unescape(text).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", plain).strip(" .:,;·()–—…?!").casefold()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _strings(each))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (text for each in value for text in _strings(each))
