"""What is sent as a file or a long form: held to a size on the way in, and never trusted for its name."""

import io
import zipfile
from collections.abc import AsyncIterator

import httpx2
import pytest
from starlette.applications import Starlette

from offer.db.change_models import StaffChange
from offer.middleware import BODY_LIMIT, BODY_LIMITS, limit_of
from offer.sheets import limits
from offer.staff.codes import form_token
from tests.attack.walking import COUNCIL, doors, outside
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody
from tests.strength import survived

HOW = "make strength (tests/attack/test_uploads.py)"
AT = f"/staff/exchange/{COUNCIL}/try"


async def endless(size: int) -> AsyncIterator[bytes]:
    """A body without a length, in pieces."""
    for _ in range(0, size, 50_000):
        yield b"x" * 50_000


async def test_no_address_takes_more_than_its_limit_with_or_without_a_length(running: Starlette) -> None:
    tried = 0
    async with outside(running) as browser:
        for door in doors(running):
            if door.method != "POST" or door.is_staff:
                continue
            assert limit_of(door.address) == BODY_LIMIT, "only staff send more than 64 kB"
            kind = {
                "Content-Type": "application/json" if door.is_open else "application/x-www-form-urlencoded"
            }
            said = await browser.post(door.address, content=b"a=" + b"x" * BODY_LIMIT, headers=kind)
            unsaid = await browser.post(door.address, content=endless(2 * BODY_LIMIT), headers=kind)
            assert said.status_code == 413, door
            # Who reads no body takes in none: what is asked for is not there.
            assert unsaid.status_code in (413, 404, 410, 422), door
            tried += 2
    assert [most for _, most in BODY_LIMITS] == [6 * 1024 * 1024, 1024 * 1024]
    survived("attack", "a body above the limit of its address", tried, tried, HOW)


async def test_a_form_of_a_thousand_parts_is_refused_and_none_of_its_files_kept(running: Starlette) -> None:
    async with outside(running) as browser:
        fields = "&".join(f"f{n}=1" for n in range(5_000))
        many = await browser.post(
            "/results", content=fields.encode(), headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        files = [("f", (f"../../{n}.py", b"import os", "text/x-python")) for n in range(60)]
        filed = await browser.post("/results", files=files)
        deep = await browser.post(
            "/results",
            content=b"--x\r\n" * 2_000,
            headers={"Content-Type": "multipart/form-data; boundary=x"},
        )
        odd = await browser.post("/results", content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert all(reply.status_code in (200, 400, 413, 422) for reply in (many, filed, deep, odd))


def zipped(*names: str, size: int = 10) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"kind: entitlement\n".ljust(size, b"\n"))
    return held.getvalue()


HARMFUL = {
    "a path upwards": zipped("../../../../tmp/planted.yaml"),
    "a path of the machine": zipped("/etc/cron.d/planted.yaml"),
    "a path of Windows": zipped("C:\\windows\\planted.yaml", "..\\planted.yaml"),
    "a name that is a folder": zipped("entitlements/"),
    "ten thousand files": zipped(*(f"{n}.yaml" for n in range(limits.PARTS + 1))),
    "a file that grows to a hundred times its size": zipped("a.yaml", size=limits.UNPACKED_PART + 1),
    "a zip in a zip": zipped("a.zip") + b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"0" * 200,
    "a program": b"\x7fELF" + b"0" * 200,
    "a web page": b"<html><script>planted()</script>",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
    "nothing": b"",
}


@pytest.mark.parametrize("what", HARMFUL)
async def test_a_harmful_file_changes_nothing_and_is_told_in_words(
    running: Starlette, signed_in: SignedIn, what: str
) -> None:
    who: Somebody = await signed_in(("admin", COUNCIL))
    connection = running.state.live.database
    before = await StaffChange.all().using_db(connection).count()
    for name in (
        "sheet.xlsx",
        "sheet.csv",
        "all.zip",
        "../../offer/app.py",
        "a.xlsx\r\nX: 1",
        "<script>.csv",
    ):
        sent = {"sheet": (name, HARMFUL[what], "application/octet-stream")}
        reply = await who.client.post(AT, data={"token": form_token(who.key)}, files=sent)
        assert reply.status_code in (200, 422), (what, name)
        assert "planted()" not in reply.text and "<script>.csv" not in reply.text
        assert words_of(reply)
    assert await StaffChange.all().using_db(connection).count() == before
    survived("attack", "a harmful file sent to be read", 6 * len(HARMFUL), 6 * len(HARMFUL), HOW)


async def test_a_file_above_the_limit_is_refused_before_it_is_read(signed_in: SignedIn) -> None:
    who: Somebody = await signed_in(("admin", COUNCIL))
    for size, status in ((limits.UPLOAD + 1, 422), (6 * 1024 * 1024, 413)):
        sent = {"sheet": ("a.csv", b"x" * size, "text/csv")}
        reply: httpx2.Response = await who.client.post(AT, data={"token": form_token(who.key)}, files=sent)
        assert reply.status_code == status, size
