"""What a list of hits can be narrowed by, and how many each choice would leave.

A facet's counts leave out its own filter, so that each choice says what choosing it instead would show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from search.documents import OLDEST, YOUNGEST, Document

AGE_BANDS: Mapping[str, range] = MappingProxyType(
    {"16-17": range(16, 18), "18-20": range(18, 21), "21-24": range(21, 25), "25": range(25, OLDEST + 1)}
)
FACETS = ("topic", "kind", "decides", "ages")

Facets = Mapping[str, Mapping[str, int]]  # facet → value → how many


def values_of(document: Document, facet: str) -> tuple[str, ...]:
    """Under which values of a facet a document stands."""
    if facet == "topic":
        return document.topics
    if facet == "kind":
        return (document.kind,)
    if facet == "decides":
        return (document.decides,) if document.decides else ()
    return tuple(band for band, ages in AGE_BANDS.items() if _is_for(document, ages))


def _is_for(document: Document, ages: range) -> bool:
    start = YOUNGEST if document.age_from is None else document.age_from
    before = ages.stop if document.age_before is None else document.age_before
    return start < ages.stop and before > ages.start


def fits(document: Document, chosen: Mapping[str, str], *, but: str = "") -> bool:
    """Whether a document stands under every value chosen, leaving out the facet `but`."""
    return all(value in values_of(document, facet) for facet, value in chosen.items() if facet != but)


def counted(documents: Iterable[Document], chosen: Mapping[str, str]) -> Facets:
    """How many documents stand under each value of each facet; the commonest value first.

    The age bands stand in the order of age.
    """
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for document in documents:
        failed = [facet for facet, value in chosen.items() if value not in values_of(document, facet)]
        for facet in FACETS if not failed else failed if len(failed) == 1 else ():
            for value in values_of(document, facet):
                counts[facet][value] = counts[facet].get(value, 0) + 1
    ordered = {
        facet: dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
        for facet, found in counts.items()
    }
    ordered["ages"] = {band: counts["ages"][band] for band in AGE_BANDS if band in counts["ages"]}
    return ordered
