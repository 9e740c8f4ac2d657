"""What stands before the lists of an answer: what age, country and council change about all of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from offer.answer_parts import Answer
from offer.pages.forms import Filled
from offer.pages.who_to_ask import NoOffer, council_of, no_offer
from offer.published import Published
from offer.release import IN_CUSTODY


@dataclass(frozen=True, slots=True)
class Beforehand:
    """`warnings`: check these with a person first. `council_open`: nobody said which council it was.

    `no_offer`: their council, where we hold nothing of its own. `inside`: they are in prison, where nobody
    reads this on a phone: there is a page to print.
    """

    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    council_open: bool
    no_offer: NoOffer | None
    inside: bool


def beforehand(published: Published, filled: Filled, answer: Answer) -> Beforehand:
    """The same on every page that shows this answer. Of a person who could be read."""
    assert filled.person is not None
    situation = filled.person.situation
    abroad = "responsible_authority_nation" in situation.facts
    return Beforehand(
        warnings=answer.care_status.warnings,
        notes=(*answer.notes, *dict.fromkeys(_changes(published, filled, answer))),
        council_open="responsible_authority" in answer.not_included and not abroad,
        no_offer=no_offer(published, council_of(published, situation)),
        inside=situation.facts.get(IN_CUSTODY) is True,
    )


def _changes(published: Published, filled: Filled, answer: Answer) -> Iterator[str]:
    """Councils of this person that are being replaced. A typed place says so in its own note."""
    facts = filled.person.situation.facts if filled.person else {}
    codes = [facts.get("responsible_authority"), None if filled.place else facts.get("lives_in")]
    for code in codes:
        told = published.places.areas.change_told(code, answer.on) if isinstance(code, str) else None
        if told:
            yield told
