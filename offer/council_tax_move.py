"""What moving changes: the rule where somebody lives beside the rule of the place they may move to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offer.council_tax_facts import strong
from offer.council_tax_words import rule_words, whose_words
from offer.entitlements.schema import ParameterRow
from offer.language import gettext as _
from offer.language import later
from offer.languages.phrases import said

ADULT = 18  # nobody is sent a council tax bill before
_AT_AGE = {
    "on": later("At %(age)s in %(place)s: %(rule)s"),
    "ask": later("At %(age)s in %(place)s: it may go on. Ask."),
    "over": later("At %(age)s in %(place)s: what we hold has stopped. Ask if there is something else."),
    "unknown": later("At %(age)s in %(place)s: we do not know. Ask its council tax team."),
}


@dataclass(frozen=True, slots=True)
class Home:
    """A district somebody lives in or may move to. `rows`: in force, the one that stops first first.

    `upper`: the council there that looks after children.
    """

    name: str
    upper: str
    rows: Sequence[ParameterRow]


def changes(here: Home, there: Home, age: int | None = None) -> tuple[str, ...]:
    """What would change, in sentences. With an age, what holds at it comes first."""
    if age is not None and age < ADULT:
        return (_("Before you turn 18 nobody can send you a council tax bill, here or there."),)
    at_age = (_at_age(home, age) for home in (here, there)) if age is not None else ()
    return (*at_age, *_compared(here, there))


def _at_age(home: Home, age: int) -> str:
    rows = strong(home.rows)
    rule = rule_words(rows[0], home.upper).headline if rows else ""
    return _(_AT_AGE[_standing(rows, age)]) % {"age": age, "place": home.name, "rule": said(rule)}


def _standing(rows: Sequence[ParameterRow], age: int) -> str:
    ends = [row.age_before for row in rows]
    if not ends or ends[0] is None:
        return "unknown"
    if age < ends[0]:
        return "on"
    return "ask" if any(end is None or age < end for end in ends[1:]) else "over"


def _compared(here: Home, there: Home) -> Iterator[str]:
    old, new = strong(here.rows), strong(there.rows)
    if not new:
        yield _no_rule(there)
        return
    if not old:
        yield _("We do not hold the rule of %(here)s to set beside it.") % {"here": here.name}
        yield _named(there, rule_words(new[0], there.upper).headline)
    else:
        yield _ends(here, there, old[0].age_before, new[0].age_before)
        yield _amounts(here, there, old[0].percent, new[0].percent)
    yield _named(there, whose_words(new[0].who, there.upper))


def _named(home: Home, rule: str) -> str:
    return _("%(place)s: %(rule)s") % {"place": home.name, "rule": said(rule)}


def _no_rule(there: Home) -> str:
    if there.rows:
        words = _("We only know that %(there)s may have a discount. Ask its council tax team first.")
    else:
        words = _("We hold no rule for %(there)s. Ask its council tax team before you move.")
    return words % {"there": there.name}


def _ends(here: Home, there: Home, old: int | None, new: int | None) -> str:
    names = {"here": here.name, "there": there.name, "old": old, "new": new}
    if old is None or new is None:
        missing = there.name if new is None else here.name
        return _("We did not find the age at which it stops in %(place)s. Ask.") % {"place": missing}
    if new > old:
        return _("It would go on longer: to %(new)s in %(there)s, not %(old)s as in %(here)s.") % names
    if new < old:
        return _("It would stop sooner: at %(new)s in %(there)s, not %(old)s as in %(here)s.") % names
    return _("It stops at the same age in both: when you turn %(new)s.") % names


def _amounts(here: Home, there: Home, old: int | None, new: int | None) -> str:
    names = {"here": here.name, "there": there.name, "old": old, "new": new}
    if old is None or new is None:
        missing = there.name if new is None else here.name
        return _("We did not find how much comes off in %(place)s. Ask.") % {"place": missing}
    if new == old:
        return _("As much can come off in both: up to %(new)s%%.") % names
    if new > old:
        return _("More can come off: up to %(new)s%% in %(there)s, %(old)s%% in %(here)s.") % names
    return _("Less can come off: up to %(new)s%% in %(there)s, %(old)s%% in %(here)s.") % names
