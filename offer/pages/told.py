"""What somebody told us, line by line, each with the fields that change it."""

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
from offer.pages.typed_form import UNSURE
from offer.published import Published

NOT_TOLD = later("Not told")
_WEEKS = {"true": later("13 weeks or more"), "false": later("less than 13 weeks")}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: what it is about, what was said, and its fields. `given`: something was said."""

    label: str
    value: str
    given: bool
    fields: tuple[AnyField, ...]


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
        """The answers to the four questions, told or not."""
        return (
            self._row(_("Your age"), self._age(), "date_of_birth", "age_years"),
            self._row(_("Where you live"), self._home(), "lives_in"),
            Told(
                _("Who looked after you"),
                self._council() or _(NOT_TOLD),
                bool(self._council()),
                self._named(),
            ),
            self._row(_("Leaving care"), self._said("care_when") or self._dates(), "care_when"),
            self._row(_("13 weeks in care"), self._said("care_13_weeks"), "care_13_weeks"),
        )

    def gist(self) -> tuple[str, ...]:
        """The four answers in a few words each; those not given are left out."""
        aged = "%(value)s" if self._born else _("Aged %(value)s")
        sentences = (aged, _("Living in %(value)s"), _("Looked after by %(value)s"), "%(value)s")
        unsure = {_(words) for words in UNSURE.values()}
        said = [
            row.value if row.value in unsure else sentence % {"value": row.value}
            for sentence, row in zip(sentences, self.four(), strict=False)
            if row.given
        ]
        weeks = _(_WEEKS.get(self._filled.typed.get("care_13_weeks"), ""))
        count = len(other_facts(self._filled.typed))
        more = (
            ngettext("%(num)s more answer", "%(num)s more answers", count) % {"num": count} if count else ""
        )
        return tuple(text for text in (*said, weeks, more) if text)

    def others(self) -> tuple[Told, ...]:
        """Every other answer."""
        names = other_facts(self._filled.typed)
        return tuple(self._row(_(FACTS[name].question), self._said(name), name) for name in names)

    def _row(self, label: str, value: str, *facts: str) -> Told:
        fields = tuple(self._make.field(name) for name in facts)
        return Told(label, value or _(NOT_TOLD), bool(value), fields)

    def _age(self) -> str:
        if self._born:
            return _("Born on %(day)s") % {"day": said_day(self._born)}
        years = self._facts.get("age_years")
        return str(years) if years is not None else self._unsure("date_of_birth", "age_years")

    def _home(self) -> str:
        district = self._facts.get("lives_in")
        if isinstance(district, str):
            return plain_name(self._published.names.get(district) or self._elsewhere(district))
        island = self._filled.place.district if self._filled.place else None
        return island.name if island else self._filled.typed.get("place") or self._unsure("lives_in")

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

    def _named(self) -> tuple[AnyField, ...]:
        return (self._make.named_council(self._council() if "responsible_authority" in self._facts else ""),)

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
        return answers.get(typed, "") or self._unsure(name)

    def _unsure(self, *names: str) -> str:
        unsure = self._filled.typed.unsure
        return next((_(UNSURE[unsure[name]]) for name in names if name in unsure), "")
