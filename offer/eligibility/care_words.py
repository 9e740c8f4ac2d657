"""The reasons and warnings of a care status, in plain words to one person."""

from __future__ import annotations

from collections.abc import Iterable

from directory.phrase import choices, counted, phrase
from offer.eligibility.care_days import CareDays
from offer.eligibility.care_history import CareHistory, status_of
from offer.eligibility.dates import ONE_DAY
from offer.eligibility.situation_parts import Situation

STATUS_NAMES = {
    "eligible": phrase("in care at 16 or 17 (eligible child)"),
    "looked_after_not_eligible": phrase("in care at 16 or 17, for less than 13 weeks"),
    "relevant": phrase("left care at 16 or 17 (relevant child)"),
    "former_relevant": phrase("care leaver aged 18 or over (former relevant child)"),
    "qualifying_sgo": phrase("left care to a special guardian (qualifying)"),
    "qualifying_other": phrase("shorter time in care at 16 or 17 (qualifying)"),
    "past_qualifying": phrase("21 to 24, after a shorter time in care"),
    "none": phrase("no care leaver rights in law"),
    "looked_after_under_16": phrase("in care and under 16"),
}
_ELIGIBLE = "Sch 2 para 19B; Care Planning Regulations 2010 reg 40"
_CITES = {
    "eligible": f"Children Act 1989 {_ELIGIBLE}",
    "looked_after_not_eligible": f"Children Act 1989 s22; {_ELIGIBLE}",
    "qualifying_sgo": "Children Act 1989 s24(1A)",
    "past_qualifying": "Children Act 1989 s24B, s24D",
    "none": "Children Act 1989 s23A, s23C, s24; Sch 2 para 19B",
    "looked_after_under_16": "Children Act 1989 s22",
}
_NEAR_91 = range(90, 93)
_NEAR_3_MONTHS = range(89, 93)
_NATIONS = {
    "wales": phrase(
        "Your council is in Wales. Wales has its own law and its own names: "
        "ask your Welsh council which group (category) you are in."
    ),
    "scotland": phrase(
        "Your council is in Scotland. Scotland has its own law: "
        "ask your Scottish council about its aftercare."
    ),
    "northern_ireland": phrase(
        "You were in care in Northern Ireland. It has its own law: "
        "ask your health and social care trust about leaving care."
    ),
}
_AGES = {
    "under_16": phrase("You are under 16."),
    "16_17": phrase("You are 16 or 17."),
    "18_20": phrase("You are 18, 19 or 20."),
    "21_24": phrase("You are between 21 and 24."),
    "25_plus": phrase("You are 25 or over."),
}
_LEFT = {
    "still_in_care": phrase("You are in care now."),
    "left_at_18": phrase("You were in care until you turned 18."),
    "left_at_16_or_17": phrase("You left care when you were 16 or 17."),
    "left_before_16": phrase("You left care before you turned 16."),
    "never": phrase("You were never in care with a council."),
}


def cite_for(history: CareHistory) -> str:
    """The Act and section a settled status rests on."""
    status = status_of(history)
    if status == "former_relevant":
        return _former_relevant_cite(history)
    if status == "relevant":
        regulation = "3" if history.was_relevant else "3(2)"
        cite = f"Children Act 1989 s23A; Care Leavers (England) Regulations 2010 reg {regulation}"
        return cite + ("; reg 3(6)" if history.home_broke_down else "")
    if status == "qualifying_other":
        return f"Children Act 1989 s24(1B), s24(2)({'b' if history.other_s24 else 'a'})" + (
            "-(e)" if history.other_s24 else ""
        )
    return _CITES[status]


def _former_relevant_cite(history: CareHistory) -> str:
    if history.eligible_at_18:
        return f"Children Act 1989 s23C(1)(b); {_ELIGIBLE}"
    rest = "; reg 3(6)" if history.home_broke_down else ""
    return f"Children Act 1989 s23C(1)(a), s23A; Care Leavers (England) Regulations 2010 reg 3{rest}"


def reasons_for(history: CareHistory, days: CareDays | None, age: int | None) -> tuple[str, ...]:
    """Why a settled status is what it is: age, when care ended, how long, what came after."""
    reasons: list[str] = [
        _AGES[history.band] if age is None else phrase("You are %(age)s.", age=age),
        _LEFT[history.when],
    ]
    if history.band != "under_16" and history.when != "never":
        reasons.extend(_weeks(history, days))
    reasons.extend(_after_care(history))
    return tuple(reasons)


def _weeks(history: CareHistory, days: CareDays | None) -> Iterable[str]:
    if days is not None and history.when != "never":
        number = days.counted_days
        yield counted(
            "You had %(num)s day in care that count since you turned 14.",
            "You had %(num)s days in care that count since you turned 14.",
            number,
        )
    if history.thirteen_weeks:
        yield phrase("That is 13 weeks (91 days) or more, with a day at 16 or 17.")
    elif history.at_16_or_17:
        yield phrase("That is less than the 13 weeks (91 days) that full care leaver rights need.")
    elif not history.reg_3_2:
        yield phrase("You were not in care at 16 or 17.")


def _after_care(history: CareHistory) -> Iterable[str]:
    if history.reg_3_2:
        yield phrase(
            "You were in hospital or locked up on your 16th birthday, straight after 13 weeks in care."
        )
    if _lost_by_going_home(history):
        yield phrase("You lived with a parent for six months or more after care. That changes your rights.")
    if history.home_broke_down:
        yield phrase("Going home broke down before you turned 18, so your rights came back.")
    if history.special_guardian:
        yield phrase("You went straight from care to a special guardian.")
    if history.other_s24:
        yield phrase("At 16 or 17 you lived in a home or hospital that gives you a right to advice and help.")


def _lost_by_going_home(history: CareHistory) -> bool:
    return history.home_counts and (history.was_relevant or history.reg_3_2) and not history.eligible_at_18


def unknown_reasons(possible: frozenset[str]) -> tuple[str, ...]:
    """What to say while the status is open."""
    if not possible:
        return (phrase("Some of your answers do not fit together, so we cannot tell yet."),)
    if len(possible) > 4:
        return (phrase("We need to know your age and when you were in care."),)
    names = [name for status, name in STATUS_NAMES.items() if status in possible]
    return (
        phrase("It could be one of these: %(statuses)s.", statuses=choices(names)),
        phrase("A few more answers will settle it."),
    )


def warnings_for(
    situation: Situation, histories: tuple[CareHistory, ...], days: CareDays | None
) -> tuple[str, ...]:
    """What to check with a person before relying on the status."""
    found = list(_warnings_from_days(days, histories)) if days is not None else []
    adopted = situation.events.adopted_on
    told_home = situation.events.lived_6_months_with_parent_or_pr is not None
    if adopted and not told_home and days is not None and days.b16 <= adopted < days.b18:
        found.append(
            phrase(
                "You were adopted at 16 or 17. Six months or more with your new parents before 18 "
                "changes your rights. Tell us if that is so, and ask your council."
            )
        )
    if histories and all(_lost_by_going_home(h) for h in histories):
        found.append(
            phrase(
                "Ask the council to check the six months at home. If it broke down before you turned 18, "
                "your full rights come back."
            )
        )
    nation = situation.facts.get("responsible_authority_nation")
    if isinstance(nation, str) and nation in _NATIONS:
        found.append(_NATIONS[nation])
    return tuple(found)


def _warnings_from_days(days: CareDays, histories: tuple[CareHistory, ...]) -> Iterable[str]:
    if days.counted_days in _NEAR_91:
        yield phrase(
            "We count %(num)s days in care. The line is 91, and councils count the first and "
            "last day in different ways. Ask for your care dates in writing.",
            num=days.counted_days,
        )
    elif any((end - start).days in _NEAR_3_MONTHS and end > days.b16 for start, end in days.stays):
        yield phrase(
            "One of your stays was very close to three months. Student finance may count it either way: "
            "ask for your care dates in writing."
        )
    if days.on > days.b16 and days.last_end == days.b16 + ONE_DAY:
        yield phrase(
            "Your care ended on your 16th birthday. The law counts that day, but some councils are stricter. "
            "Ask for your care dates in writing, and for the council's answer."
        )
    if any(h.at_16_or_17 for h in histories) and not _counted_at_16(days):
        yield phrase(
            "You only had short breaks at 16 or 17. Read word for word, the law gives you a right to advice. "
            "Ask the council, because not every council reads it that way."
        )


def _counted_at_16(days: CareDays) -> bool:
    return any(end > days.b16 for _, end in days.counted)
