"""Councils side by side: chosen from lists, gaps in words, the same as a table that runs nothing."""

import csv
import gzip
import io

import httpx2
import pytest

from directory.topics import TOPICS
from offer.by_code import by_code
from offer.compare import compare, lined_up
from offer.public_scopes import PublicScope
from offer.published import Published
from tests.offer.pages.reading import TODAY, title_of, words_of

DURHAM, LINCOLNSHIRE, DARLINGTON, KENT = "E06000047", "E10000019", "E06000005", "E10000016"
BOTH = f"/compare?councils={DURHAM},{LINCOLNSHIRE}"
BUDGET = 15_000  # bytes, compressed


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offer.pages.compare.today", lambda: TODAY)


def lines_of(reply: httpx2.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))


async def test_the_form_leads_to_an_address_with_codes_and_topic_alone(client: httpx2.AsyncClient) -> None:
    sent = await client.get(
        f"/compare?council={DURHAM}&council=&council={LINCOLNSHIRE}&council=&topic=housing"
    )
    assert sent.status_code == 303
    assert sent.headers["location"] == f"{BOTH}&topic=housing"


async def test_each_topic_names_what_was_found_and_what_was_not(client: httpx2.AsyncClient) -> None:
    page = await client.get(BOTH)
    assert page.status_code == 200
    for topic in TOPICS.values():
        assert topic.title in words_of(page)
    words = words_of(page)
    assert "“Not found” does not mean “no”." in words
    assert "Not found for any of these councils." in words, "phones and internet"
    assert "Checked November 2026" in words
    assert 'href="/entitlements/lincolnshire-setting-up-home-grant"' in page.text
    assert len(gzip.compress(page.content)) <= BUDGET


async def test_a_council_that_has_begun_is_being_written_and_not_missing(
    client: httpx2.AsyncClient, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(published.__dict__, "scopes", {KENT: PublicScope("", begun=True)})
    address = f"?councils={DURHAM},{KENT},{DARLINGTON}"
    page = await client.get(f"/compare{address}")
    words = words_of(page)
    assert "Kent County Council: its own offer is being written, and is not here yet" in words
    assert "“Being written” means that the council has begun here." in words
    assert "Kent County Council Being written Darlington Council Not found" in words
    assert "Being written" not in words_of(await client.get(BOTH))
    lines = lines_of(await client.get(f"/compare.csv{address}"))
    says = {line["council"]: line["says"] for line in lines if not line["id"]}
    assert (says[KENT], says[DARLINGTON]) == ("being written", "not found")


async def test_the_terms_of_one_right_stand_side_by_side(published: Published) -> None:
    areas = [area for code in (DURHAM, LINCOLNSHIRE) if (area := published.places.authority(code))]
    (housing,) = compare(published, areas, "housing", TODAY)
    lines = {line.right.id if line.right else "": line.cells for line in lined_up(published, housing)}
    home = lines["setting-up-home-allowance"]
    assert [[entry.authority for entry in cell] for cell in home] == [[DURHAM], [LINCOLNSHIRE]]
    assert lines["vacation-accommodation"][0] == ()
    assert list(lines)[-1] == "", "what stands by itself comes last"
    shown = [entry for cells in lines.values() for cell in cells for entry in cell]
    assert sorted(entry.id for entry in shown) == sorted(
        entry.id for cell in housing.cells for entry in cell if entry.topic == "housing"
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (f"council={DURHAM}&council=", "Choose two councils or more"),
        (f"council={DURHAM}&council={DURHAM}", "Choose two councils or more"),
        (f"councils={DURHAM},E99999999", "We do not know one of those councils"),
        ("councils=%3Cscript%3E,x", "We do not know one of those councils"),
        (f"councils={DURHAM},{LINCOLNSHIRE},{DARLINGTON},{KENT},E10000024", "Choose four councils at most"),
    ],
)
async def test_a_choice_that_cannot_be_compared_is_asked_again(
    client: httpx2.AsyncClient, asked: str, words: str
) -> None:
    page = await client.get(f"/compare?{asked}")
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert words in words_of(page)
    assert "<script>" not in page.text


async def test_nothing_chosen_shows_the_lists_and_an_example(client: httpx2.AsyncClient) -> None:
    page = await client.get("/compare")
    assert page.status_code == 200
    assert f'href="/compare?councils={DURHAM},{LINCOLNSHIRE}"' in page.text
    assert page.text.count(f'<option value="{KENT}">') == 4


async def test_one_topic_alone_and_back_to_all(client: httpx2.AsyncClient) -> None:
    page = await client.get(f"{BOTH}&topic=housing")
    assert page.text.count("<section aria-labelledby=") == 1
    assert f'href="{BOTH}"' in page.text.replace("&amp;", "&")
    assert (await client.get(f"{BOTH}&topic=no-such")).status_code == 200


async def test_the_table_has_a_line_for_each_offer_and_each_gap(
    client: httpx2.AsyncClient, published: Published
) -> None:
    reply = await client.get(f"/compare.csv?councils={DURHAM},{KENT}")
    assert reply.headers["content-type"].startswith("text/csv; charset=utf-8")
    lines = lines_of(reply)
    kent = [line for line in lines if line["council"] == KENT]
    assert {line["says"] for line in kent} == {"not found"}
    assert [line["topic"] for line in kent] == list(TOPICS)
    assert {line["id"] for line in lines if line["id"]} == {
        entry.id for entry in published.entries.values() if entry.authority == DURHAM
    }
    page = next(line for line in lines if line["id"])["page"]
    assert page.startswith("http://offer.test/entitlements/")


async def test_no_cell_of_the_table_is_run_by_a_spreadsheet(
    client: httpx2.AsyncClient, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = {"title": "=HYPERLINK(1)", "summary": "+1", "ask": "@SUM(A1)", "who_for": "-2"}
    entry = published.entries["durham-prison-support"].model_copy(update=bad)
    entries = {**published.entries, entry.id: entry}
    monkeypatch.setitem(published.__dict__, "entries", entries)
    kept = by_code(entries.values(), lambda each: (each.authority, *each.areas))
    monkeypatch.setitem(published.__dict__, "_entries_by_code", kept)
    reply = await client.get(f"/compare.csv?councils={DURHAM},{KENT}")
    line = next(line for line in lines_of(reply) if line["id"] == entry.id)
    assert {line[name] for name in bad} == {f"'{text}" for text in bad.values()}
    assert not [text for line in lines_of(reply) for text in line.values() if text[:1] in "=+-@" and text]


async def test_a_table_of_nothing_leads_to_the_lists(client: httpx2.AsyncClient) -> None:
    reply = await client.get("/compare.csv")
    assert (reply.status_code, reply.headers["location"]) == (303, "/compare")
