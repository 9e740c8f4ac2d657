"""A phone that kept its rules for years: a law is never a yes before its first day, nor after its last."""

from datetime import date
from typing import Any

from directory.places import Places
from offer.pack import pack
from tests.offer.dated import TODAY, edition, entry
from tests.twin.conftest import Asked

RULE = {"id": "r", "fact": "age_years", "from": 16, "before": 30, "cite": "Invented"}
LAW = entry(
    id="soon",
    in_force="not-yet",
    begins="2027-04-01",
    ends="2030-04-01",
    rule=RULE,
    amount={"text": "£8", "end": "2028-04-01"},
    more_amounts=[{"text": "£9", "start": "2028-04-01"}],
)
NEVER = entry(id="never", in_force="not-yet", rule=RULE)
DAYS = ("2026-11-22", "2027-03-31", "2027-04-01", "2028-04-01", "2030-03-31", "2030-04-01", "2040-01-01")
BORN = {"date_of_birth": "2007-10-05"}


def test_an_old_pack_still_answers_as_the_law_stands_on_the_day(answers: Asked, places: Places) -> None:
    data = pack(edition([LAW, NEVER], places), TODAY)
    assert data["valid_until"] == "2027-04-01"
    found = answers(*[BORN] * len(DAYS), days=DAYS, packs=[data])
    told = {answer["on"]: _of(answer, "soon") for answer in found}
    assert told == {
        "2026-11-22": ("unknown", "coming", "2027-04-01", None, "£8. From 1 April 2028: £9"),
        "2027-03-31": ("unknown", "coming", "2027-04-01", None, "£8. From 1 April 2028: £9"),
        "2027-04-01": ("yes", "in-force", None, "2030-04-01", "£8. From 1 April 2028: £9"),
        "2028-04-01": ("yes", "in-force", None, "2030-04-01", "£9"),
        "2030-03-31": ("yes", "in-force", None, "2030-04-01", "£9"),
        "2030-04-01": ("no", "ended", None, None, "£9"),
        "2040-01-01": ("no", "ended", None, None, "£9"),
    }
    assert {_of(answer, "never")[:2] for answer in found if answer["on"] < "2037"} == {("unknown", "coming")}
    assert [answer["out_of_date"] for answer in found] == [False, False, True, True, True, True, True]


def test_a_pack_made_later_holds_what_is_left_of_the_law(answers: Asked, places: Places) -> None:
    published = edition([LAW], places)
    for made, standing in (("2028-05-01", "in-force"), ("2031-01-01", "ended")):
        data = pack(published, date.fromisoformat(made))
        assert data["entries"][0]["stands"][0]["standing"] == standing
        (answer,) = answers(BORN, days=[made], packs=[data])
        assert answer["outcomes"][0]["standing"] == standing


def _of(answer: dict[str, Any], slug: str) -> tuple[str | None, ...]:
    one = next(each for each in answer["outcomes"] if each["slug"] == slug)
    return (one["outcome"], one["standing"], one["from"], one["until"], one["worth"] and one["worth"]["text"])
