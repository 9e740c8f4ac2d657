"""Conditions in plain words: about this person, and about people in general.

The registry holds the phrases; a rule's own `why` comes before them. Names of
places are handed in, since this room knows no places.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from directory.phrase import Phrase, counted, day_phrase, listed, phrase, sentence, together
from offer.eligibility.evaluate import Known, Step
from offer.eligibility.fact import Fact, Unit
from offer.eligibility.facts import FACTS
from offer.eligibility.rule import Ask, Between, In, Is, Leaf, Value

Names = Mapping[str, str]  # GSS code → name
MANY_PLACES = 4


class Wording:
    """The words for one person's reasons. Many rules want the same of a fact: it is put into words once."""

    def __init__(self, known: Known, names: Names) -> None:
        self._known, self._names = known, names
        self._said = dict[str, str | None]()
        self._reasons = dict[object, str]()

    def reason(self, step: Step) -> str:
        """One leaf, in a sentence or two about this person: what was said, then what the rule wants."""
        leaf = step.leaf
        if isinstance(leaf, Ask):
            return sentence(leaf.text)
        told_by = leaf.fact, leaf.tested, leaf.why, step.holds, step.negated
        told = self._reasons.get(told_by)
        if told is None:
            told = self._reasons[told_by] = self._reason(leaf, step)
        return told

    def _reason(self, leaf: Is | In | Between, step: Step) -> str:
        you = self._you(leaf.fact)
        if you is None:
            return _wanted(leaf, self._names, negated=step.negated)
        fits = step.holds is not step.negated
        if fits and not leaf.why and isinstance(leaf, Is | In):
            return you
        return together(you, _wanted(leaf, self._names, negated=step.negated))

    def tells(self, step: Step) -> bool:
        """Whether the reason for a leaf says something that this person told."""
        return not isinstance(step.leaf, Ask) and self._you(step.leaf.fact) is not None

    def _you(self, fact: str) -> str | None:
        """What was said of a fact; None where it is open."""
        if fact not in self._said:
            self._said[fact] = self._sentence(fact, self._known.get(fact))
        return self._said[fact]

    def _sentence(self, fact: str, value: Value | frozenset[Value] | None) -> str | None:
        if value is None or isinstance(value, frozenset):
            return None
        return sentence(about_you(FACTS[fact], value, self._names))


def _wanted(leaf: Is | In | Between, names: Names, *, negated: bool) -> str:
    if leaf.why is None and FACTS[leaf.fact].type == "area":
        return sentence(condition(leaf, names, negated=negated))
    return _of_anybody(leaf, negated)


@lru_cache(maxsize=4096)  # the same few hundred leaves are worded in every answer
def _of_anybody(leaf: Is | In | Between, negated: bool) -> str:
    return sentence(leaf.why or condition(leaf, {}, negated=negated))


def condition(leaf: Leaf, names: Names, *, negated: bool = False) -> str:
    """What the leaf wants, for anybody, as a clause: "This is for people aged 16 to 24"."""
    if isinstance(leaf, Ask):
        return leaf.text
    fact = FACTS[leaf.fact]
    match leaf:
        case Is():
            return for_people(fact.people if leaf.value is not negated else fact.people_not)
        case Between() if fact.name == "age_years" and not negated:
            return _for_ages(leaf.start, leaf.before)
        case Between() if not negated:
            return for_people(fact.people, range=range_words(leaf, fact.unit))
        case In() if fact.type == "area" and not negated:
            return for_people(fact.people, range=_places(leaf, names))
    who = people(leaf, names)
    if negated:
        return phrase("This is for people other than those %(who)s", who=who)
    return phrase("This is for people %(who)s", who=who)


def for_people(people: str, **values: object) -> Phrase:
    """ "This is for people who pay rent", one whole text for each phrase of the registry."""
    return Phrase(for_template(people), values)


def for_template(people: str) -> str:
    """The same with its places unfilled, as it is translated."""
    return f"This is for people {holes(people)}"


def _for_ages(start: Value | None, before: Value | None) -> Phrase:
    if before is None:
        return phrase("This is for people aged %(age)s or over", age=start)
    assert isinstance(before, int)
    if start is None:
        return phrase("This is for people under %(age)s", age=before)
    if before - int(start) == 1:  # type: ignore[arg-type]  # both ends of an age are numbers
        return phrase("This is for people aged %(age)s", age=start)
    return phrase("This is for people aged %(first)s to %(last)s", first=start, last=before - 1)


def people(leaf: Is | In | Between, names: Names) -> str:
    """Whom the leaf takes in, to follow "people": "whose name is on the bill"."""
    fact = FACTS[leaf.fact]
    match leaf:
        case Is():
            return Phrase(fact.people, {})
        case In() if fact.type == "area":
            return Phrase(holes(fact.people), {"range": _places(leaf, names)})
        case In():
            return _choices(fact, leaf)
        case Between():
            aged = "aged {range}" if fact.name == "age_years" and leaf.start is not None else fact.people
            words = "{range}" if fact.name == "age_years" and leaf.start is None else aged
            return Phrase(holes(words), {"range": range_words(leaf, fact.unit)})


def holes(registry_words: str) -> str:
    """The registry's `{value}` and `{range}` as the places of a template."""
    return registry_words.replace("{value}", "%(value)s").replace("{range}", "%(range)s")


def about_you(fact: Fact, value: Value, names: Names) -> str:
    """What this person said, as a clause: "you are 19"."""
    if isinstance(value, bool):
        return Phrase(fact.yes if value else fact.no, {})
    if fact.type == "choice":
        option = fact.option(str(value))
        return Phrase(option.you, {}) if option else phrase("you said: %(value)s", value=value)
    if fact.type == "area":
        return Phrase(holes(fact.yes), {"value": names.get(str(value)) or phrase("another council")})
    return Phrase(holes(fact.yes), {"value": amount(value, fact.unit)})


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
        return counted("%(num)s day", "%(num)s days", value)
    return str(value)


def said_day(day: date) -> Phrase:
    """ "3 May 2032"."""
    return day_phrase(day)


def said_month(day: date) -> Phrase:
    """ "November 2026"."""
    return day_phrase(day, "month")


def _months(value: int) -> str:
    years, months = divmod(value, 12)
    parts = [counted("%(num)s year", "%(num)s years", years)] if years else []
    if months or not years:
        parts.append(counted("%(num)s month", "%(num)s months", months))
    return listed(parts, "and")


def _choices(fact: Fact, leaf: In) -> str:
    phrases = [option.people for option in fact.options if option.value in leaf.values]
    return listed([Phrase(each, {}) for each in dict.fromkeys(phrases)], "or")


def _places(leaf: In, names: Names) -> str:
    known = sorted(names.get(code, code) for code in leaf.values)
    if len(known) > MANY_PLACES:
        return phrase("one of %(num)s council areas", num=len(known))
    return listed(known, "or")


def range_words(leaf: Between, unit: Unit | None) -> str:
    """A range in words: "16 to 24", "18 or over", "under 25", "£195 or less"."""
    start, before = leaf.start, leaf.before
    if isinstance(before, date) or isinstance(start, date):
        return _date_range(start, before)
    if before is None:
        least = amount(start or 0, unit)
        return (
            phrase("%(age)s or over", age=least)
            if unit == "years"
            else phrase("%(least)s or more", least=least)
        )
    if start is None:
        return phrase("under %(age)s", age=before) if unit == "years" else _at_most(before, unit)
    if before - start == 1:
        return amount(start, unit)
    return phrase("%(first)s to %(last)s", first=amount(start, unit), last=amount(before - 1, unit))


def _at_most(before: int, unit: Unit | None) -> str:
    """`before` in pence is one penny past the limit; a round limit reads "less than"."""
    if unit == "pence" and before % 100 == 0:
        return phrase("less than %(limit)s", limit=amount(before, unit))
    return phrase("%(most)s or less", most=amount(before - 1, unit))


def _date_range(start: Value | None, before: Value | None) -> str:
    if start is None:
        return phrase("before %(day)s", day=amount(before or 0, None))
    if before is None:
        return phrase("on or after %(day)s", day=amount(start, None))
    return phrase("from %(start)s to before %(end)s", start=amount(start, None), end=amount(before, None))
