"""Answers in plain lines, for the terminal."""

from collections.abc import Iterator

from directory.places import PlaceAnswer
from offer.answer_parts import Answer, Outcome
from offer.eligibility.wording import said_day

_GROUPS = (
    ("yes", "You should be able to get"),
    ("unknown", "You might: it depends"),
    ("no", "Not now"),
)


def answer_lines(answer: Answer, *, everything: bool) -> list[str]:
    """The three groups, each entry with why and who to ask; "not now" only when asked for."""
    lines = [f"On {said_day(answer.on)}, from catalogue {answer.catalogue_version}:", ""]
    lines += [*answer.care_status.because, *answer.care_status.warnings, *answer.notes]
    for value, heading in _GROUPS:
        group = [outcome for outcome in answer.outcomes if outcome.outcome == value]
        lines += ["", f"{heading} ({len(group)})"]
        if value != "no" or everything:
            lines += [line for outcome in group for line in _outcome_lines(outcome)]
    if answer.next_question:
        lines += ["", f"Next question: {answer.next_question.text}"]
    return lines


def _outcome_lines(outcome: Outcome) -> Iterator[str]:
    day, until = outcome.day, f", until {outcome.until.isoformat()}" if outcome.until else ""
    if outcome.sure_until:
        until = f", sure until {outcome.sure_until.isoformat()}{until}"
    start = f", from {outcome.from_.isoformat()}" if outcome.from_ else ""
    yield f"- {day.entry.title} [{outcome.slug}]{until}{start}"
    if day.worth and outcome.outcome != "no":
        yield f"    {day.worth.text}"
    wanted = {"yes": True, "no": False, "unknown": None}[outcome.outcome]
    for reason in outcome.because:
        if reason.holds is wanted:
            yield f"    {reason.text}" + (f" ({reason.cite})" if reason.cite else "")
    yield from (f"    {warning}" for warning in outcome.warnings)
    yield f"    Ask: {day.entry.ask}"


def place_lines(place: PlaceAnswer) -> list[str]:
    """How a place was read, its districts and their councils, and what to know about it."""
    lines = [f"Read as {place.read_as}"] if place.read_as else []
    for match in place.matches:
        share = f", {match.share:.0%} of it" if match.share is not None and match.share < 1 else ""
        district, council = match.district, match.authority
        lines.append(f"{district.name} ({district.gss}), {council.name} ({council.gss}){share}")
    return [*lines, *([place.note] if place.note else [])]
