"""Cases of other projects on birth dates known in part, date sums, and the 16 to 19 bursary.

Ages and leap-day birthdays are in eligibility/test_dates, and/or/not in eligibility/test_evaluate.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from offer.eligibility.dates import age_in_years, birthday, months_after
from offer.person import read_person
from offer.published import Published
from tests.conftest import SHARED

pytestmark = pytest.mark.usefixtures("shared")
ON = date(2026, 11, 22)
BURSARY = "bursary-16-to-19"
# The source wants a home in England. The guide "applies to England" and no rule on the home was found, so
# that ours is not a plain no: it is never a yes either, but the college's to say.
THE_COLLEGE_SAYS = {"bursary-13"}
Case = Mapping[str, Any]


@cache
def groups() -> Mapping[str, tuple[Case, ...]]:
    """Each group's cases by its name; none where they do not stand beside the project."""
    path = SHARED / "cases" / "outside_vectors.json"
    if not path.is_file():
        return {}
    read = json.loads(path.read_text("utf-8"))["groups"]
    return {group["name"]: tuple(group["cases"]) for group in read}


def cases(*names: str) -> pytest.MarkDecorator:
    """One test a case, by its id."""
    found = [case for name in names for case in groups().get(name, ())]
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


DAYS = tuple(date(1962, 1, 1) + timedelta(days=number) for number in range(60 * 365))


def birth_dates(text: str | None) -> list[date]:
    """Every day that a birth date known to the day, month or year can be; of one not known, any day."""
    return [day for day in DAYS if day.isoformat().startswith(text or "")]


# Source: ehn-dcc-development/dgc-business-rules, recognising minors (Apache-2.0)
@cases("under 18 on a day, decided", "under 18 on a day, undecided from a partial birth date")
def test_under_18_is_known_only_where_every_possible_birth_date_agrees(case: Case) -> None:
    on = date.fromisoformat(case["on"])
    answers = {age_in_years(born, on) < 18 for born in birth_dates(case["dob"])}
    assert (answers.pop() if len(answers) == 1 else None) is case["expected_is_minor"]


SUMS: Mapping[str, Callable[[date, int], date]] = {
    "day": lambda day, number: day + timedelta(days=number),
    "month": months_after,
    "year": birthday,
}


# Source: ehn-dcc-development/dgc-business-rules, certlogic-js internals (Apache-2.0)
@cases("adding to a leap day, CertLogic")
def test_a_sum_on_a_leap_day_lands_on_1_march(case: Case) -> None:
    if "date" in case:
        assert SUMS[case["unit"]](date.fromisoformat(case["date"]), case["add"]).isoformat() == case["gives"]
    else:
        assert birthday(date.fromisoformat(case["dob"]), case["age"]).isoformat() == case["reached_on"]


def bursary_facts(case: Case) -> dict[str, object]:
    """The source's facts under our names, as the group's `fact_names` say; both ages are the same number."""
    told, age = case["facts"], case["facts"]["age"]
    care: dict[str, object] = {"currently_looked_after": False, "care_status": "none"}
    care |= {"ever_looked_after_at_16_or_17": False, "counted_care_days_since_14": 0}
    if told["in_care_or_care_leaver"]:
        care = {"currently_looked_after": True} if age < 18 else {"care_status": "former_relevant"}
    return {
        **care,
        "age_years": age,
        "age_on_31_august": age,
        "residence_nation": told["nation_of_home"],
        "in_education": {"post_16_study": "fe_ft"}.get(told["learning"], told["learning"]),
        "receives_uc": told["gets_universal_credit_in_own_right"],
        "household_receives_uc": told["someone_in_the_home_gets_universal_credit"],
        "supports_self": told["supports_self"],
        "receives_income_support": told["gets_income_support"],
        "receives_esa": told["gets_esa"],
        "receives_dla_or_pip": told["gets_dla_or_pip"],
    }


# Source: PolicyEngine/policyengine-uk, bursary_fund_16_to_19 (AGPL-3.0, restated)
@cases("16 to 19 Bursary, vulnerable groups, England")
def test_the_bursary_agrees_with_policyengine(published: Published, case: Case) -> None:
    answer = read_person(published, bursary_facts(case), ON).answer(published)
    outcome = next(each for each in answer.outcomes if each.slug == BURSARY)
    entry = published.entries[BURSARY]
    if case["id"] in THE_COLLEGE_SAYS:
        assert (outcome.outcome, outcome.missing) == ("unknown", ())
        assert outcome.asks == (
            "If your home is not in England, ask your school or college whether it can pay you.",
        )
        assert "We found no rule about where your home has to be" in " ".join(entry.not_sure)
    else:
        assert outcome.outcome == ("yes" if case["expected_eligible"] else "no"), case.get("because")
    assert entry.amount is not None
    assert entry.amount.pence is not None
    assert case["amount"] * 100 <= entry.amount.pence


def test_every_case_of_these_groups_is_run() -> None:
    assert len(groups()["16 to 19 Bursary, vulnerable groups, England"]) == 13
    assert len(groups()["adding to a leap day, CertLogic"]) == 12
    minors = ("under 18 on a day, decided", "under 18 on a day, undecided from a partial birth date")
    assert sum(len(groups()[name]) for name in minors) == 30
