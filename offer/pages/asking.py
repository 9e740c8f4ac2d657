"""The one question to ask next: where exactly you live, or the fact that settles the most."""

from dataclasses import dataclass
from datetime import date

from directory.phrase import together
from directory.places import PlaceAnswer
from offer.answer_parts import Answer
from offer.common_words import settled_words
from offer.council_names import plain_name
from offer.eligibility.asking import Asking
from offer.eligibility.facts import FACTS
from offer.eligibility.partly_known import knowledge
from offer.language import gettext as _
from offer.language import ngettext
from offer.pages.fields import AnyField, Choice, RadioField
from offer.pages.forms import Filled
from offer.pages.person_form import MAIN, FieldMaker, other_facts
from offer.pages.typed_form import Typed
from offer.person import Person
from offer.place_reading import credit
from offer.published import Published
from offer.questions import askable, next_question

_NEVER = ("care", "status_events")  # dates are offered on the form; nobody is pressed for them


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with why it is asked.

    `helps` says with how many things. `open`: it is asked at once; else it is folded, since the
    results come first. `settled`: "I do not know" stands among its own answers.
    """

    heading: str
    helps: str
    field: AnyField
    why: str
    fact: str
    open: bool
    settled: bool

    @property
    def buttons(self) -> tuple[Choice, ...]:
        """Answers to press; () where something is typed or chosen from a list."""
        return self.field.choices if isinstance(self.field, RadioField) else ()


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
    going_on = filled.typed.asked in FACTS  # somebody who just answered one is asked the next at once
    return QuestionCard(
        heading=_("Next question") if going_on else _("One question would help"),
        helps=_helps(question.settles),
        field=field,
        why=_(FACTS[question.fact].why),
        fact=question.fact,
        open=going_on,
        settled=isinstance(field, RadioField),
    )


def open_questions(person: Person, typed: Typed, answer: Answer, on: date) -> tuple[str, ...]:
    """Every fact that something still turns on and nobody was asked, the least private first."""
    asking = Asking(knowledge(person.situation, on))
    missing = {name for each in answer.outcomes if each.outcome == "unknown" for name in each.missing}
    told = {*MAIN, *_NEVER, *other_facts(typed)}
    unasked = (name for name in askable(missing, asking) if name not in told)
    return tuple(sorted(unasked, key=lambda name: FACTS[name].sensitivity))


def _helps(settles: int) -> str:
    words = ngettext("It helps with %(num)s thing.", "It helps with %(num)s things.", settles)
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
    same = together(*settled_words(published, codes, on), _("The rest of this page is the same for each."))
    field = RadioField(
        id="next-lives_in",
        name="lives_in",
        label=_("Which of these do you live in?"),
        hint=together(place.note or "", same, credit(place)),
        choices=tuple(choices),
    )
    return _district_card(_("More than one council covers that place"), field)


def _is_it_there(place: PlaceAnswer) -> QuestionCard:
    """A geocoder's single answer is a suggestion: a street's name may lie anywhere."""
    (match,) = place.matches
    field = RadioField(
        id="next-lives_in",
        name="lives_in",
        label=_("Do you live there?"),
        hint=together(place.note or "", credit(place)),
        choices=(
            Choice(match.district.gss, _("Yes, in %(place)s") % {"place": plain_name(match.district.name)}),
            Choice("unknown", _("No, or I do not know")),
        ),
    )
    return _district_card(_("Is that the right place?"), field)


def _district_card(heading: str, field: RadioField) -> QuestionCard:
    return QuestionCard(heading, "", field, "", "lives_in", open=True, settled=True)


def _name(district: str, place: str | None) -> str:
    name = plain_name(district)
    return f"{place} ({name})" if place and place != name else name
