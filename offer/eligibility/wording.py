"""Conditions in plain words: about this person, and about people in general.

The registry holds the phrases; a rule's own `why` comes before them. Names of
places are handed in, since this room knows no places.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from offer.eligibility.evaluate import Known, Step
from offer.eligibility.fact import Fact, Unit
from offer.eligibility.facts import FACTS
from offer.eligibility.rule import Ask, Between, In, Is, Leaf, Value

Names = Mapping[str, str]  # GSS code → name
MANY_PLACES = 4


class Wording:
    """The words for one person's reasons. Many rest on the same fact: it is put into words once."""

    def __init__(self, known: Known, names: Names) -> None:
        self._known, self._names = known, names
        self._said = dict[str, str | None]()

    def reason(self, step: Step) -> str:
        """One leaf, in a sentence or two about this person: what was said, then what the rule wants."""
        leaf = step.leaf
        if isinstance(leaf, Ask):
            return _sentence(leaf.text)
        you = self._you(leaf.fact)
        if you is None:
            return _wanted(leaf, self._names, negated=step.negated)
        fits = step.holds is not step.negated
        if fits and not leaf.why and isinstance(leaf, Is | In):
            return you
        return f"{you} {_wanted(leaf, self._names, negated=step.negated)}"

    def _you(self, fact: str) -> str | None:
        """What was said of a fact; None where it is open."""
        if fact not in self._said:
            self._said[fact] = self._sentence(fact, self._known.get(fact))
        return self._said[fact]

    def _sentence(self, fact: str, value: Value | frozenset[Value] | None) -> str | None:
        if value is None or isinstance(value, frozenset):
            return None
        return _sentence(about_you(FACTS[fact], value, self._names))


def _wanted(leaf: Is | In | Between, names: Names, *, negated: bool) -> str:
    if leaf.why is None and FACTS[leaf.fact].type == "area":
        return _sentence(condition(leaf, names, negated=negated))
    return _of_anybody(leaf, negated)


@lru_cache(maxsize=4096)  # the same few hundred leaves are worded in every answer
def _of_anybody(leaf: Is | In | Between, negated: bool) -> str:
    return _sentence(leaf.why or condition(leaf, {}, negated=negated))


def condition(leaf: Leaf, names: Names, *, negated: bool = False) -> str:
    """What the leaf wants, for anybody: "This is for people aged 16 to 24"."""
    if isinstance(leaf, Ask):
        return leaf.text
    return f"This is for people {people(leaf, names, negated=negated)}"


def people(leaf: Is | In | Between, names: Names, *, negated: bool = False) -> str:
    """Whom the leaf takes in, to follow "people": "whose name is on the bill"."""
    fact = FACTS[leaf.fact]
    if fact.type != "area" or not isinstance(leaf, In):
        return _people(leaf, negated)
    phrase = fact.people.replace("{range}", _places(leaf, names))
    return f"other than those {phrase}" if negated else phrase


def _people(leaf: Is | In | Between, negated: bool) -> str:
    fact = FACTS[leaf.fact]
    match leaf:
        case Is():
            return fact.people if leaf.value is not negated else fact.people_not
        case In():
            phrase = _choices(fact, leaf)
            return f"other than those {phrase}" if negated else phrase
        case Between():
            return _range_phrase(fact, leaf, negated)


def about_you(fact: Fact, value: Value, names: Names) -> str:
    """What this person said, to stand as a sentence: "you are 19"."""
    if isinstance(value, bool):
        return fact.yes if value else fact.no
    if fact.type == "choice":
        option = fact.option(str(value))
        return option.you if option else f"you said: {value}"
    if fact.type == "area":
        return fact.yes.replace("{value}", names.get(str(value), "another council"))
    return fact.yes.replace("{value}", amount(value, fact.unit))


def amount(value: Value, unit: Unit | None) -> str:
    """A number or date with its unit, as people write it."""
    if isinstance(value, date):
        return said_day(value)
    if not isinstance(value, int):
        return str(value)
    if unit == "pence":
        pounds, pence = divmod(value, 100)
        return f"£{pounds:,}.{pence:02}" if pence else f"£{pounds:,}"
    if unit == "months":
        return _months(value)
    if unit == "days":
        return f"{value} {'day' if abs(value) == 1 else 'days'}"
    return str(value)


def said_day(day: date) -> str:
    """ "3 May 2032"."""
    return f"{day.day} {said_month(day)}"


def said_month(day: date) -> str:
    """ "November 2026"."""
    return f"{day:%B %Y}"


def _months(value: int) -> str:
    years, months = divmod(value, 12)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((years, "year"), (months, "month")) if n]
    return " and ".join(parts) or "0 months"


def _choices(fact: Fact, leaf: In) -> str:
    phrases = [option.people for option in fact.options if option.value in leaf.values]
    return joined(list(dict.fromkeys(phrases)), "or")


def _places(leaf: In, names: Names) -> str:
    known = sorted(names.get(code, code) for code in leaf.values)
    if len(known) > MANY_PLACES:
        return f"one of {len(known)} council areas"
    return joined(known, "or")


def _range_phrase(fact: Fact, leaf: Between, negated: bool) -> str:
    phrase = fact.people.replace("{range}", range_words(leaf, fact.unit))
    if fact.name == "age_years":
        phrase = f"aged {range_words(leaf, fact.unit)}"
        if leaf.start is None:
            phrase = range_words(leaf, fact.unit)
    return f"other than those {phrase}" if negated else phrase


def range_words(leaf: Between, unit: Unit | None) -> str:
    """A range in words: "16 to 24", "18 or over", "under 25", "£195 or less"."""
    start, before = leaf.start, leaf.before
    if isinstance(before, date) or isinstance(start, date):
        return _date_range(start, before)
    if before is None:
        return f"{amount(start or 0, unit)} or {'over' if unit == 'years' else 'more'}"
    if start is None:
        return f"under {before}" if unit == "years" else _at_most(before, unit)
    if before - start == 1:
        return amount(start, unit)
    return f"{amount(start, unit)} to {amount(before - 1, unit)}"


def _at_most(before: int, unit: Unit | None) -> str:
    """`before` in pence is one penny past the limit; a round limit reads "less than"."""
    if unit == "pence" and before % 100 == 0:
        return f"less than {amount(before, unit)}"
    return f"{amount(before - 1, unit)} or less"


def _date_range(start: Value | None, before: Value | None) -> str:
    if start is None:
        return f"before {amount(before or 0, None)}"
    if before is None:
        return f"on or after {amount(start, None)}"
    return f"from {amount(start, None)} to before {amount(before, None)}"


def joined(words: list[str], last: str) -> str:
    """A list as people say it: "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
