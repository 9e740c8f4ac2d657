"""Two answers side by side: what one has and the other has not, why, and from when.

Pure: answers in, differences out. The phone's twin is templates/js/adviser/differences.mjs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from offer.answer_parts import Answer, Outcome
from offer.outcome_parts import OutcomeValue

Kind = Literal["gained", "lost", "open", "shut", "moved"]
Stand = OutcomeValue | Literal["absent"]  # absent: another council's, or not in the catalogue
Cause = Literal["list", "time", "both"]

KINDS: tuple[Kind, ...] = ("gained", "lost", "open", "shut", "moved")
MOST_REASONS = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that comes out otherwise.

    gained: it becomes a yes; lost: it was one; open: it becomes a might; shut: a might is gone;
    moved: as before, but its last day or its figure is another. `why`: reasons of the later
    outcome that were not so before; () where it is absent. `since`: the day on which time alone turns
    it; None: it turns with the facts, at once.
    """

    slug: str
    title: str
    kind: Kind
    before: Stand
    after: Stand
    why: tuple[str, ...]
    since: date | None


def differences(before: Answer, after: Answer, along: Answer | None = None) -> tuple[Difference, ...]:
    """What `after` has otherwise than `before`, what matters most first.

    `along`: the facts of `after` on an earlier day, so that what time alone turns can be told to the
    day; None where both are for one day. What is a no in one and absent in the other is alike.
    """
    then, now = _by_slug(before), _by_slug(after)
    way = _by_slug(along) if along else now
    slugs = dict.fromkeys((*now, *then))
    found = (_difference(then.get(slug), now.get(slug), way.get(slug), after.on) for slug in slugs)
    return tuple(sorted((each for each in found if each), key=lambda each: KINDS.index(each.kind)))


def causes(then: Answer, between: Answer, now: Answer) -> Mapping[str, Cause]:
    """Why today's answer is another than an earlier one, by slug.

    `between`: today's list for the earlier day. What it says as `now` does is due to the list; as
    `then`, to time alone.
    """
    first, middle, last = _by_slug(then), _by_slug(between), _by_slug(now)
    found: dict[str, Cause] = {}
    for slug in {*first, *last}:
        before, at, after = (_sign(answer.get(slug)) for answer in (first, middle, last))
        if before != after:
            found[slug] = "list" if at == after else "time" if at == before else "both"
    return found


def _by_slug(answer: Answer) -> dict[str, Outcome]:
    return {outcome.slug: outcome for outcome in answer.outcomes}


def _stand(outcome: Outcome | None) -> Stand:
    return outcome.outcome if outcome else "absent"


def _sign(outcome: Outcome | None) -> tuple[object, ...]:
    """What two outcomes must share to be alike; a no is like what is absent."""
    if outcome is None or outcome.outcome == "no":
        return ("no",)
    worth = outcome.day.worth
    return (outcome.outcome, outcome.until, outcome.until_age, worth and worth.text)


def _difference(
    before: Outcome | None, after: Outcome | None, along: Outcome | None, day: date
) -> Difference | None:
    if _sign(before) == _sign(after):
        return None
    kind = _kind(_stand(before), _stand(after))
    told = after or before
    assert told is not None
    at_once = _stand(along) == _stand(after) or kind == "moved"
    return Difference(
        slug=told.slug,
        title=told.day.entry.title,
        kind=kind,
        before=_stand(before),
        after=_stand(after),
        why=() if kind == "moved" else _why(before, after),
        since=None if at_once or along is None else _turning_day(along, _stand(after), day),
    )


def _kind(before: Stand, after: Stand) -> Kind:
    if before == after:
        return "moved"
    if after == "yes":
        return "gained"
    if before == "yes":
        return "lost"
    return "open" if after == "unknown" else "shut"


def _why(before: Outcome | None, after: Outcome | None) -> tuple[str, ...]:
    """The reasons that carry the later outcome: those that are new, else all of that kind."""
    if after is None:
        return ()
    wanted = {"yes": True, "no": False, "unknown": None}[after.outcome]
    known = {(reason.id, reason.holds) for reason in before.because} if before else set()
    carry = [reason for reason in after.because if reason.holds is wanted]
    new = [reason for reason in carry if (reason.id, reason.holds) not in known]
    return tuple(dict.fromkeys(reason.text for reason in new or carry))[:MOST_REASONS]


def _turning_day(along: Outcome, after: Stand, day: date) -> date | None:
    """The day on which it turns, no later than `day`; None where time alone does not say."""
    turn = {"yes": along.from_, "unknown": along.sure_until or along.from_, "no": along.until}.get(after)
    return turn if turn is not None and turn <= day else None
