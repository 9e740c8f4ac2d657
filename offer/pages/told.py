"""What somebody told us: each answer in a few words, with the fields that change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from offer.council_names import listed_name, plain_name
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_you import NATIONS
from offer.language import gettext as _
from offer.language import later, ngettext
from offer.languages.dates import said_day
from offer.pages.fields import AnyField
from offer.pages.forms import Filled
from offer.pages.person_form import FieldMaker, answers_to, other_facts
from offer.pages.typed_form import UNSURE, has_no_list
from offer.published import Published

NOT_TOLD = later("Not told")
_WEEKS: Mapping[str, str] = {
    "true": later("13 weeks or more"),
    "false": later("Less than 13 weeks"),
}
_CARE: Mapping[str, str] = {
    "still_in_care": later("In care now"),
    "left_at_18": later("In care until 18"),
    "left_at_16_or_17": later("Left care at 16 or 17"),
    "left_before_16": later("Left care before 16"),
    "never": later("Never in care"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: what it is about, what was said, and its fields. `given`: something was said.

    `clear`: the words alone say what they are about. `aside` names the question for the buttons
    "I do not know" and "I would rather not say", "" where the field's own list has them.
    """

    label: str
    value: str
    given: bool
    fields: tuple[AnyField, ...]
    clear: bool
    aside: str = ""


class Teller:
    """Says answers back in words."""

    def __init__(self, published: Published, filled: Filled, on: date) -> None:
        self._published = published
        self._filled = filled
        self._make = FieldMaker(published, filled, on, compact=True)
        situation = filled.person.situation if filled.person else None
        self._facts = dict(situation.facts) if situation else {}
        self._born = situation.date_of_birth if situation else None
        self.spells = len(situation.care or ()) if situation else 0

    def four(self) -> tuple[Told, ...]:
        """The answers to the four questions in a few words each, told or not."""
        age, home, council = _("Your age"), _("Where you live"), _("Who looked after you")
        return (
            self._row(age, self._age(), ("date_of_birth", "age_years"), "date_of_birth"),
            self._row(home, self._home(), ("lives_in",), "place"),
            self._row(council, self._looked_after(), ("responsible_authority",), "responsible_authority"),
            self._row(_("Leaving care"), self._left() or self._dates(), ("care_when",)),
            self._row(_("13 weeks in care"), self._weeks(), ("care_13_weeks",)),
        )

    def gist(self) -> tuple[str, ...]:
        """What was told in a few words each; what was not is left out."""
        said = [row.value for row in self.four() if row.given]
        count = len(other_facts(self._filled.typed))
        more = ngettext("%(num)s more answer", "%(num)s more answers", count) % {"num": count}
        return (*said, more) if count else tuple(said)

    def others(self) -> tuple[Told, ...]:
        """Every other answer, its question whole."""
        names = other_facts(self._filled.typed)
        return tuple(self._other(name) for name in names)

    def _other(self, name: str) -> Told:
        aside = name if has_no_list(name) else ""
        return self._row(_(FACTS[name].question), self._said(name), (name,), aside)

    def _row(self, label: str, value: str, facts: tuple[str, ...], aside: str = "") -> Told:
        fields = tuple(self._field(name) for name in facts)
        told = not any(fact in self._filled.typed.unsure for fact in facts)
        return Told(label, value or _(NOT_TOLD), bool(value), fields, bool(value) and told, aside)

    def _field(self, name: str) -> AnyField:
        if name != "responsible_authority":
            return self._make.field(name)
        return self._make.named_council(self._council() if name in self._facts else "")

    def _age(self) -> str:
        if self._born:
            return _("Born on %(day)s") % {"day": said_day(self._born)}
        years = self._facts.get("age_years")
        return (
            _("Aged %(value)s") % {"value": years}
            if years is not None
            else self._unsure("date_of_birth", "age_years")
        )

    def _home(self) -> str:
        district = self._facts.get("lives_in")
        island = self._filled.place.district if self._filled.place else None
        name = island.name if island else self._filled.typed.get("place")
        if isinstance(district, str):
            name = plain_name(self._published.names.get(district) or self._elsewhere(district))
        return _("Living in %(value)s") % {"value": name} if name else self._unsure("lives_in")

    def _looked_after(self) -> str:
        named = "responsible_authority" in self._facts
        return _("Looked after by %(value)s") % {"value": self._council()} if named else self._council()

    def _left(self) -> str:
        typed = self._filled.typed.get("care_when")
        return _(_CARE[typed]) if typed in _CARE else self._unsure("care_when")

    def _weeks(self) -> str:
        typed = self._filled.typed.get("care_13_weeks")
        return _(_WEEKS[typed]) if typed in _WEEKS else self._unsure("care_13_weeks")

    def _elsewhere(self, district: str) -> str:
        area = self._published.places.district(district)
        return area.name if area else district

    def _council(self) -> str:
        code = self._facts.get("responsible_authority")
        if isinstance(code, str):
            return listed_name(self._published.names.get(code, code))
        nation = dict(NATIONS).get(str(self._facts.get("responsible_authority_nation")))
        return (
            _("A council in %(nation)s") % {"nation": _(nation)}
            if nation
            else self._unsure("responsible_authority")
        )

    def _dates(self) -> str:
        if self.spells < 2:
            return _("From the dates you gave") if self.spells else ""
        words = ngettext("From %(num)s set of dates", "From %(num)s sets of dates", self.spells)
        return words % {"num": self.spells}

    def _said(self, name: str) -> str:
        typed = self._filled.typed.get(name)
        answers = dict(answers_to(FACTS[name]))
        day = self._facts.get(name)
        if isinstance(day, date):
            return said_day(day)
        if FACTS[name].type == "int" and typed:
            return f"£{typed.lstrip('£')}" if FACTS[name].unit == "pence" else typed
        return _(answers[typed]) if typed in answers else self._unsure(name)

    def _unsure(self, *names: str) -> str:
        unsure = self._filled.typed.unsure
        return next((_(UNSURE[unsure[name]]) for name in names if name in unsure), "")
