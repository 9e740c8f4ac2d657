"""The tables: read back by the csv module as they were, safe in a spreadsheet, and nothing left out."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from offer.licence import LICENCE
from offer.open_data.downloads import TABLES
from offer.published import Published
from offer.tables import Column, Table, cell, described, to_csv


def read(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))


def table_of(*texts: object) -> Table[Any]:
    return Table("t", "T", (Column("a", "A", lambda text: text), Column("b", "B", lambda _: "x")), texts)


async def fetched(client: httpx2.AsyncClient, name: str) -> list[dict[str, str]]:
    reply = await client.get(f"/open-data/{name}.csv")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert f'<{LICENCE}>; rel="license"' in reply.headers["link"]
    assert reply.content.startswith(b"\xef\xbb\xbf") and reply.content.endswith(b"\r\n")
    return read(reply.content)


async def test_every_entry_is_one_line(client: httpx2.AsyncClient, with_history: Published) -> None:
    rows = {row["id"]: row for row in await fetched(client, "entitlements")}
    assert rows.keys() == with_history.entries.keys()
    row, entry = rows["setting-up-home-allowance"], with_history.entries["setting-up-home-allowance"]
    assert row["title"] == entry.title and row["authority_name"] == "England"
    assert row["sources"].split(" | ") == [source.url or source.name for source in entry.sources]
    assert (row["age_from"], row["age_before"]) == ("16", "25")
    assert row["page"] == "https://offers.example/entitlements/setting-up-home-allowance"


async def test_every_service_stands_at_each_of_its_places(
    client: httpx2.AsyncClient, with_history: Published
) -> None:
    rows = await fetched(client, "services")
    shown = [view for view in with_history.services.values() if view.is_shown and not view.record.redirect_to]
    assert len(rows) == sum(max(len(view.places), 1) for view in shown)
    hours = {row["id"]: row["opening_hours"] for row in rows}
    assert hours["housing-north-kesteven"].startswith("Monday to Thursday 9am to 5pm. Friday 9am to 4:30pm.")


async def test_a_private_address_is_in_no_table(client: httpx2.AsyncClient) -> None:
    private = [row for row in await fetched(client, "services") if row["private_address"] == "yes"]
    assert private
    assert all(not (row["address"] or row["postcode"]) for row in private)


async def test_every_district_has_a_line_and_not_found_is_said(
    client: httpx2.AsyncClient, with_history: Published
) -> None:
    rows = await fetched(client, "council-tax")
    assert {row["district"] for row in rows} == {area.gss for area in with_history.places.districts()}
    missing = [row for row in rows if row["when"] == "not found"]
    assert missing and all(row["age_before"] == row["source"] == "" for row in missing)
    lincoln = next(row for row in rows if row["district_name"] == "Lincoln")
    assert lincoln["authority_name"] == "Lincolnshire" and lincoln["source"]


@pytest.mark.parametrize("name", TABLES)
async def test_no_staff_note_is_in_a_table(
    client: httpx2.AsyncClient, with_history: Published, name: str
) -> None:
    text = (await client.get(f"/open-data/{name}.csv")).text
    notes = [e.staff_note for e in with_history.entries.values() if e.staff_note]
    notes += [v.record.staff_note for v in with_history.services.values() if v.record.staff_note]
    assert notes and not any(note in text for note in notes)


@pytest.mark.parametrize("name", TABLES)
async def test_the_companion_describes_every_column(client: httpx2.AsyncClient, name: str) -> None:
    reply = await client.get(f"/open-data/{name}.csv-metadata.json")
    assert reply.headers["content-type"] == "application/csvm+json"
    about = reply.json()
    assert about["dc:license"] == {"@id": LICENCE}
    assert about["url"] == f"https://offers.example/open-data/{name}.csv"
    columns = [column["name"] for column in about["tableSchema"]["columns"]]
    header = (await client.get(f"/open-data/{name}.csv")).content.decode("utf-8-sig").splitlines()[0]
    assert header.split(",") == columns
    assert all(column["dc:description"] for column in about["tableSchema"]["columns"])


def test_the_companion_names_the_day_of_the_edition() -> None:
    assert described(table_of(), "a", date(2026, 11, 22))["dc:modified"]["@value"] == "2026-11-22"
    assert "dc:modified" not in described(table_of(), "a", None)


async def test_it_is_sent_again_only_when_it_changed(
    client: httpx2.AsyncClient, application: Starlette, with_history: Published
) -> None:
    first = await client.get("/open-data/entitlements.csv")
    etag = {"If-None-Match": first.headers["etag"]}
    assert (await client.get("/open-data/entitlements.csv", headers=etag)).status_code == 304
    one = {"pathway-plan": with_history.entries["pathway-plan"]}
    application.state.live.edition = replace(with_history, entries=one)
    assert (await client.get("/open-data/entitlements.csv", headers=etag)).status_code == 200


async def test_an_unknown_table_is_no_page(client: httpx2.AsyncClient) -> None:
    for path in ("staff.csv", "entitlements", "entitlements.xlsx", "..%2fservices.csv"):
        assert (await client.get(f"/open-data/{path}")).status_code == 404


FORMULAS = ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", " =cmd|'/c calc'!A1", "\r=1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = read(to_csv(table_of(text)))
    assert row["a"].startswith("'")
    assert row["a"].removeprefix("'").strip() == text.replace("\x00", "").strip()


@given(st.text().filter(lambda text: "\x00" not in text and "\r" not in text))
def test_any_text_is_read_back(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    (row,) = read(to_csv(table_of(text)))
    assert row["a"] in (text, f"'{text}")
    assert row["b"] == "x"


def test_cells() -> None:
    values = [None, True, False, 3, date(2026, 1, 2), ("a", "b"), (), 'a "quoted", text']
    assert [cell(value) for value in values] == [
        "", "yes", "no", "3", "2026-01-02", "a | b", "", 'a "quoted", text',
    ]  # fmt: skip
