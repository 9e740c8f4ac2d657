"""What-ifs as they are typed: up to three, each the same answers with something changed, or another day.

Nothing is decided here: a what-if becomes a filled form and a day, and both go the way of every answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from starlette.datastructures import FormData

from offer.eligibility.dates import age_in_years, birthday
from offer.eligibility.facts import FACTS
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_day
from offer.pages.forms import Filled
from offer.pages.person_form import answers_to
from offer.pages.typed_form import PLACE, SPELLS, Typed, boxes_of, spell_names
from offer.pages.typed_values import PARTS, TypingFault, typed_date

MOST = 3
BIRTHDAYS = (16, 18, 21, 25)
ON_A_DAY = "day"
QUICK = "quick"  # the button that names a birthday: it goes into the first what-if left empty
COURSE = "in_education"
_PARTS = ("when", *(f"on-{part}" for part in PARTS), "place", "course", *(f"leave-{part}" for part in PARTS),
          "answer", "more")  # fmt: skip
_LONGEST = 300
# The youngest age at which somebody leaves so.
_LEFT: tuple[tuple[int, str], ...] = ((18, "left_at_18"), (16, "left_at_16_or_17"), (0, "left_before_16"))

ON_BIRTHDAY: Mapping[int, str] = {
    16: later("On their 16th birthday, %(day)s"),
    18: later("On their 18th birthday, %(day)s"),
    21: later("On their 21st birthday, %(day)s"),
    25: later("On their 25th birthday, %(day)s"),
}


@dataclass(frozen=True)
class WhatIf:
    """One what-if by the names of its boxes without their number: "place" for "if1-place"."""

    number: int
    values: Mapping[str, str]

    def get(self, name: str) -> str:
        """What stands in a box; "" for nothing."""
        return self.values.get(name, "")

    def day(self, name: str, called: str) -> date | None:
        """A date from its three boxes. Raises TypingFault."""
        day, month, year = (self.get(f"{name}-{part}") for part in PARTS)
        found = typed_date((day, month, year), called)
        return date.fromisoformat(found) if found else None


@dataclass(frozen=True)
class Imagined:
    """A what-if worked into the form: from `told` on the changed answers are so, `on` is the day looked at.

    `names`: each change in a few words.
    """

    names: tuple[str, ...]
    typed: Typed
    told: date
    on: date


def box(number: int, name: str) -> str:
    """The name a box of a what-if has in the form: "if1-place"."""
    return f"if{number}-{name}"


def whats_if(form: FormData) -> tuple[WhatIf, ...]:
    """All three, empty ones too. What comes twice counts once, what is too long is cut."""
    sent = {name: value.strip()[:_LONGEST] for name, value in form.items() if isinstance(value, str)}
    found = [
        WhatIf(number, {name: text for name in _PARTS if (text := sent.get(box(number, name), ""))})
        for number in range(1, MOST + 1)
    ]
    quick = sent.get(QUICK, "")
    empty = next((each for each in found if not each.values), None)
    if quick.isdecimal() and int(quick) in BIRTHDAYS and empty:
        found[empty.number - 1] = replace(empty, values={"when": quick})
    return tuple(found)


def imagined(asked: WhatIf, filled: Filled, changes: Mapping[str, str], on: date) -> Imagined:
    """The what-if as a form and a day. Raises TypingFault with what to put right.

    `changes`: the answers that may be changed, words → "employed:true".
    """
    born = filled.person.situation.date_of_birth if filled.person else None
    leaves = asked.day("leave", _("the day they leave care"))
    day = _day(asked, born, on)
    told = max(on, leaves) if leaves else on
    typed, names = filled.typed, list[str]()
    if leaves:
        typed = _left(typed, leaves, born)
        names.append(_("They leave care on %(day)s") % {"day": said_day(leaves)})
    if asked.get("place"):
        typed = _with(typed, "lives_in", asked.get("place"), PLACE)
        names.append(_("They move to %(place)s") % {"place": asked.get("place")})
    for said in _said(asked):
        typed, label = _answered(typed, said, changes)
        names.append(label)
    if day:
        names.append(_day_named(asked, day))
    return Imagined(tuple(names), typed, told, max(told, day or told))


def _said(asked: WhatIf) -> Iterator[str]:
    """The changed answers, in the words of the list."""
    courses = {f"{COURSE}:{value}": label for value, label in answers_to(FACTS[COURSE])}
    if asked.get("course"):
        yield f"{_(FACTS[COURSE].question)} {courses.get(asked.get('course'), '')}"
    yield from filter(None, (asked.get("answer"), asked.get("more")))


def _day(asked: WhatIf, born: date | None, on: date) -> date | None:
    when = asked.get("when")
    typed = asked.day("on", _("the day to look at"))
    if when.isdecimal() and int(when) in BIRTHDAYS:
        if born is None:
            raise TypingFault(_("Give the date of birth to look at a birthday."))
        typed = birthday(born, int(when))
    if typed is None:
        if when == ON_A_DAY:
            raise TypingFault(_("Give the day to look at."))
        return None
    if born is None:
        raise TypingFault(_("Give the date of birth to look at another day."))
    if typed < on:
        raise TypingFault(_("%(day)s is past. Choose a day from today on.") % {"day": said_day(typed)})
    return typed


def _left(typed: Typed, leaves: date, born: date | None) -> Typed:
    """The answers of somebody who is in care now, once they have left. Raises TypingFault."""
    for number in range(1, SPELLS + 1):
        start, end, _kind = spell_names(number)
        if typed.get(f"{start}-year") and not typed.get(f"{end}-year"):
            parts = zip(PARTS, (leaves.day, leaves.month, leaves.year), strict=True)
            return Typed({**typed.values, **{f"{end}-{part}": str(value) for part, value in parts}})
    if typed.get("care_when") != "still_in_care":
        raise TypingFault(_("Say first that they are in care now: then they can leave."))
    if born is None:
        raise TypingFault(_("Give the date of birth to look at leaving care."))
    age = age_in_years(born, leaves)
    return Typed({**typed.values, "care_when": next(value for least, value in _LEFT if age >= least)})


def _answered(typed: Typed, said: str, changes: Mapping[str, str]) -> tuple[Typed, str]:
    """One more answer, in the words of a list. Raises TypingFault for one that no list of ours holds."""
    words = {_folded(label): label for label in changes}
    label = words.get(_folded(said))
    if label is None:
        raise TypingFault(
            _("We do not know the answer “%(text)s”. Choose one that the list offers.") % {"text": said}
        )
    name, _colon, value = changes[label].partition(":")
    return _with(typed, name, value, name), label


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _with(typed: Typed, fact: str, value: str, field: str) -> Typed:
    """The answers with one fact told otherwise, whatever boxes held it."""
    gone = {fact, *boxes_of(fact)}
    return Typed({name: text for name, text in typed.values.items() if name not in gone} | {field: value})


def _day_named(asked: WhatIf, day: date) -> str:
    """ "On their 21st birthday, 20 April 2028", or the day alone."""
    when = asked.get("when")
    words = _(ON_BIRTHDAY[int(when)]) if when.isdecimal() and int(when) in BIRTHDAYS else _("On %(day)s")
    return words % {"day": said_day(day)}
