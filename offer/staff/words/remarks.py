"""What an editor might write better: each remark names the field, quotes the words and says what to write.

Advice, never a gate: nothing reads these but people.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from offer.staff.words.dates import has_year, undated_amounts, undated_days
from offer.staff.words.fields import Text, texts_of
from offer.staff.words.initials import unexplained
from offer.staff.words.jargon import Said, kinder
from offer.staff.words.kinder import Term
from offer.staff.words.linking import bare_links
from offer.staff.words.reading import grade, sentences_of, words_of
from offer.staff.words.whom import nobody_to_ask

LONGEST = 25  # words in a sentence
HARD = 9.0  # grade of one text, about age 14
HARD_IN_ALL = 6.5  # and of a whole entry: about age 11 to 12
FEWEST = 14  # words of one text: of fewer the grade says too little
MOST = 200  # remarks about one document


@dataclass(frozen=True, slots=True)
class Remark:
    """One piece of advice. `field` as in the document ("steps[2]"; "": about all of it), `label` in words."""

    field: str
    label: str
    quote: str
    problem: str
    write: str


def remarks_of(kind: str, body: Mapping[str, Any], terms: Iterable[Term]) -> tuple[Remark, ...]:
    """Advice on a document of a kind, in the order of its fields; the body may have faults."""
    missing = tuple(Remark(field, label, "", *said) for field, label, *said in nobody_to_ask(kind, body))
    return (*remarks_on(texts_of(kind, body), terms, dated=_is_dated(body)), *missing)


def remarks_on(texts: Iterable[Text], terms: Iterable[Term], *, dated: bool = False) -> tuple[Remark, ...]:
    """The same of texts alone, as they are typed: nothing is said of what is not there.

    `dated`: the entry says elsewhere for which days its amounts hold.
    """
    listed, words = tuple(texts), tuple(terms)
    everything = "\n".join(text.words for text in listed)
    found = [remark for text in listed for remark in _about(text, everything, words)]
    found += [] if dated else list(_undated(listed))
    found += [Remark("", "The whole entry", *said) for said in _in_all(everything)]
    return tuple(found[:MOST])


def _about(text: Text, everything: str, terms: tuple[Term, ...]) -> Iterator[Remark]:
    """What is said to a council may be in its own words."""
    jargon = () if text.field.startswith("to_say.") else _widest(kinder(text.words, everything, terms))
    long = tuple(_long(text.words))
    initials = unexplained(text.words, everything)
    found = (
        *jargon,
        *long,
        *(() if long or text.field.startswith("to_say.") else _hard(text.words)),
        *(each for each in initials if not any(each[0] in quote for quote, *_ in jargon)),
        *undated_days(text.words),
        *bare_links(text.words),
    )
    return (Remark(text.field, text.label, *each) for each in found)


def _widest(found: Iterable[Said]) -> tuple[Said, ...]:
    """Without what stands inside another: of "LAC review" and "LAC" the first."""
    listed = tuple(found)
    return tuple(
        each for each in listed if not any(each[0] != other[0] and each[0] in other[0] for other in listed)
    )


def _undated(texts: tuple[Text, ...]) -> Iterator[Remark]:
    """Once for the entry, at the first text with money in it that names no year."""
    for text in texts:
        for said in undated_amounts(text.words):
            yield Remark(text.field, text.label, *said)
            return


def _is_dated(body: Mapping[str, Any]) -> bool:
    """Whether each amount of an entry says when it holds."""
    more = body.get("more_amounts")
    amounts = [body.get("amount"), *(more if isinstance(more, list | tuple) else ())]
    held = [each for each in amounts if isinstance(each, Mapping)]
    return bool(held) and all(
        each.get("start") or each.get("applies_to") or has_year(str(each.get("text"))) for each in held
    )


def _long(words: str) -> Iterator[tuple[str, str, str]]:
    for sentence in sentences_of(words):
        if (count := len(words_of(sentence))) > LONGEST:
            yield (
                _short(sentence),
                f"This sentence has {count} words.",
                f"Make it two, of {LONGEST} words at most.",
            )


def _hard(words: str) -> Iterator[tuple[str, str, str]]:
    if len(words_of(words)) >= FEWEST and (found := grade(words)) > HARD:
        said = f"This is hard to read: about age {round(found) + 5}."
        yield _short(words), said, "Use shorter words and shorter sentences, as you would say it."


def _in_all(everything: str) -> Iterator[tuple[str, str, str]]:
    if len(words_of(everything)) >= FEWEST and (found := grade(everything)) > HARD_IN_ALL:
        said = f"All in all this reads as for age {round(found) + 5}."
        yield "", said, "Aim for age 11: short sentences, everyday words, “you” and “we”."


def _short(words: str, most: int = 12) -> str:
    parts = words.split()
    return " ".join(parts[:most]) + (" …" if len(parts) > most else "")
