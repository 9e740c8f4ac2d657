"""The lines of the rule form as its page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from offer.eligibility.facts import FACTS
from offer.eligibility.wording import Names
from offer.staff.rule_form.fact_words import OFFERED, answers_of
from offer.staff.rule_form.judged import Judged, sentence_of
from offer.staff.rule_form.lines import Line
from offer.staff.rule_form.numbers import end_labels
from offer.staff.rule_form.place_words import PlaceWords
from offer.staff.rule_form.shared import SHARED
from offer.staff.rule_form.tree import ROOT

KIND_WORDS: Mapping[str, str] = {
    "all": "All of these",
    "any": "One of these is enough",
    "none": "None of these",
}
ADD_WORDS: Mapping[str, str] = {
    "fact": "Something about the person",
    "ask": "Something that somebody decides",
    "use": "A piece that many rules share",
    "all": "A group: all of these",
    "any": "A group: one of these is enough",
    "none": "A group: none of these",
}


@dataclass(frozen=True, slots=True)
class LineView:
    """One line. `number`: its place as people say it, "2.1"; "" for the whole rule. `sentence`: its English.

    `test`: which boxes stand under the fact: "yes-no", "choices", "number", "places" or "". `edge`: the last
    day an age counts. `open`: whether its boxes are shown unasked. `can_move`: the whole rule cannot.
    """

    key: str
    number: str
    line: Line
    sentence: str
    fault: str
    warnings: tuple[str, ...]
    test: str
    answers: tuple[tuple[str, str], ...]
    ends: tuple[str, str]
    place_list: str
    edge: str
    open: bool
    can_move: bool
    parts: tuple["LineView", ...]

    @property
    def name(self) -> str:
        """What a screen reader says after a button: "line 2.1"."""
        what = "group" if self.line.is_group else "line"
        return f"{what} {self.number}" if self.number else "the whole rule"


_TESTS = {"bool": "yes-no", "choice": "choices", "int": "number", "area": "places"}


def view_of(
    line: Line,
    judged: Judged,
    places: PlaceWords,
    names: Names,
    *,
    wrong: bool = False,
    look_at: str = "",
    key: str = ROOT,
) -> LineView:
    """A line with what is to be said of it. `look_at`: the key of the line that was just touched.

    `wrong`: somebody wanted to save it, so that a line which is only begun is a fault too.
    """
    fact = OFFERED.get(line.fact) if line.kind == "fact" else None
    sentence = sentence_of(line, places, names)
    begun = fact.question if fact else "A new line: say what it is about"
    fault = judged.faults.get(key, "") if wrong or key not in judged.begun else ""
    shared = SHARED.get(line.use) if line.kind == "use" else None
    return LineView(
        key=key,
        number=".".join(str(int(step) + 1) for step in key.split("-")[1:]),
        line=line,
        sentence=sentence or begun,
        fault=fault,
        warnings=tuple(each.words for each in judged.warnings if each.key == key),
        test=_TESTS[fact.type] if fact else "places" if shared and shared.names_councils else "",
        answers=answers_of(fact) if fact and fact.type in ("bool", "choice") else (),
        ends=end_labels(fact) if fact else ("", ""),
        place_list="districts" if fact and fact.name == "lives_in" else "councils",
        edge=edge_of(line),
        open=not sentence or key in judged.faults or key == look_at,
        can_move=key != ROOT,
        parts=tuple(
            view_of(part, judged, places, names, wrong=wrong, look_at=look_at, key=f"{key}-{number}")
            for number, part in enumerate(line.parts)
        ),
    )


def edge_of(line: Line) -> str:
    """Both edges of an age in words: the last day that counts, and the birthday that no longer does."""
    fact = FACTS.get(line.fact)
    if fact is None or fact.name != "age_years" or not line.high.isdigit():
        return ""
    return f"It counts up to the day before the birthday on which they turn {int(line.high)}."
