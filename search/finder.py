"""From a question to a ranked list: one finder for each version of the catalogue.

Hits are keys, not truth: the caller looks each (kind, slug) up in what is public now, or
passes that as `public`, and what is gone is dropped before anything is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.analysis import is_stop_word, stem, words
from search.crisis import Crisis, read_crisis
from search.documents import Document, Key
from search.engine import Wanted
from search.index import Filters, Scored
from search.shards import Shards
from search.spelling import Speller, speller_of
from search.suggesting import Suggester
from search.synonyms import Synonyms, read_synonyms

LONGEST_QUERY = 2000  # characters read; longer text is cut, never refused
MOST_WORDS = 40  # words ranked by; the crisis lists read all of them

_DROPPED_IN_THIS_ORDER = ("topic", "kind", "age", "lives_in")
_WORDS_BESIDE_CRISIS = 0.2

Facets = Mapping[str, Mapping[str, int]]  # "topic" and "kind" → value → how many


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    slug: str
    score: float

    @property
    def key(self) -> Key:
        return (self.kind, self.slug)


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. `authorities`: whose people's records to include, the person's own council first.

    That is the council that looked after them where it is known, else the one they live in; `lives_in`
    is a district or unitary. With neither, every council's records are searched.
    """

    query: str = ""
    authorities: tuple[str, ...] = ()
    lives_in: str | None = None
    age: int | None = None
    topic: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives.

    `corrected` is the text searched instead of `query`, None where it was searched as typed. `crisis` holds
    the needs to show help for before anything else. `dropped` names the filters left out because nothing
    fitted them. `facets` counts by "topic" and "kind", each without its own filter.
    """

    query: str
    corrected: str | None
    crisis: tuple[str, ...]
    hits: tuple[Hit, ...]
    dropped: tuple[str, ...]
    facets: Facets = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.hits)


class Finder:
    """Searches one version of the catalogue. Immutable, and safe from many threads.

    Give the finder of the version before as `previous`: its indexes of unchanged documents are kept.
    """

    def __init__(self, documents: Iterable[Document], previous: Finder | None = None) -> None:
        self._documents: dict[Key, Document] = {document.key: document for document in documents}
        self._synonyms: Synonyms = previous._synonyms if previous else read_synonyms()
        self._crisis: Crisis = previous._crisis if previous else read_crisis(self._synonyms.words)
        self._speller = _speller(self._documents.values(), self._synonyms, self._crisis)
        self._suggester = Suggester(self._documents.values())
        kept = previous._shards if previous else None
        self._shards: Shards = Shards(tuple(self._documents.values()), kept)

    def __len__(self) -> int:
        return len(self._documents)

    def warm(self, authorities: Sequence[str] = (), lives_in: str | None = None) -> None:
        """Builds the index of these councils now, so that nobody waits for it."""
        self._shards.of(authorities, lives_in)

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        """Titles and other names of which a word begins with what is typed so far, best first."""
        return self._suggester.suggest(typed[:LONGEST_QUERY], limit)

    def search(
        self,
        query: str,
        *,
        authorities: Sequence[str] = (),
        lives_in: str | None = None,
        age: int | None = None,
        topic: str | None = None,
        kind: str | None = None,
        as_typed: bool = False,
        public: Container[Key] | None = None,
    ) -> Found:
        """Ranked hits for `query`; an empty query lists all that fits. Never raises for what is typed.

        `as_typed` searches a word that looks misspelt all the same. `public` holds the keys that may be
        shown now.
        """
        query = query[:LONGEST_QUERY]
        crisis = self._crisis.needs(query)
        corrected = None if as_typed else self._speller.text(query)
        asked = Asked(corrected or query, tuple(authorities), lives_in, age, topic, kind)
        terms = self._terms(asked.query, crisis)
        hits, facets, dropped = self._run_wider(asked, terms, public)
        return Found(query, corrected, crisis, hits, dropped, facets)

    def _terms(self, text: str, crisis: tuple[str, ...]) -> tuple[Wanted, ...]:
        typed = words(text)[:MOST_WORDS]
        content = [word for word in typed if not is_stop_word(word)]
        urgent = [
            Wanted(target, 1 / place)  # what each list names first counts most
            for need in crisis
            for place, target in enumerate(self._crisis.searched_for(need), start=1)
        ]
        # In a crisis the words around it mislead ("tracks my phone" is not about phones): help comes first.
        own = Wanted((), _WORDS_BESIDE_CRISIS if urgent else 1.0)
        plain = [replace(own, stems=(stem(word),)) for word in content]
        also = [replace(each, weight=each.weight * own.weight) for each in self._synonyms.of(typed)]
        return _once([*urgent, *plain, *also])

    def _run_wider(
        self, asked: Asked, terms: Sequence[Wanted], public: Container[Key] | None
    ) -> tuple[tuple[Hit, ...], Facets, tuple[str, ...]]:
        """The hits, or else those of the first wider search that has some and the filters it leaves out."""
        hits, facets = self._run(asked, terms, public)
        for names in () if hits else _ways_out(asked):
            wider_hits, wider_facets = self._run(_without(asked, names), terms, public)
            if wider_hits:
                return wider_hits, wider_facets, names
        return hits, facets, ()

    def _run(
        self, asked: Asked, terms: Sequence[Wanted], public: Container[Key] | None
    ) -> tuple[tuple[Hit, ...], Facets]:
        if not terms and asked.query.strip() and not words(asked.query):
            return (), {}  # signs that are no words; only small words ("what can i get") list what fits
        shard = self._shards.of(asked.authorities, asked.lives_in)
        places = self._shards.places(asked.authorities, asked.lives_in)
        scored = shard.search(terms, Filters(asked.age, places))
        there = [(self._documents[each.key], each) for each in scored if public is None or each.key in public]
        fits = [(doc, each) for doc, each in there if _has_topic(doc, asked) and _has_kind(doc, asked)]
        fits.sort(key=_order(asked))
        facets = {
            "topic": _counts(topic for doc, _ in there if _has_kind(doc, asked) for topic in doc.topics),
            "kind": _counts(doc.kind for doc, _ in there if _has_topic(doc, asked)),
        }
        return tuple(Hit(each.key[0], each.key[1], each.score) for _, each in fits), facets


def _order(asked: Asked) -> Callable[[tuple[Document, Scored]], tuple[object, ...]]:
    """Best score first; ties go to the person's own council, then the exact topic, then the last checked."""

    def key(found: tuple[Document, Scored]) -> tuple[object, ...]:
        document, scored = found
        own = bool(asked.authorities) and asked.authorities[0] in document.codes("by", "in", "of")
        exact = asked.topic is not None and document.topics[:1] == (asked.topic,)
        checked = document.checked_on.toordinal() if document.checked_on else 0
        return (-round(scored.score, 6), not own, not exact, -checked, document.key)

    return key


def _ways_out(asked: Asked) -> Iterable[tuple[str, ...]]:
    """The filters to leave out, each alone first, then more and more of them.

    Where somebody lives is let go only while their council still narrows the list: another council's offer
    is never a way out.
    """
    given = [
        name
        for name in _DROPPED_IN_THIS_ORDER
        if getattr(asked, name) is not None and (name != "lives_in" or asked.authorities)
    ]
    yield from ((name,) for name in given)
    yield from (tuple(given[:count]) for count in range(2, len(given) + 1))


def _without(asked: Asked, names: Collection[str]) -> Asked:
    return replace(
        asked,
        topic=None if "topic" in names else asked.topic,
        kind=None if "kind" in names else asked.kind,
        age=None if "age" in names else asked.age,
        lives_in=None if "lives_in" in names else asked.lives_in,
    )


def _once(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Each term once, at its greatest weight, in the order first met."""
    best: dict[tuple[str, ...], Wanted] = {}
    for each in wanted:
        if each.stems not in best or best[each.stems].weight < each.weight:
            best[each.stems] = each
    return tuple(best.values())


def _has_topic(document: Document, asked: Asked) -> bool:
    return asked.topic is None or asked.topic in document.topics


def _has_kind(document: Document, asked: Asked) -> bool:
    return asked.kind is None or asked.kind == document.kind


def _counts(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _speller(documents: Collection[Document], synonyms: Synonyms, crisis: Crisis) -> Speller:
    texts = ("\n".join((document.title, document.summary, document.body)) for document in documents)
    names = (name for document in documents for name in document.also_known_as)
    return speller_of(texts, names, synonyms.words, crisis.forms)
