"""What somebody told us, line by line, each with the fields that change it."""

from dataclasses import dataclass
from datetime import date

from offer.council_names import listed_name, plain_name
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_you import NATIONS
from offer.eligibility.wording import said_day
from offer.pages.fields import AnyField
from offer.pages.forms import Filled
from offer.pages.person_form import FieldMaker, answers_to, other_facts
from offer.pages.typed_form import UNSURE
from offer.published import Published

NOT_TOLD = "Not told"
_WEEKS = {"true": "13 weeks or more", "false": "less than 13 weeks"}


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
            self._row("Your age", self._age(), "date_of_birth", "age_years"),
            self._row("Where you live", self._home(), "lives_in"),
            Told("Who looked after you", self._council() or NOT_TOLD, bool(self._council()), self._named()),
            self._row("Leaving care", self._said("care_when") or self._dates(), "care_when"),
            self._row("13 weeks in care", self._said("care_13_weeks"), "care_13_weeks"),
        )

    def gist(self) -> tuple[str, ...]:
        """The four answers in a few words each; those not given are left out."""
        before = {"Your age": "" if self._born else "Aged ", "Where you live": "Living in ",
                  "Who looked after you": "Looked after by "}  # fmt: skip
        rows = [row for row in self.four()[:4] if row.given]
        said = [
            row.value if row.value in UNSURE.values() else f"{before.get(row.label, '')}{row.value}"
            for row in rows
        ]
        weeks = _WEEKS.get(self._filled.typed.get("care_13_weeks"), "")
        count = len(other_facts(self._filled.typed))
        more = f"{count} more {'answer' if count == 1 else 'answers'}" if count else ""
        return tuple(text for text in (*said, weeks, more) if text)

    def others(self) -> tuple[Told, ...]:
        """Every other answer."""
        names = other_facts(self._filled.typed)
        return tuple(self._row(FACTS[name].question, self._said(name), name) for name in names)

    def _row(self, label: str, value: str, *facts: str) -> Told:
        fields = tuple(self._make.field(name) for name in facts)
        return Told(label, value or NOT_TOLD, bool(value), fields)

    def _age(self) -> str:
        if self._born:
            return f"Born on {said_day(self._born)}"
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
        return f"A council in {nation}" if nation else self._unsure("responsible_authority")

    def _named(self) -> tuple[AnyField, ...]:
        return (self._make.named_council(self._council() if "responsible_authority" in self._facts else ""),)

    def _dates(self) -> str:
        return {0: "", 1: "From the dates you gave"}.get(self.spells, f"From {self.spells} sets of dates")

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
        return next((UNSURE[unsure[name]] for name in names if name in unsure), "")
