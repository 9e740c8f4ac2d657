"""The adviser's pages: every question, the law on each line, what-ifs beside the answer."""

import gzip
import re
from datetime import date
from html import unescape

import httpx2
import pytest

from offer.clock import today
from offer.eligibility.dates import birthday
from offer.eligibility.facts import FACTS
from offer.published import Published

ANSWER_WITH_ITS_LAW = 20_000  # bytes: a hundred lines of law, for who asks for them
BORN = date(today().year - 19, 4, 20)
PERSON = {
    "dob-day": "20", "dob-month": "4", "dob-year": str(BORN.year), "place": "NG34 7EF",
    "council": "Lincolnshire", "care_when": "left_at_18", "care_13_weeks": "true",
}  # fmt: skip
SECTION = re.compile(r'<section class="app-column" aria-label="([^"]+)">(.*?)</section>', re.S)


async def answered(client: httpx2.AsyncClient, **more: str) -> httpx2.Response:
    return await client.post("/adviser", data=PERSON | more)


def columns(reply: httpx2.Response) -> dict[str, str]:
    """Each what-if's words by its title."""
    return {title: unescape(re.sub(r"<[^>]+>|\s+", " ", body)) for title, body in SECTION.findall(reply.text)}


def slugs(column: str, text: str) -> set[str]:
    """The things linked in a what-if."""
    found = dict(SECTION.findall(text))[column]
    return set(re.findall(r'href="/entitlements/([a-z0-9-]+)"', found))


async def test_every_question_that_can_be_asked_stands_on_one_page(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/adviser")).text
    asked = set(re.findall(r'name="([a-z0-9_]+)"', page))
    plain = {
        name
        for name, fact in FACTS.items()
        if not fact.derived and fact.type in ("bool", "choice", "int") and name not in asked
    }
    assert plain == set()
    assert {"dob-day", "place", "council", "care-1-start-day", "course_ends_on-day"} <= set(
        re.findall(r'name="([\w-]+)"', page)
    )
    assert len(gzip.compress(page.encode())) <= 10_000


async def test_answers_to_choose_from_begin_with_their_number(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/adviser")).text
    assert re.search(r'<option value="true">1 Yes</option><option value="false">2 No</option>', page)


async def test_the_answer_has_law_duty_and_decider_on_every_line(
    client: httpx2.AsyncClient, published: Published
) -> None:
    reply = await answered(client)
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "private, no-cache"
    rows = re.findall(r'<li><h4><a href="/entitlements/([a-z0-9-]+)">.*?</li>', reply.text, re.S)
    assert len(rows) > 50
    for each in re.findall(r"<li><h4>.*?</li>", reply.text, re.S):
        assert all(f"<b>{label}</b>" in each for label in ("The law", "Must or may", "Who decides"))
    entry = published.entries["setting-up-home-allowance"]
    line = next(each for each in re.findall(r"<li><h4>.*?</li>", reply.text, re.S) if entry.id in each)
    assert all(law.cite in unescape(line) for law in entry.legal_basis)
    assert len(gzip.compress(reply.content)) <= ANSWER_WITH_ITS_LAW


async def test_nothing_told_stands_in_an_address(client: httpx2.AsyncClient) -> None:
    reply = await answered(client)
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', reply.text)
    assert not [each for each in addresses if "NG34" in each or str(BORN.year) in each or "dob" in each]


async def test_a_birthday_at_one_press(client: httpx2.AsyncClient) -> None:
    reply = await answered(client, quick="21")
    column = columns(reply)["What if 1"]
    assert f"On their 21st birthday, 20 April {birthday(BORN, 21).year}" in column
    assert "Lost" in column
    assert f"From 20 April {BORN.year + 21}." in column
    assert 'name="if1-when"' in reply.text


async def test_a_move_a_course_and_another_answer_side_by_side(client: httpx2.AsyncClient) -> None:
    question = FACTS["parent"].question
    reply = await answered(
        client,
        **{"if1-place": "Boston", "if2-course": "in_education:he_ft", "if3-answer": f"{question} yes"},
    )
    found = columns(reply)
    assert list(found) == ["Next birthday", "What if 1", "What if 2", "What if 3"]
    assert "They move to Boston" in found["What if 1"]
    assert {"council-tax-boston", "council-tax-north-kesteven"} <= slugs("What if 1", reply.text)
    assert "It belongs to another council." in found["What if 1"]
    assert "Gained" in found["What if 2"]
    assert f"{question} Yes" in found["What if 3"]
    assert len(gzip.compress(reply.content)) <= ANSWER_WITH_ITS_LAW


async def test_a_what_if_equal_to_the_answers_changes_nothing(client: httpx2.AsyncClient) -> None:
    question = FACTS["care_13_weeks"].question
    reply = await answered(client, **{"if1-place": "NG34 7EF", "if2-answer": f"{question} Yes"})
    found = columns(reply)
    assert "Nothing changes." in found["What if 1"]
    assert "Nothing changes." in found["What if 2"]


async def test_leaving_care_on_a_day(client: httpx2.AsyncClient) -> None:
    born, leaves = today().year - 17, birthday(date(today().year - 17, 1, 2), 18)
    person = {
        "dob-day": "2", "dob-month": "1", "dob-year": str(born), "council": "Durham",
        "care_when": "still_in_care", "care_13_weeks": "true",
        "if1-leave-day": str(leaves.day), "if1-leave-month": str(leaves.month),
        "if1-leave-year": str(leaves.year),
    }  # fmt: skip
    reply = await client.post("/adviser", data=person)
    column = columns(reply)["What if 1"]
    assert f"They leave care on 2 January {leaves.year}" in column
    assert "Gained" in column or "Now a might" in column


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"if1-when": "day"}, "Give the day to look at."),
        ({"if1-on-day": "1", "if1-on-month": "1", "if1-on-year": "1990"}, "1 January 1990 is past."),
        ({"if1-on-day": "31", "if1-on-month": "2", "if1-on-year": "2030"}, "there is no such day"),
        ({"if1-on-day": "1", "if1-on-month": "1", "if1-on-year": "<b>99"}, "in numbers"),
        ({"if1-place": "QQ1 1QQ"}, "QQ1 1QQ"),
        ({"if1-course": "in_education:hacking"}, "Choose one that the list offers."),
        ({"if1-answer": "<script>alert(1)</script>"}, "“<script>alert(1)</script>”"),
        ({"if1-leave-day": "1", "if1-leave-month": "1", "if1-leave-year": "2030"}, "in care now"),
        ({"said-day": "1", "said-month": "1", "said-year": "2999"}, "Choose a day before today."),
        ({"said-day": "0", "said-month": "99", "said-year": "0000"}, "no such month"),
    ],
)
async def test_what_cannot_be_used_says_what_to_put_right_and_all_else_is_answered(
    client: httpx2.AsyncClient, typed: dict[str, str], words: str
) -> None:
    reply = await answered(client, **typed)
    assert reply.status_code == 200
    assert words in unescape(reply.text)
    assert "<script>alert" not in reply.text
    assert 'id="yes"' in reply.text


async def test_a_birthday_needs_a_birth_date(client: httpx2.AsyncClient) -> None:
    reply = await client.post("/adviser", data={"age_years": "19", "if1-when": "21"})
    assert "Give the date of birth" in columns(reply)["What if 1"]
    assert "Next birthday" not in columns(reply)


async def test_faults_keep_all_that_was_typed(client: httpx2.AsyncClient) -> None:
    reply = await answered(client, **{"dob-month": "14", "employed": "true"})
    assert reply.status_code == 422
    assert '<a href="#dob-day">' in reply.text
    assert re.search(r'id="employed".*?<option value="true" selected>', reply.text, re.S)
    assert 'value="NG34 7EF"' in reply.text
    assert 'value="Lincolnshire"' in reply.text


async def test_back_to_all_questions_with_the_answers(client: httpx2.AsyncClient) -> None:
    reply = await answered(client, edit="every", parent="false")
    assert reply.status_code == 200
    assert "<h1" in reply.text
    assert re.search(r'id="parent".*?<option value="false" selected>', reply.text, re.S)
    assert 'name="child_under_4"' not in reply.text  # shut by that answer


async def test_without_a_database_an_earlier_day_says_so(client: httpx2.AsyncClient) -> None:
    reply = await answered(client, **{"said-day": "3", "said-month": "5", "said-year": "2026"})
    assert reply.status_code == 200
    assert "We cannot look at earlier lists just now." in reply.text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"council": "Kent"}, "We do not have Kent’s own offer yet. By law it must publish one."),
        ({"council": ""}, "Which council looked after them is open"),
        ({"council": "", "responsible_authority": "wales"}, "A council in Wales looked after you"),
        ({"dob-year": str(BORN.year - 40)}, "Most support for care leavers ends at 25."),
    ],
)
async def test_what_changes_the_whole_answer_stands_before_it(
    client: httpx2.AsyncClient, told: dict[str, str], words: str
) -> None:
    text = unescape(re.sub(r"<[^>]+>", "", (await answered(client, **told)).text))
    assert words in text
    assert ("Which council looked after them is open" in text) == (told == {"council": ""})


async def test_each_part_that_sends_opens_where_its_answer_stands(client: httpx2.AsyncClient) -> None:
    page = (await answered(client)).text
    led = set(re.findall(r'formaction="/adviser#([a-z-]+)"', page))
    assert led == {"ask", "what-if", "earlier"}
    assert all(re.search(rf'<h2[^>]* id="{part}" tabindex="-1"', page) for part in led)


async def test_a_body_that_no_form_sends_is_refused(client: httpx2.AsyncClient) -> None:
    reply = await client.post("/adviser", content=b"{}", headers={"content-type": "application/json"})
    assert reply.status_code == 415


async def test_reasons_are_said_in_the_readers_language(client: httpx2.AsyncClient) -> None:
    english = await answered(client, quick="21")
    arabic = await client.post("/ar/adviser", data=PERSON | {"quick": "21"})
    assert arabic.status_code == 200
    reason = "This is for people aged 16 to 20."
    assert reason in english.text
    assert reason not in arabic.text
    assert slugs("What if 1", english.text) == set(
        re.findall(r'href="/ar/entitlements/([a-z0-9-]+)"', SECTION.findall(arabic.text)[1][1])
    )
