"""From a question to a ranked list: one finder for each version of the catalogue.

Hits are keys, not truth: the caller looks each (kind, slug) up in what is public now, or
passes that as `public`, and what is gone is dropped before anything is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from search.analysis import is_stop_word, stem, words
from search.countable import countable
from search.crisis import Crisis, read_crisis
from search.documents import Document, Key
from search.engine import Wanted
from search.facets import FACETS, Facets, counted, fits
from search.index import Filters
from search.shards import MANY, NATIONWIDE, Shards
from search.spelling import speller_from
from search.suggesting import Suggester
from search.synonyms import Synonyms, read_synonyms
from search.vocabulary import Vocabulary

LONGEST_QUERY = 2000  # characters read; longer text is cut, never refused
MOST_WORDS = 40  # words ranked by; the crisis lists read all of them

_DROPPED_IN_THIS_ORDER = ("decides", "ages", "topic", "kind", "age", "lives_in")
_WORDS_BESIDE_CRISIS = 0.2
OWN_COUNCIL = 1.1  # more gained nothing on the judged queries of one council, and cost first places


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
    is a district or unitary. With neither, every council's records are searched; of a catalogue of the
    whole country only what is for all England.
    """

    query: str = ""
    authorities: tuple[str, ...] = ()
    lives_in: str | None = None
    age: int | None = None
    topic: str | None = None
    kind: str | None = None
    decides: str | None = None
    ages: str | None = None  # one of AGE_BANDS

    @property
    def chosen(self) -> Mapping[str, str]:
        """The facets narrowed by, and to what."""
        given = ((facet, getattr(self, facet)) for facet in FACETS)
        return {facet: value for facet, value in given if value is not None}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives.

    `corrected` is the text searched instead of `query`, None where it was searched as typed. `crisis` holds
    the needs to show help for before anything else. `dropped` names the filters left out because nothing
    fitted them. `facets` counts by each of FACETS, without its own filter. `stems` are what a page may mark.
    `england_only`: no place was given, and the catalogue is too large to search every council's records.
    """

    query: str
    corrected: str | None
    crisis: tuple[str, ...]
    hits: tuple[Hit, ...]
    dropped: tuple[str, ...]
    facets: Facets = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    england_only: bool = False

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
        self._vocabulary: Vocabulary = Vocabulary(
            self._documents.values(), previous._vocabulary if previous else None
        )
        self._own_words = self._vocabulary.own(self._synonyms.words)
        self._speller = speller_from(
            self._vocabulary.counts(), self._vocabulary.names(), self._synonyms.words, self._crisis.forms
        )
        kept = previous._shards if previous else None
        self._shards: Shards = Shards(tuple(self._documents.values()), kept)

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def is_large(self) -> bool:
        """Whether the index of everything takes seconds: then the one before answers until `warm` is done."""
        return MANY < len(self._documents) <= NATIONWIDE

    @property
    def is_nationwide(self) -> bool:
        """Whether there is too much for an index of everything: the offers of many councils."""
        return len(self._documents) > NATIONWIDE

    def warm(self, authorities: Sequence[str] = (), lives_in: str | None = None) -> None:
        """Builds the index of these councils now, so that nobody waits for it; without any, of everything."""
        self._shards.build(authorities, lives_in)

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        """Titles and other names of which a word begins with what is typed so far, best first."""
        return self._suggester.suggest(typed[:LONGEST_QUERY], limit)

    def countable(self, text: str) -> tuple[str, ...]:
        """The words of a search that may be counted: see `search/countable.py`."""
        return countable(text[:LONGEST_QUERY], self._own_words)

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self._documents.values())

    def search(
        self,
        query: str,
        *,
        authorities: Sequence[str] = (),
        lives_in: str | None = None,
        age: int | None = None,
        topic: str | None = None,
        kind: str | None = None,
        decides: str | None = None,
        ages: str | None = None,
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
        asked = Asked(corrected or query, tuple(authorities), lives_in, age, topic, kind, decides, ages)
        terms = self._terms(asked.query, crisis)
        hits, facets, dropped = self._run_wider(asked, terms, public)
        only = self._shards.is_of_england_only(asked.authorities, lives_in)
        return Found(query, corrected, crisis, hits, dropped, facets, _typed_stems(asked.query), only)

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
        there = [
            (self._documents[each.key], _weighed(self._documents[each.key], each.score, asked))
            for each in scored
            if each.key in self._documents and (public is None or each.key in public)
        ]
        chosen = asked.chosen
        kept = [(doc, score) for doc, score in there if fits(doc, chosen)]
        kept.sort(key=_order(asked))
        facets = counted((doc for doc, _ in there), chosen)
        return tuple(Hit(doc.kind, doc.slug, score) for doc, score in kept), facets


def _weighed(document: Document, score: float, asked: Asked) -> float:
    """The score, a little more for what the person's own councils offer: it stands before England's."""
    own = bool(asked.authorities) and not document.codes("by", "in", "of").isdisjoint(asked.authorities)
    return round(score * OWN_COUNCIL if own else score, 6)


def _order(asked: Asked) -> Callable[[tuple[Document, float]], tuple[object, ...]]:
    """Best score first; then the first council asked for, the exact topic, and the last checked."""

    def key(found: tuple[Document, float]) -> tuple[object, ...]:
        document, score = found
        own = bool(asked.authorities) and asked.authorities[0] in document.codes("by", "in", "of")
        exact = asked.topic is not None and document.topics[:1] == (asked.topic,)
        checked = document.checked_on.toordinal() if document.checked_on else 0
        return (-score, not own, not exact, -checked, document.key)

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
    nothing = dict.fromkeys(names)
    return replace(asked, **nothing)  # type: ignore[arg-type]  # each may be None


def _once(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Each term once, at its greatest weight, in the order first met."""
    best: dict[tuple[str, ...], Wanted] = {}
    for each in wanted:
        if each.stems not in best or best[each.stems].weight < each.weight:
            best[each.stems] = each
    return tuple(best.values())


def _typed_stems(text: str) -> frozenset[str]:
    """The stems of what was asked, small words left out."""
    return frozenset(stem(word) for word in words(text)[:MOST_WORDS] if not is_stop_word(word))
