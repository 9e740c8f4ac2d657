"""The form about a person as the pages show it: the four questions, and everything else told so far."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from offer.council_names import councils_by_name
from offer.eligibility.fact import Fact
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_you import NATIONS
from offer.language import gettext as _
from offer.language import later
from offer.pages.fields import AnyField, Choice, DateField, RadioField, SelectField, TextField
from offer.pages.forms import Filled
from offer.pages.typed_form import (
    COUNCIL,
    DATES,
    REFUSED,
    SPELL_KINDS,
    SPELLS,
    UNSURE,
    Typed,
    boxes_of,
    has_no_list,
    spell_names,
)
from offer.pages.typed_values import PARTS
from offer.published import Published

MAIN = ("date_of_birth", "age_years", "lives_in", "responsible_authority", "care_when", "care_13_weeks")
_WHERE = later("Where do you live now?")
_LABELS: Mapping[str, str] = {
    "date_of_birth": later("Your date of birth"),
    "lives_in": _WHERE,
}
_HINTS: Mapping[str, str] = {
    "date_of_birth": later("For example, 27 3 2007. With the date we can tell you exact days."),
    "course_ends_on": later("For example, 2 7 2027. If you are not sure, leave it empty."),
    "release_date": later("For example, 2 7 2027. If you are not sure, leave it empty."),
    "age_years": later("In years. For example, 19."),
    "lives_in": later("A postcode or a town. We only use it to find your council, and do not keep it."),
    "responsible_authority": later(
        "They give you your adviser and most of the money help, wherever you live now."
    ),
    "care_when": later(
        "In care means a council looked after you: with foster carers, in a children's home, in a "
        "place the council paid for, with family under a care order, or on remand."
    ),
    "care_13_weeks": later("Skip this if you left care before you were 16."),
}
_ANYWHERE_ELSE = later("A council outside England")


@dataclass(frozen=True, slots=True)
class Spell:
    """One time in care: the boxes for its first day, its end and what it was."""

    number: int
    start: DateField
    end: DateField
    kind: SelectField


@dataclass(frozen=True, slots=True)
class Hidden:
    """A field that travels with the form and is not shown."""

    name: str
    value: str


class FieldMaker:
    """Makes the field of any fact, with what was typed and what is wrong with it."""

    def __init__(
        self, published: Published, filled: Filled, on: date, prefix: str = "", *, compact: bool = False
    ) -> None:
        self._places = published.places
        self._typed: Typed = filled.typed
        self._errors = {fault.field: fault.text for fault in reversed(filled.faults)}
        self._on = on
        self._compact = compact  # a list to open instead of radios, and no hints
        self._prefix = prefix  # keeps ids unique where a fact has two fields on one page

    def field(self, name: str) -> AnyField:
        """The field of a fact, in the shape its type asks for."""
        fact = FACTS[name]
        if fact.type == "date":
            boxes = DATES[name][0]
            label = _(_LABELS.get(name, fact.question))
            return self.date(boxes, label, self._hint(name), birthday=boxes == "dob")
        if name in ("lives_in", "residence_nation", "postcode"):
            return self._place()
        if name in ("responsible_authority", "responsible_authority_nation"):
            return self._council()
        return self._number(fact) if fact.type == "int" else self._choice(fact)

    def date(self, name: str, label: str, hint: str = "", *, birthday: bool = False) -> DateField:
        """Three boxes for a date."""
        day, month, year = (self._typed.get(f"{name}-{part}") for part in PARTS)
        return DateField(
            id=f"{self._prefix}{name}-day",
            name=name,
            label=label,
            hint=hint,
            error=self._error(f"{name}-day"),
            day=day,
            month=month,
            year=year,
            birthday=birthday,
        )

    def spells(self, most: int = SPELLS) -> tuple[Spell, ...]:
        """The boxes for exact dates in care."""
        return tuple(self._spell(number) for number in range(1, min(most, SPELLS) + 1))

    def named_council(self, name: str) -> TextField:
        """The council in words, for a page too small for the list of 153."""
        fact = FACTS["responsible_authority"]
        return TextField(
            id=f"{self._prefix}{COUNCIL}",
            name=COUNCIL,
            label=_(fact.question),
            hint=_("Type its name. For example, Durham or Kent."),
            value=name,
        )

    def asides(self, fact: str) -> tuple[Choice, ...]:
        """ "I do not know" and "I would rather not say", for a question that is answered in a box."""
        typed = any(self._typed.get(name) for name in boxes_of(fact))
        said = "" if typed else self._typed.unsure.get(fact)
        return tuple(Choice(f"{fact}:{word}", _(label), word == said) for word, label in UNSURE.items())

    def hidden(self, *, council: bool = False, shown: Collection[str] = ()) -> tuple[Hidden, ...]:
        """What the visible fields do not carry: the district chosen for a place, and questions put aside.

        `council`: the page asks for the council by name, which cannot say "a council in Wales".
        `shown`: facts whose own "I do not know" stands on the page.
        """
        lives_in, chosen = self._typed.get("lives_in"), self._typed.get("responsible_authority")
        # A list of radios or councils carries its own "I do not know"; a box to type in cannot.
        unsure = ((fact, word) for fact, word in self._typed.unsure.items() if fact not in shown)
        aside = " ".join(f"{fact}:{word}" for fact, word in unsure if has_no_list(fact))
        pairs = [("lives_in", "" if lives_in in UNSURE else lives_in), (REFUSED, aside)]
        if council:
            pairs.append(("responsible_authority", chosen))
        return tuple(Hidden(name, value) for name, value in pairs if value)

    def _spell(self, number: int) -> Spell:
        start, end, kind = spell_names(number)
        chosen = self._typed.get(kind) or "full"
        kinds = tuple(Choice(value, _(label), value == chosen) for value, label in SPELL_KINDS.items())
        return Spell(
            number,
            self.date(start, _("First day in care")),
            self.date(end, _("First day out of care"), _("Leave this empty if you are still in care.")),
            SelectField(id=f"{self._prefix}{kind}", name=kind, label=_("What was it?"), choices=kinds),
        )

    def _place(self) -> TextField:
        return TextField(
            id=f"{self._prefix}place",
            name="place",
            label=_(_WHERE),
            hint=self._hint("lives_in"),
            error=self._error("place"),
            value=self._typed.get("place"),
            autocomplete="postal-code",
        )

    def _council(self) -> SelectField:
        name = "responsible_authority"
        chosen = self._typed.get(name)
        councils = councils_by_name(self._places, self._on)
        abroad = ((nation, label) for nation, label in NATIONS if nation != "england")
        return SelectField(
            id=f"{self._prefix}{name}",
            name=name,
            label=_(FACTS[name].question),
            hint=self._hint(name),
            error=self._error(name),
            empty=_("Choose a council"),
            first=tuple(Choice(value, _(label), value == chosen) for value, label in UNSURE.items()),
            choices=tuple(Choice(gss, label, gss == chosen) for gss, label in councils),
            last_label=_(_ANYWHERE_ELSE),
            last=tuple(
                Choice(value, _("A council in %(nation)s") % {"nation": _(label)}, value == chosen)
                for value, label in abroad
            ),
        )

    def _number(self, fact: Fact) -> TextField:
        money = fact.unit == "pence"
        return TextField(
            id=f"{self._prefix}{fact.name}",
            name=fact.name,
            label=_(fact.question),
            hint=self._hint(fact.name),
            error=self._error(fact.name),
            value=self._typed.get(fact.name),
            inputmode="decimal" if money else "numeric",
            prefix="£" if money else "",
            width="5" if money else "3",
        )

    def _choice(self, fact: Fact) -> RadioField | SelectField:
        chosen = self._typed.get(fact.name)
        choices = tuple(Choice(value, label, value == chosen) for value, label in answers_to(fact))
        if self._compact:
            own = f"{self._prefix}{fact.name}"
            return SelectField(
                id=own, name=fact.name, label=_(fact.question), choices=choices, empty=_("Not told")
            )
        return RadioField(
            id=f"{self._prefix}{fact.name}",
            name=fact.name,
            label=_(fact.question),
            hint=self._hint(fact.name),
            error=self._error(fact.name),
            choices=choices,
        )

    def _hint(self, name: str) -> str:
        return "" if self._compact else _(_HINTS.get(name, ""))

    def _error(self, field: str) -> str:
        return self._errors.get(field, "")


def answers_to(fact: Fact) -> list[tuple[str, str]]:
    """The answers to a yes-or-no question or a choice, "I do not know" and "rather not say" last."""
    own = [("true", later("Yes")), ("false", later("No"))] if fact.type == "bool" else []
    said = [*own, *((option.value, option.label) for option in fact.options), *UNSURE.items()]
    return [(value, _(label)) for value, label in said]


def other_facts(typed: Typed) -> tuple[str, ...]:
    """The facts told or put aside beyond the four questions, in the registry's order."""
    dates = ((name, [typed.get(f"{boxes}-{part}") for part in PARTS]) for name, (boxes, _) in DATES.items())
    told = {*typed.values, *typed.unsure, *(name for name, parts in dates if any(parts))}
    return tuple(name for name in FACTS if name in told and name not in MAIN)
