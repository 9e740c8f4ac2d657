"""Which cookies there are, and that each can be read, set and sent by nobody but whom it is for."""

import httpx2
from starlette.applications import Starlette

from offer.app import create_app
from offer.settings import Settings
from tests.attack.walking import ask, doors, outside
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, hidden

SAME = {"Sec-Fetch-Site": "same-origin"}


def behind_tls(running: Starlette) -> Starlette:
    app = create_app(Settings(data_dir=running.state.settings.data_dir, https=True))
    app.state.live = running.state.live
    return app


def flags(line: str) -> tuple[str, set[str]]:
    """The name of a cookie, and its flags in small letters."""
    first, *rest = (part.strip().lower() for part in line.split(";"))
    return first.partition("=")[0], set(rest)


def assert_safe(reply: httpx2.Response) -> list[str]:
    """Asserts that each cookie of a reply is safe; their names."""
    names = []
    for line in reply.headers.get_list("set-cookie"):
        name, held = flags(line)
        names.append(name)
        assert {"httponly", "secure", "samesite=lax"} <= held, line
        assert not any(each.startswith("domain") for each in held), line
        assert name.startswith("__host-") == ("path=/" in held), line
        assert name.startswith(("__host-", "__secure-")), line
    return names


async def test_no_page_and_no_call_that_everybody_uses_sets_one(running: Starlette) -> None:
    app, asked = behind_tls(running), 0
    async with outside(app) as browser:
        for door in doors(app):
            if not door.is_staff and not door.path.startswith("/visit/"):
                reply = await ask(browser, door)
                asked += 1
                assert "set-cookie" not in reply.headers, door
    assert asked > 120


async def test_those_of_staff_are_of_this_host_over_tls_and_hidden_from_scripts(
    running: Starlette, signed_in: SignedIn
) -> None:
    who: Somebody = await signed_in(("viewer", "E10000019"))
    async with outside(behind_tls(running)) as browser:
        browser.cookies.set("__Host-staff", who.key)
        token = hidden(await browser.get("/staff"), "token")
        gone = await browser.post("/staff/sign-out", data={"token": token})
    assert assert_safe(gone) == ["__host-staff"]
    assert "no-store" in gone.headers["cache-control"] and gone.headers["clear-site-data"] == '"cache"'


async def test_those_of_a_visit_go_to_that_visit_alone(running: Starlette) -> None:
    app = behind_tls(running)
    async with outside(app) as adviser, outside(app) as young:
        begun = await adviser.post("/visit", data={"role": "adviser"}, headers=SAME)
        assert assert_safe(begun) == ["__secure-visit", "__secure-visit-waiting"], "which it takes away"
        visit = begun.headers["location"]
        assert f"path={visit}".lower() in flags(begun.headers["set-cookie"])[1]
        assert (await adviser.get(visit)).status_code == 200
        knocked = await young.post(f"{visit}/knock", headers=SAME)
        assert assert_safe(knocked) == ["__secure-visit-waiting"]
        left = await adviser.post(f"{visit}/wipe", headers=SAME)
        assert set(assert_safe(left)) == {"__secure-visit", "__secure-visit-waiting"}
        assert (await adviser.get(visit)).status_code == 410, "the cookies are gone, and so is the visit"


async def test_a_cookie_set_in_the_open_by_somebody_else_is_not_read(
    running: Starlette, signed_in: SignedIn
) -> None:
    """A network attacker can set `staff` over http for the same name; never one that begins with __Host-."""
    who: Somebody = await signed_in(("admin", "england"))
    async with outside(behind_tls(running)) as browser:
        browser.cookies.set("staff", who.key)
        assert (await browser.get("/staff")).status_code == 303
