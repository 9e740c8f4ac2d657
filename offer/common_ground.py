"""What is the same in every district a place may be in, so that it can be told before one is chosen.

Half a postcode or a town's name may fit several districts. Nothing is guessed from the
largest: a thing is told only where each of them, by itself, comes to the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from directory.places import Area
from offer.answer_parts import Answer, Outcome, in_order
from offer.council_tax import by_district, is_weak
from offer.entitlements.schema import ParameterRow
from offer.outcome_parts import Reason
from offer.person import Person
from offer.published import Published

MOST = 6  # districts compared for one person: half a postcode lies in six at most
SAME = Reason("lives_in", "It is the same in each place that you may live in.", True, None)


@dataclass(frozen=True, slots=True)
class CommonGround:
    """What several districts share on a day.

    `authority`: the one upper-tier council of all, or None. `council_tax`: the rules in force where they
    are alike in all, whoever's care leavers they are for; () where they differ or we hold none for one.
    `rules`: those of each district by its code.
    """

    authority: Area | None
    council_tax: tuple[ParameterRow, ...]
    rules: Mapping[str, tuple[ParameterRow, ...]]


def common_ground(published: Published, districts: Iterable[str], on: date) -> CommonGround:
    """What the districts of these codes share. Codes outside England share nothing with any."""
    wanted = tuple(dict.fromkeys(districts))
    found = {each.district.gss: each for each in by_district(published, on) if each.district.gss in wanted}
    rules = {code: found[code].rules if code in found else () for code in wanted}
    councils = {found[code].authority if code in found else None for code in wanted}
    kinds = {tuple(_terms(row, found[code].authority) for row in rows) for code, rows in rules.items()
             if code in found}  # fmt: skip
    alike = len(found) == len(wanted) and len(kinds) == 1
    return CommonGround(
        authority=councils.pop() if len(councils) == 1 else None,
        council_tax=next(iter(rules.values()), ()) if alike else (),
        rules=rules,
    )


def _terms(row: ParameterRow, authority: Area) -> tuple[object, ...]:
    """What a rule comes to; "our own care leavers" are others in another council."""
    whose = authority.gss if row.who.startswith("own") else ""
    return (row.age_before, row.percent, tuple(row.bands), row.who, whose, is_weak(row))


def answer_in_all(
    published: Published, person: Person, districts: Sequence[str], *, explain_open: bool = True
) -> Answer:
    """A person's answer while the district is open: what each of them comes to alike is settled.

    An entry that only some of the districts have is left out, as before. `explain_open`: see `answer`.
    """
    open_answer = person.answer(published, explain_open=explain_open)
    if not 1 < len(districts) <= MOST:
        return open_answer
    each = [
        _by_slug(_living_in(person, code).answer(published, explain_open=explain_open)) for code in districts
    ]
    outcomes = {outcome.slug: outcome for outcome in open_answer.outcomes}
    for slug, first in each[0].items():
        others = [answer[slug] for answer in each if slug in answer]
        alike = len(others) == len(each) and len({other.outcome for other in others}) == 1
        if alike and (slug not in outcomes or outcomes[slug].outcome != first.outcome):
            outcomes[slug] = _joined(others)
    return replace(open_answer, outcomes=in_order(outcomes.values()))


def _living_in(person: Person, district: str) -> Person:
    facts = {**person.situation.facts, "lives_in": district}
    return replace(person, situation=replace(person.situation, facts=facts))


def _by_slug(answer: Answer) -> dict[str, Outcome]:
    return {outcome.slug: outcome for outcome in answer.outcomes}


def _joined(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome for all: only what each of them says is kept."""
    first = outcomes[0]
    shared = [reason for reason in first.because if all(reason in other.because for other in outcomes)]
    because = (*shared, SAME) if len(shared) < len(first.because) else tuple(shared)
    return first._replace(
        because=because,
        asks=tuple(ask for ask in first.asks if all(ask in other.asks for other in outcomes)),
        from_=first.from_ if len({other.from_ for other in outcomes}) == 1 else None,
        until=first.until if len({other.until for other in outcomes}) == 1 else None,
        until_age=first.until_age if len({other.until_age for other in outcomes}) == 1 else None,
        sure_until=first.sure_until if len({other.sure_until for other in outcomes}) == 1 else None,
        sure_until_age=first.sure_until_age
        if len({other.sure_until_age for other in outcomes}) == 1
        else None,
        closest=first.closest if len({other.closest for other in outcomes}) == 1 else (),
    )
