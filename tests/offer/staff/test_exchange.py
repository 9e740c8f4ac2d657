"""Sheets out and in by way of the pages: trial, one change, and what never gets in."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator

import httpx2
import pytest
from starlette.applications import Starlette

from offer.catalogue.documents import KINDS
from offer.clock import now
from offer.db.change_models import StaffChange, StaffChangeItem
from offer.db.errors import Refused
from offer.db.models import Document, Revision
from offer.sheets import limits
from offer.staff import exchange
from offer.staff.audit import By, newest
from offer.staff.change_rows import change_of
from offer.staff.codes import form_token
from offer.staff.exchange import held_of
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, hidden
from tests.offer.staff.test_content import staff_change

LINCOLNSHIRE, DURHAM = "E10000019", "E06000047"
SLUG, OTHER = "lincolnshire-college-bursary", "lincolnshire-free-leisure"
AT = f"/staff/exchange/{LINCOLNSHIRE}"
COUNCIL_TAX = "council-tax-care-leaver-discount"
DISTRICT = "E07000139"
Rows = list[dict[str, str]]


async def sent(who: Somebody, data: bytes, name: str = "sheet.csv", at: str = AT) -> httpx2.Response:
    """The file, as a browser sends it."""
    fields, files = {"token": form_token(who.key)}, {"sheet": (name, data, "application/octet-stream")}
    return await who.client.post(f"{at}/try", data=fields, files=files)


async def sheet(
    who: Somebody, name: str, change: Callable[[Rows], None], at: str = AT, query: str = ""
) -> bytes:
    """A CSV as it is downloaded, with rows changed."""
    reply = await who.get(f"{at}/files/{name}.csv{query}")
    assert reply.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))
    change(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def retitled(rows: Rows, slug: str = SLUG) -> None:
    next(each for each in rows if each["Entry id"] == slug)["Title"] = "Money for college, <b>new</b>"


async def confirmed(who: Somebody, page: httpx2.Response, at: str = AT) -> httpx2.Response:
    return await who.post(f"{at}/change", plan=hidden(page, "plan"), title="New title")


async def changes(running: Starlette) -> tuple[int, int]:
    """How many changes there are, and how many documents in them."""
    connection = running.state.live.database
    items = StaffChangeItem.all().using_db(connection)
    return await StaffChange.all().using_db(connection).count(), await items.count()


async def test_every_file_downloads_and_comes_back_without_a_change(
    signed_in: SignedIn, running: Starlette
) -> None:
    before = await changes(running)
    who = await signed_in(("editor", LINCOLNSHIRE))
    page = await who.get("/staff/exchange")
    assert "Sheets of Lincolnshire" in words_of(page)
    stems = ("entries", "services", "locations", "organisations", "amounts-and-terms", "april")
    names = [*(f"{stem}.csv" for stem in stems), "entries.xlsx", "april.xlsx", "everything.xlsx", "yaml.zip"]
    for name in names:
        if name.endswith("xlsx") or name == "yaml.zip":
            assert f'href="{AT}/files/{name}"' in page.text, name
        reply = await who.get(f"{AT}/files/{name}")
        assert reply.headers["cache-control"] == "no-store"
        back = await sent(who, reply.content, name)
        assert back.status_code == 200, (name, words_of(back))
        assert "Nothing: it says what stands here already." in words_of(back)
    for name in ("nothing.csv", "entries.ods", "everything.csv", "yaml.csv", "entries"):
        assert (await who.get(f"{AT}/files/{name}")).status_code == 404, name
    assert await signed_in(("viewer", "E99999999"))
    assert await changes(running) == before


async def test_a_changed_row_is_shown_and_only_then_becomes_one_draft_change(
    signed_in: SignedIn, running: Starlette
) -> None:
    before = await changes(running)
    who, connection = await signed_in(("editor", LINCOLNSHIRE)), running.state.live.database
    revisions = await Revision.all().using_db(connection).count()
    page = await sent(who, await sheet(who, "entries", retitled))
    assert page.status_code == 200 and "&lt;b&gt;new&lt;/b&gt;" in page.text and "<b>new</b>" not in page.text
    assert "1 ↥ changed" in words_of(page) and await changes(running) == before
    done = await confirmed(who, page)
    change = await change_of(connection, int(done.headers["location"].removeprefix("/staff/changes/")))
    assert change and (change.state, change.scope, change.title) == ("draft", LINCOLNSHIRE, "New title")
    (item,) = change.items
    assert (item.slug, item.base, item.account) == (SLUG, 1, who.account)
    assert item.body["title"] == "Money for college, <b>new</b>"
    assert await Revision.all().using_db(connection).count() == revisions, (
        "a draft change is not yet a revision"
    )
    rows = await newest(connection, 3)
    assert [row.act for row in rows] == ["brought in a file", "saved a draft", "began a change"]


@pytest.mark.parametrize(("scope", "query"), [("england", f"?of={LINCOLNSHIRE}"), (LINCOLNSHIRE, "")])
async def test_the_seven_districts_new_ages_from_april_are_one_change(
    signed_in: SignedIn, running: Starlette, scope: str, query: str
) -> None:
    who, at = await signed_in(("editor", scope)), f"/staff/exchange/{scope}"

    def older(rows: Rows) -> None:
        tax = [each for each in rows if each["Row id"].startswith(f"{COUNCIL_TAX} terms")]
        assert len({each["Place"] for each in tax}) == 7, "the seven districts, on one sheet"
        for each in tax:
            if each["New from"]:
                each["Age before"] = "24"

    page = await sent(who, await sheet(who, "april", older, at, query), "april.csv", at)
    assert page.status_code == 200, words_of(page)
    done = await confirmed(who, page, at)
    change = await change_of(running.state.live.database, int(done.headers["location"].rpartition("/")[2]))
    assert change and change.scope == scope and [item.slug for item in change.items] == [COUNCIL_TAX]
    terms = [each for each in change.items[0].body["terms"] if each.get("start") == "2027-04-01"]
    assert {each["age_before"] for each in terms} == {24} and len(terms) == 7


async def test_faults_are_told_by_row_and_column_and_nothing_can_be_made_of_the_rest(
    signed_in: SignedIn, running: Starlette
) -> None:
    before = await changes(running)
    who = await signed_in(("editor", LINCOLNSHIRE))

    def half(rows: Rows) -> None:
        retitled(rows)
        rows[-1]["Last checked"] = "yesterday"

    page = await sent(who, await sheet(who, "entries", half))
    words = words_of(page)
    assert page.status_code == 422 and "<title>Error: " in page.text
    assert "Last checked: “yesterday” is not a day. Write it as 1 April 2027" in words
    assert 'name="plan"' not in page.text and await changes(running) == before


async def test_rows_of_another_council_are_refused_by_name(signed_in: SignedIn, running: Starlette) -> None:
    theirs = await signed_in(("viewer", DURHAM))
    data = (await theirs.get(f"/staff/exchange/{DURHAM}/files/entries.csv")).content
    who = await signed_in(("editor", LINCOLNSHIRE))
    page = await sent(who, data)
    assert page.status_code == 422 and "This belongs to Durham (County Durham)" in words_of(page)
    assert (await sent(theirs, data, at=f"/staff/exchange/{DURHAM}")).status_code == 403


async def test_what_somebody_saved_meanwhile_is_never_run_over(
    signed_in: SignedIn, running: Starlette
) -> None:
    before = await changes(running)
    who = await signed_in(("editor", LINCOLNSHIRE))
    data = await sheet(who, "entries", lambda rows: retitled(rows, OTHER))
    page = await sent(who, data)
    await staff_change(running, OTHER, "ready", ask="the college")
    late = await confirmed(who, page)
    assert late.status_code == 409 and f"Somebody saved since: {OTHER}" in words_of(late)
    again = await sent(who, data)
    assert again.status_code == 422 and "and changed: who to ask" in words_of(again)
    untouched = await sent(who, await sheet(who, "entries", lambda rows: None))
    assert untouched.status_code == 200
    assert await changes(running) == before


def forged(**changed: object) -> Iterator[str]:
    """What a page never carried."""
    yield ""
    yield "!!!"
    yield "bm90IGpzb24="
    yield "W10="  # []
    yield "WzFd"  # [1]
    yield "W3sia2luZCI6ICJzZWNyZXQifV0="  # [{"kind": "secret"}]


async def test_a_forged_plan_is_refused_and_one_change_is_made_whole_or_not_at_all(
    signed_in: SignedIn, running: Starlette
) -> None:
    before = await changes(running)
    who, connection = await signed_in(("editor", LINCOLNSHIRE)), running.state.live.database
    for plan in forged():
        assert (await who.post(f"{AT}/change", plan=plan, title="x")).status_code == 409, plan
    ours = await held_of(connection, LINCOLNSHIRE)
    mine = ours["entitlement", SLUG].document
    kept = (await held_of(connection, DURHAM))["entitlement", "durham-staying-close"].document
    theirs = kept.model_copy(update={"title": "Theirs, changed by us"})
    items = [exchange._item({"kind": "entitlement", "base": 1, "body": each.model_dump(mode="json")})
             for each in (mine, theirs)]  # fmt: skip
    assert (await who.post(f"{AT}/change", plan=exchange.carried(items), title="x")).status_code == 409
    assert await changes(running) == before, "the first item was fine, and is not there either"
    with pytest.raises(Refused, match="too many for one go"):
        exchange.carried(items * 100)
    with pytest.raises(Refused, match="nothing to change"):
        await exchange.make_change(connection, LINCOLNSHIRE, "x", [], By(1, "T"), now())


async def test_hostile_files_are_told_on_the_page_and_the_page_stays_usable(
    signed_in: SignedIn, running: Starlette
) -> None:
    before = await changes(running)
    who = await signed_in(("editor", LINCOLNSHIRE))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"0" * (limits.UNPACKED_PART + 1))
    for name, data, words in (
        ("bomb.xlsx", bomb.getvalue(), "unpacks to far more"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "old Excel file"),
        ("other.csv", b"Name,Age\n", "no sheet of ours"),
        ("nothing.csv", b"", "The file is empty"),
        ("other.zip", zipped({"readme.txt": b"hello"}), "no spreadsheet"),
    ):
        page = await sent(who, data, name)
        assert page.status_code == 422 and words in words_of(page), name
        assert 'type="file"' in page.text and "<title>Error: " in page.text
    none = await who.post(f"{AT}/try")
    assert none.status_code == 422 and "Choose a file first." in words_of(none)
    assert await changes(running) == before


async def test_fifty_megabytes_are_refused_as_they_come(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", LINCOLNSHIRE))
    assert (await sent(who, b"x" * 50_000_000)).status_code == 413, "by its length"
    read = 0

    async def endless() -> Iterator[bytes]:  # type: ignore[misc]
        nonlocal read
        while read < 50_000_000:
            read += 100_000
            yield b"x" * 100_000

    headers = {"content-type": "multipart/form-data; boundary=b"}
    reply = await who.client.post(f"{AT}/try", content=endless(), headers=headers)
    assert reply.status_code in (400, 413)
    assert (await who.client.post("/staff/words", content=b"x" * 2_000_000)).status_code == 413
    assert (await who.client.post("/search", content=b"x" * 100_000)).status_code == 413


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


async def test_yaml_goes_out_as_it_is_dumped_and_comes_back_by_the_same_way(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, connection = await signed_in(("editor", LINCOLNSHIRE)), running.state.live.database
    given = zipfile.ZipFile(io.BytesIO((await who.get(f"{AT}/files/yaml.zip")).content))
    files = {name: given.read(name) for name in given.namelist()}
    name = f"entitlements/{SLUG}.yaml"
    shipped = KINDS["entitlement"].starter / f"{SLUG}.yaml"
    assert files[name] == shipped.read_bytes(), "the same bytes as the file that ships"
    changed = {**files, name: files[name].replace(b"title: ", b"title: Now: ").replace(b"Now: ", b"Newly ")}
    page = await sent(who, zipped(changed), "all.zip")
    assert page.status_code == 200 and "Newly" in words_of(page), words_of(page)
    done = await confirmed(who, page)
    change = await change_of(connection, int(done.headers["location"].rpartition("/")[2]))
    assert change and [item.slug for item in change.items] == [SLUG]
    bare = zipped({f"catalogue/{name}": changed[name]})
    assert "no versions.csv in the zip" in words_of(await sent(who, bare, "some.zip"))
    for broken, words in (
        (b"title: [", "Line 1: this is not YAML"),
        (files[name].replace(b"title:", b"titel:"), "did you mean title"),
        (files[name].replace(LINCOLNSHIRE.encode(), DURHAM.encode()), "another council's"),
        (b"\xff", "not UTF-8"),
    ):
        reply = await sent(who, zipped({**files, name: broken}), "all.zip")
        assert reply.status_code == 422 and words in words_of(reply), words
    await staff_change(running, SLUG, "ready", ask="the college")
    late = await sent(who, zipped(changed), "all.zip")
    assert late.status_code == 422 and "Somebody saved version 2 after you downloaded version 1" in words_of(
        late
    )
    assert await Document.filter(slug=SLUG).using_db(connection).exists()
