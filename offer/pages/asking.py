"""The one question to ask next: where exactly you live, or the fact that settles the most."""

from dataclasses import dataclass
from datetime import date

from directory.places import PlaceAnswer
from offer.answer_parts import Answer
from offer.common_words import settled_words
from offer.council_names import plain_name
from offer.eligibility.facts import FACTS
from offer.eligibility.partly_known import knowledge
from offer.language import gettext as _
from offer.language import ngettext
from offer.pages.fields import AnyField, Choice, RadioField
from offer.pages.forms import Filled
from offer.pages.person_form import FieldMaker
from offer.place_reading import credit
from offer.published import Published
from offer.questions import FIRST, next_question

_SHORT = 4  # yes, no, "I do not know", "I would rather not say"
_NEVER = ("care", "status_events")  # dates are offered on the form; nobody is pressed for them


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with why it is asked. `skips`: it has no "I do not know" of its own, so buttons say it."""

    heading: str
    field: AnyField
    why: str
    fact: str
    skips: bool

    @property
    def open(self) -> bool:
        """A short question, or one of the first four, stands open; a long list of answers is folded."""
        field = self.field
        return self.fact in FIRST or not isinstance(field, RadioField) or len(field.choices) <= _SHORT


def question_card(published: Published, filled: Filled, answer: Answer, on: date) -> QuestionCard | None:
    """What to ask next; None when nothing that can be asked would settle anything."""
    district = _which_district(published, filled, on)
    if district:
        return district
    if filled.person is None:
        return None
    refused = {*filled.typed.unsure, *_NEVER}
    if filled.place is not None and filled.place.district is not None:
        refused.add("lives_in")  # an island's district is known and is none of the list: do not ask again
    question = next_question(answer.outcomes, knowledge(filled.person.situation, on), refused)
    if question is None:
        return None
    field = FieldMaker(published, filled, on, prefix="next-").field(question.fact)
    return QuestionCard(
        _heading(question.settles), field, _(FACTS[question.fact].why), question.fact, field.kind != "radios"
    )


def _heading(settles: int) -> str:
    if settles < 2:
        return _("One question would help")
    words = ngettext(
        "One question would help with %(num)s of these",
        "One question would help with %(num)s of these",
        settles,
    )
    return words % {"num": settles}


def open_districts(filled: Filled) -> tuple[str, ...]:
    """The codes of the districts a typed place may be in, while the person has not said which."""
    place, person = filled.place, filled.person
    if place is None or place.online or person is None or "lives_in" in person.situation.facts:
        return ()
    return tuple(match.district.gss for match in place.matches) if len(place.matches) > 1 else ()


def _which_district(published: Published, filled: Filled, on: date) -> QuestionCard | None:
    """A place in several districts, or from a geocoder, is asked about; what is the same in all is said."""
    place, person = filled.place, filled.person
    if place is None or person is None or "lives_in" in person.situation.facts:
        return None
    if len(place.matches) < (1 if place.online else 2):
        return None
    if "lives_in" in filled.typed.unsure:
        return None
    if len(place.matches) == 1:
        return _is_it_there(place)
    choices = [Choice(match.district.gss, _name(match.district.name, match.place)) for match in place.matches]
    if all(match.share is None for match in place.matches):  # else the likeliest stands first
        choices.sort(key=lambda choice: choice.label)
    choices.append(Choice("unknown", _("I do not know")))
    codes = [match.district.gss for match in place.matches]
    same = " ".join([*settled_words(published, codes, on), _("The rest of this page is the same for each.")])
    field = RadioField(
        id="next-lives_in",
        name="lives_in",
        label=_("Which of these do you live in?"),
        hint=f"{place.note or ''} {same} {credit(place)}".strip(),
        choices=tuple(choices),
    )
    return QuestionCard(_("More than one council covers that place"), field, "", "lives_in", skips=False)


def _is_it_there(place: PlaceAnswer) -> QuestionCard:
    """A geocoder's single answer is a suggestion: a street's name may lie anywhere."""
    (match,) = place.matches
    field = RadioField(
        id="next-lives_in",
        name="lives_in",
        label=_("Do you live there?"),
        hint=f"{place.note or ''} {credit(place)}",
        choices=(
            Choice(match.district.gss, _("Yes, in %(place)s") % {"place": plain_name(match.district.name)}),
            Choice("unknown", _("No, or I do not know")),
        ),
    )
    return QuestionCard(_("Is that the right place?"), field, "", "lives_in", skips=False)


def _name(district: str, place: str | None) -> str:
    name = plain_name(district)
    return f"{place} ({name})" if place and place != name else name
