"""The sentences beside an answer: how sure we are of an entry, and what a person's own situation changes."""

from collections.abc import Mapping
from datetime import date

from directory.freshness import overdue_words
from directory.phrase import phrase
from offer.eligibility.evaluate import Known
from offer.entitlements.schema import Entitlement
from offer.outcome_parts import OutcomeValue
from offer.validity import coming_words

_STATUS: Mapping[str, str] = {
    "check": phrase("We are not sure this still runs. Ask before you count on it."),
    "pilot": phrase("This was a trial. Ask if it is still running."),
    "may-have-ended": phrase("This may have ended. Ask before you count on it."),
    "proposal": phrase("This was a plan when we read about it. Ask if it has started."),
}
_CONFIDENCE: Mapping[str, str] = {
    "partly": phrase("We could not check every detail of this. Ask before you count on it."),
    "existence only": phrase("We know this exists, but not its terms. Ask what it covers."),
    "council paper": phrase("We know this only from a council meeting paper. Ask if it is still right."),
}
_NATIONS = {
    "wales": phrase("Wales"),
    "scotland": phrase("Scotland"),
    "northern_ireland": phrase("Northern Ireland"),
}


def warnings_of(entry: Entitlement, outcome: OutcomeValue, on: date) -> tuple[str, ...]:
    """What to say beside an entry before anybody relies on it on that day. A "no" needs no warning."""
    if outcome == "no":
        return ()
    said = (
        coming_words(entry, on),
        _STATUS.get(entry.status),
        _CONFIDENCE.get(entry.confidence),
        overdue_words(entry.checked_on, entry.review_by, on, entry.ask),
    )
    return tuple(text for text in said if text)


def notes_on(known: Known) -> tuple[str, ...]:
    """What a person's age or country changes about the whole answer."""
    return tuple(text for text in (_on_age(known), _on_home(known), _on_council(known)) if text)


def _on_age(known: Known) -> str | None:
    age = known.get("age_years")
    if not isinstance(age, int):
        return None
    if age < 16:
        return phrase(
            "Most of this starts at 16. Until then, your social worker is the person to ask. "
            "You can also ask for someone to speak up for you (an advocate)."
        )
    if age >= 26:
        return phrase(
            "Most support for care leavers ends at 25. Some does not: you can see your care records at any "
            "age, and your old council may still help. Ask its leaving care team."
        )
    return None


def _on_home(known: Known) -> str | None:
    nation = _NATIONS.get(str(known.get("residence_nation")))
    if nation is None:
        return None
    return phrase(
        "You live in %(nation)s. If a council in England looked after you, it still owes you its own "
        "support. Things like council tax, housing and health follow the rules of %(nation)s, which we do "
        "not hold.",
        nation=nation,
    )


def _on_council(known: Known) -> str | None:
    nation = _NATIONS.get(str(known.get("responsible_authority_nation")))
    if nation is None:
        return None
    return phrase(
        "A council in %(nation)s looked after you, so the duties of English councils do not cover you. "
        "Ask that council's leaving care team what it owes you. We show what anyone in England can get.",
        nation=nation,
    )
