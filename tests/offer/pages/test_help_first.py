"""In a crisis every number of the reviewed facts and no other; where nothing is found, people to ask."""

import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest

from directory.help_now import tel
from offer.published import Published
from search.crisis import needs

DURHAM, LINCOLNSHIRE, KENT = "E06000047", "E10000019", "E10000016"
WORDS = {
    "harm-to-self": "i want to kil myself",
    "being-hurt-or-controlled": "my bf hits me",
    "exploited-or-missing": "they took over my flat to deal drugs",
    "nowhere-tonight": "no where to sleep tonite",
    "no-food-or-heat": "ive got no food",
}
OWN_TEAMS = {
    DURHAM: {"durham-emergency-duty-team", "durham-care-leavers-service"},
    LINCOLNSHIRE: {"lincolnshire-edt", "lincolnshire-leaving-care-service"},
}


@pytest.fixture(scope="session")
def facts(shared: Path) -> dict[str, Any]:
    """help_now.json as given."""
    found: dict[str, Any] = json.loads((shared / "facts" / "help_now.json").read_text("utf-8"))
    return found


def links(lines: list[dict[str, Any]]) -> set[str]:
    """The tel: and sms: links of lines that may be shown."""
    shown = [line for line in lines if line["show"] == "yes"]
    called = {tel(line["phone"]) for line in shown if line["phone"]}
    # Missing People and SafeCall share one number, which is shown once and need not be texted.
    texted = {re.findall(r"\d[\d ]+", line["text"])[-1] for line in shown if line["text"]}
    return called | {f"sms:{number.replace(' ', '')}" for number in texted}


def banner_links(html: str) -> set[str]:
    """The links of the banner, folded lines and all."""
    banner = html[html.index('class="app-alarm"') : html.index("<h1")]
    return set(re.findall(r'href="((?:tel|sms):[^"]*)"', banner))


@pytest.mark.parametrize("need", WORDS)
async def test_the_banner_has_every_number_of_the_facts_and_no_other(
    client: httpx2.AsyncClient, facts: dict[str, Any], need: str
) -> None:
    assert needs(WORDS[need]) == (need,)
    page = await client.post("/search", data={"q": WORDS[need]})
    lines = {line["slug"]: line for line in facts["lines"]}
    assert banner_links(page.text) == links([lines[slug] for slug in facts["banner"][need]])


@pytest.mark.parametrize("need", sorted(set(WORDS) - {"harm-to-self"}))
@pytest.mark.parametrize("council", OWN_TEAMS)
async def test_the_councils_own_teams_stand_in_it_by_day_and_by_night(
    client: httpx2.AsyncClient, facts: dict[str, Any], published: Published, need: str, council: str
) -> None:
    lines = {line["slug"]: line for line in facts["lines"]}
    numbers = {
        tel(lines[slug]["phone"]) if slug in lines else tel(published.services[slug].phones[0].number)
        for slug in OWN_TEAMS[council]
    }
    page = await client.get("/search", params={"q": WORDS[need], "by": council})
    national = links([lines[slug] for slug in facts["banner"][need]])
    assert numbers <= banner_links(page.text)
    assert national <= banner_links(page.text)
    theirs = {phone.number for view in published.services.values() for phone in view.phones}
    assert banner_links(page.text) - national <= {tel(number) for number in theirs} | numbers


async def test_where_we_hold_no_team_none_is_made_up(
    client: httpx2.AsyncClient, facts: dict[str, Any]
) -> None:
    lines = {line["slug"]: line for line in facts["lines"]}
    for need, words in WORDS.items():
        page = await client.get("/search", params={"q": words, "by": KENT})
        assert banner_links(page.text) == links([lines[slug] for slug in facts["banner"][need]])


async def test_the_api_gives_the_same_numbers(client: httpx2.AsyncClient, facts: dict[str, Any]) -> None:
    lines = {line["slug"]: line for line in facts["lines"]}
    for need, words in WORDS.items():
        reply = (await client.post("/api/v1/search", json={"q": words})).json()
        assert reply["crisis"] is True
        given = {tel(phone["number"]) for line in reply["help_now"] for phone in line["phones"]}
        given |= {f"sms:{line['text_to']}" for line in reply["help_now"] if line.get("text_to")}
        assert given == links([lines[slug] for slug in facts["banner"][need]])


@pytest.mark.parametrize("council", [DURHAM, LINCOLNSHIRE])
async def test_nothing_found_gives_topics_the_councils_own_phone_and_the_adviser(
    client: httpx2.AsyncClient, published: Published, council: str
) -> None:
    page = await client.get("/search", params={"q": "xyzzyqqq", "by": council})
    own = {
        tel(phone.number)
        for view in published.services.values()
        for phone in view.phones
        if view.is_shown
        and view.record.authority == council
        and view.record.kind in ("leaving-care-team", "care-leaver-hub")
    }
    main = page.text[page.text.index("<main") :]
    assert "Nothing found" in main
    assert own & set(re.findall(r'href="(tel:[^"]*)"', main))
    assert "Ask your adviser" in main
    assert main.count('href="/topics/') >= 10


@pytest.mark.parametrize("asked", [{"by": KENT}, {"lives_in": "E07000106"}, {}])
async def test_nothing_found_where_we_hold_no_offer_still_names_people_to_ring(
    client: httpx2.AsyncClient, published: Published, asked: dict[str, str]
) -> None:
    page = await client.get("/search", params={"q": "xyzzyqqq", **asked})
    main = page.text[page.text.index("<main") :]
    assert f"Ring {'Kent County Council' if asked else 'your council'} and ask" in main
    become = published.services["become"].phones[0].number
    assert f'href="{tel(become)}"' in main
    assert "Ask your adviser" in main
    assert main.count('href="/topics/') >= 10
