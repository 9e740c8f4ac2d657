"""A whole visit over HTTP, with two browsers, without script."""

import re
from datetime import timedelta
from html import unescape

import pytest

from offer.clock import now, today
from offer.visits import store
from tests.offer.visits.people import Phone, begun, together

NOT_FOUND = "nowhere-at-all-00000000"


async def test_two_people_answer_and_see_the_same_each_in_their_own_words(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young)
    born = today().replace(day=1) - timedelta(days=19 * 366)
    said = {"dob-day": "1", "dob-month": str(born.month), "dob-year": str(born.year)}
    assert (await young.post(f"{visit}/answer", **said)).status_code == 200
    await adviser.post(f"{visit}/answer", responsible_authority="E06000047")
    await adviser.post(f"{visit}/answer", care_when="left_at_18")
    theirs, ours = (await adviser.get(visit)).text, (await young.get(visit)).text
    for title in ("Money to set up your first home", "A personal adviser"):
        assert (title in theirs) == (title in ours)
    assert "You said this" in ours and "The young person said this" in theirs
    assert "Your adviser said this" in ours
    assert "Children Act 1989" in theirs and "The law" in theirs
    assert "app-lawline" not in ours
    assert "no-store" in (await young.get(visit)).headers["cache-control"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"responsible_authority": "E10000016"}, "We do not have Kent’s own offer yet."),
        ({"responsible_authority": "wales"}, "Wales has its own law"),
        ({"in_custody": "true"}, "One page for somebody in prison"),
        ({"age_years": "14"}, "Most of this starts at 16."),
        ({"age_years": "26"}, "Most support for care leavers ends at 25."),
    ],
)
async def test_what_changes_the_whole_answer_is_said_to_both(
    phones: tuple[Phone, Phone, Phone], told: dict[str, str], words: str
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, **told)
    for page in (await adviser.get(visit), await young.get(visit)):
        assert words in unescape(re.sub(r"<[^>]+>", "", page.text))


async def test_a_question_taken_out_is_gone_for_both(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    refused = await adviser.post(f"{visit}/leave-out", fact="lives_in")
    assert refused.status_code == 422 and "Only the young person" in refused.text
    await young.post(f"{visit}/leave-out", fact="lives_in")
    said = await adviser.post(f"{visit}/answer", place="Sleaford")
    assert said.status_code == 422 and "would rather not answer" in said.text
    assert "Not answered here, as the young person wished" in (await adviser.get(visit)).text
    assert "Not answered here, as you wished" in (await young.get(visit)).text
    await young.post(f"{visit}/answer", place="Sleaford")
    assert "Not answered here" not in (await adviser.get(visit)).text


async def test_what_makes_no_sense_is_refused_and_nothing_is_lost(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    for fields in (
        {"age_years": "minus two"},
        {"place": "xyzzy"},
        {"dob-day": "31", "dob-month": "2", "dob-year": "2007"},
    ):
        reply = await adviser.post(f"{visit}/answer", **fields)
        assert reply.status_code == 422 and "Something needs putting right" in reply.text
    assert "19</b>" in (await young.get(visit)).text
    empty = await adviser.post(f"{visit}/answer", age_years=" ")
    assert empty.status_code == 422 and "Type or choose an answer first" in empty.text
    await adviser.post(f"{visit}/answer", shoe_size="44")  # a question nobody asked: nothing changes
    assert "19</b>" in (await young.get(visit)).text


async def test_an_answer_that_fits_no_more_is_set_aside_and_the_rest_stands(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    no_longer = {"responsible_authority": "E99999999", "care_when": "a word of an old catalogue"}
    visit = await together(adviser, young, age_years="19", place="Sleaford", **no_longer)
    for phone in (adviser, young):
        room = (await phone.get(visit)).text
        assert "Some answers do not fit what we know now" in room
        assert "19</b>" in room and "North Kesteven" in room and 'id="yes"' in room
    assert (await young.post(f"{visit}/answer", employed="true")).status_code == 200
    assert (await adviser.post(f"{visit}/answer", responsible_authority="E10000019")).status_code == 200
    await adviser.post(f"{visit}/answer", care_when="left_at_18")
    room = (await young.get(visit)).text
    assert "Some answers do not fit" not in room and "Lincolnshire" in room and "19</b>" in room


async def test_both_are_told_when_they_answer_one_question_at_the_same_moment(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young)
    seen = re.search(r'name="seen_change" value="(\d+)"', (await young.get(visit)).text)
    assert seen
    await adviser.post(f"{visit}/answer", age_years="19", seen_change=seen[1])
    await young.post(f"{visit}/answer", age_years="20", seen_change=seen[1])
    for phone, whose in ((adviser, "The young person said this"), (young, "You said this")):
        room = (await phone.get(visit)).text
        told = room.partition("You both answered this at the same moment")[2].partition("</p>")[0]
        assert "The later answer stands: Aged 20." in told and whose in told
    now_seen = str(int(seen[1]) + 2)
    await adviser.post(f"{visit}/answer", age_years="21", seen_change=now_seen)
    assert "at the same moment" not in (await young.get(visit)).text
    await young.post(f"{visit}/answer", employed="true", seen_change="²" * 3)
    assert "at the same moment" not in (await adviser.get(visit)).text


async def test_one_shows_the_other_something(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19", responsible_authority="E06000047")
    await adviser.post(f"{visit}/point", at="setting-up-home-allowance")
    assert "Look at this:" in (await young.get(visit)).text
    assert "You are showing them:" in (await adviser.get(visit)).text
    await adviser.post(f"{visit}/point", at="")
    assert "Look at this:" not in (await young.get(visit)).text
    await adviser.post(f"{visit}/point", at="<script>")
    assert "Look at this:" not in (await young.get(visit)).text


async def test_a_stranger_sees_the_door_and_changes_nothing(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, stranger = phones
    visit = await together(adviser, young, place="Sleaford")
    seen = await stranger.get(visit)
    assert "Ask to join" in seen.text and "Sleaford" not in seen.text
    assert (await stranger.post(f"{visit}/answer", age_years="40")).status_code == 403
    stranger.http.cookies.set("visit", "forged.adviser.AAAA.en.AAAA", path=visit)
    assert "Ask to join" in (await stranger.get(visit)).text
    knocked = await stranger.post(f"{visit}/knock")
    assert "Waiting" not in knocked.text, "two are here: nobody else may come"
    assert (await stranger.get(f"/visit/{NOT_FOUND}")).status_code == 410
    assert (await stranger.http.get(f"{visit}/live")).status_code == 204


async def test_joining_twice_is_joining_once(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit, code = await begun(adviser)
    await adviser.post("/join", code=code)  # their own code
    assert "Somebody wants to join" not in (await adviser.get(visit)).text
    first = await young.post("/join", code=code)
    again = await young.post("/join", code=code)  # Back, and the code typed once more
    once_more = await young.post(f"{visit}/knock")
    numbers = [re.findall(r'app-number">(\d\d)<', page.text) for page in (first, again, once_more)]
    assert numbers[0] and numbers[0] == numbers[1] == numbers[2]
    room = (await adviser.get(visit)).text
    assert room.count("Somebody wants to join") == 1
    knock = re.search(r'name="knock" value="([^"]+)"', room)
    assert knock
    for nobody in ("", "x", "x" * 500):
        assert (await adviser.post(f"{visit}/admit", knock=nobody)).status_code == 422
        assert (await adviser.post(f"{visit}/turn-away", knock=nobody)).status_code == 200
    await adviser.post(f"{visit}/admit", knock=knock[1])
    twice = await adviser.post(f"{visit}/admit", knock=knock[1])
    assert twice.status_code == 422 and "two of you are here already" in twice.text
    assert "You and your adviser are here" in (await young.post(f"{visit}/knock")).text


async def test_wrong_codes_are_said_and_soon_stopped(phones: tuple[Phone, Phone, Phone]) -> None:
    _, _, stranger = phones
    for typed in ("", "hello", "C4HK9", "🙂🙂🙂🙂🙂🙂"):
        reply = await stranger.post("/join", code=typed)
        assert reply.status_code == 422 and "six letters and numbers" in reply.text
    replies = [await stranger.post("/join", code="CCCCCC") for _ in range(65)]
    assert [reply.status_code for reply in replies] == [422] * 60 + [429] * 5
    assert replies[-1].headers["retry-after"] == "600"


async def test_the_square_code_leads_to_the_visit_and_no_code_is_asked(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    visit, _code = await begun(adviser)
    room = (await adviser.get(visit)).text
    assert "A square code that leads to this visit" in room
    assert "Waiting to be let in" in (await young.post(f"{visit}/knock")).text


async def test_each_reads_in_their_own_language(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    arabic = await young.post(f"{visit}/language", language="ar")
    assert '<html lang="ar" dir="rtl"' in arabic.text
    assert '<html lang="en"' in (await adviser.get(visit)).text
    await young.post(f"{visit}/answer", place="Sleaford")
    assert "Sleaford" in (await adviser.get(visit)).text


async def test_leaving_and_wiping(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, place="Sleaford")
    left = await young.post(f"{visit}/leave")
    assert "You have left the visit" in left.text
    assert "Sleaford" not in (await young.get(visit)).text
    assert "The other person has left" in (await adviser.get(visit)).text
    await adviser.post(f"{visit}/wipe")
    for phone in (adviser, young):
        over = await phone.get(visit)
        assert over.status_code == 410 and "This visit is over" in over.text


async def test_after_two_hours_it_is_over(
    phones: tuple[Phone, Phone, Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young)
    for module in (
        "offer.pages.visit_room",
        "offer.pages.visit_deeds",
        "offer.pages.visit_live",
        "offer.app",
    ):
        monkeypatch.setattr(f"{module}.now", lambda: now() + store.LASTS)
    assert (await adviser.get(visit)).status_code == 410
    assert (await young.http.get(f"{visit}/live")).status_code == 204


async def test_cookies_go_to_the_visit_alone(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, _, _ = phones
    reply = await adviser.http.post("/visit", data={"role": "adviser"})
    cookie = reply.headers["set-cookie"]
    assert f"Path={reply.headers['location']}" in cookie
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=7200" in cookie
