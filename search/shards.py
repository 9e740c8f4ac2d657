"""Which index answers whom: England and the one or two councils that matter, built when first asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from search.documents import ENGLAND, Document
from search.index import SearchIndex, WhooshIndex

MANY = (
    3_000  # documents: from here on the index of everything takes seconds to build, and nobody waits for it
)
# Of more documents there is no index of everything: each publication would make it anew, for minutes.
# Who names no council then finds what is for all England.
NATIONWIDE = 20_000
KEPT = 60  # indexes kept, least lately used out first; one of 200 records takes about 2 MB

Councils = frozenset[str]
EVERYTHING: Councils = frozenset()


class Shards:
    """The indexes of one version of the catalogue. Safe from many threads.

    A build that fails leaves nothing behind: the next search tries again. Two councils share one index,
    since scores of different indexes cannot be compared.
    """

    def __init__(self, documents: tuple[Document, ...], previous: Shards | None = None) -> None:
        self._documents = documents
        self._owners = _owners(documents)
        self._of_england, self._of_council = _positions(documents)
        self._built: OrderedDict[Councils, tuple[tuple[Document, ...], SearchIndex]] = OrderedDict()
        self._lock = threading.Lock()
        self._building: dict[Councils, threading.Lock] = {}
        self._earlier: SearchIndex | None = None  # of everything, one catalogue older
        if previous is not None:
            self._keep_unchanged(previous)

    def of(self, authorities: Sequence[str], lives_in: str | None) -> SearchIndex:
        """The index for these councils; where none is given the one of everything, or of all England.

        A large one of everything may be that of the catalogue before until `build` has made the new one:
        it can name a document that is gone, and does not find the newest words.
        """
        councils = self._councils(authorities, lives_in)
        with self._lock:
            if councils in self._built:
                self._built.move_to_end(councils)
                return self._built[councils][1]
            if councils == EVERYTHING and self._earlier is not None:
                return self._earlier
        return self._built_once(councils)

    def build(self, authorities: Sequence[str], lives_in: str | None) -> None:
        """Makes sure that the index for these councils is there, and is of this catalogue."""
        self._built_once(self._councils(authorities, lives_in))

    def _built_once(self, councils: Councils) -> SearchIndex:
        """However many threads ask, one builds and the others wait for it."""
        with self._lock:
            building = self._building.setdefault(councils, threading.Lock())
        with building:
            return self._build(councils)

    def is_of_england_only(self, authorities: Sequence[str], lives_in: str | None) -> bool:
        """Whether a search without a place finds only what is for all England: see NATIONWIDE."""
        return not authorities and lives_in is None and len(self._documents) > NATIONWIDE

    def places(self, authorities: Sequence[str], lives_in: str | None) -> tuple[str, ...]:
        """The place words of which a document must carry one; () asks for nothing.

        Where somebody lives, unknown, leaves in everything of their councils.
        """
        if not authorities and lives_in is None:
            return ()
        if lives_in is None:
            return (ENGLAND, *(f"{rule}:{code}" for code in authorities for rule in ("by", "of")))
        # Who looked after them, unknown: take the council they live in, and let the rules ask.
        looked_after = authorities or sorted(self._owners.get(lives_in, ()))
        around = sorted({lives_in} | self._owners.get(lives_in, frozenset()))
        return (ENGLAND, *(f"by:{code}" for code in looked_after), *(f"in:{code}" for code in around))

    def _councils(self, authorities: Sequence[str], lives_in: str | None) -> Councils:
        """What chooses the index: the places we hold something of. Of all others there is one, England's."""
        if not authorities and lives_in is None:
            england_only = self.is_of_england_only(authorities, lives_in)
            return frozenset((ENGLAND,)) if england_only else EVERYTHING
        home = () if lives_in is None else (lives_in, *self._owners.get(lives_in, ()))
        held = (code for code in (*authorities, *home) if code in self._of_council)
        return frozenset((ENGLAND, *held))

    def _build(self, councils: Councils) -> SearchIndex:
        with self._lock:
            if councils in self._built:  # another thread was first
                return self._built[councils][1]
        try:
            documents = self._select(councils)
            built = WhooshIndex(documents)
            with self._lock:
                self._built[councils] = (documents, built)
                if councils == EVERYTHING:
                    self._earlier = None
                while len(self._built) > KEPT:
                    self._built.popitem(last=False)
        finally:
            with self._lock:
                self._building.pop(councils, None)
        return built

    def _select(self, councils: Councils) -> tuple[Document, ...]:
        """The documents of an index, in the order of the catalogue."""
        if councils == EVERYTHING:
            return self._documents
        local = (at for code in councils for at in self._of_council.get(code, ()))
        return tuple(self._documents[at] for at in sorted({*self._of_england, *local}))

    def _keep_unchanged(self, previous: Shards) -> None:
        with previous._lock:
            built = list(previous._built.items())
            earlier = previous._earlier
        for councils, (documents, index) in built:
            if self._select(councils) == documents:
                self._built[councils] = (documents, index)
            elif councils == EVERYTHING:
                earlier = index
        if EVERYTHING not in self._built and len(self._documents) > MANY:
            self._earlier = earlier


def _owners(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """For each district that a document names, the councils whose records name it."""
    owners: dict[str, set[str]] = {}
    for document in documents:
        if districts := document.codes("in"):
            councils = document.codes("of")
            for district in districts:
                owners.setdefault(district, set()).update(councils)
    return {district: frozenset(codes) for district, codes in owners.items()}


def _positions(documents: Sequence[Document]) -> tuple[tuple[int, ...], dict[str, list[int]]]:
    """Where England's documents stand, and those of each council or district."""
    england: list[int] = []
    councils: dict[str, list[int]] = {}
    for at, document in enumerate(documents):
        if ENGLAND in document.places:
            england.append(at)
        for code in document.codes("by", "in", "of"):
            councils.setdefault(code, []).append(at)
    return tuple(england), councils
