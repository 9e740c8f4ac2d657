"""Invitation, first sign-in, signing in and out, wrong codes, too many tries, lost sessions, forged forms."""

import html
import re
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.clock import now
from offer.db.change_models import StaffTry
from offer.db.staff_models import AuditRow, StaffAccount, StaffSession
from offer.settings import Settings
from offer.staff import passwords
from offer.staff.accounts import Invited, invite
from offer.staff.audit import COMMAND_LINE, standing
from offer.staff.codes import PERIOD, fingerprint
from offer.staff.roles import Grant
from offer.staff.sessions import IDLE, LONGEST
from offer.staff.tries import MINUTES, StaffTries, Trier
from tests.offer.pages.reading import title_of, words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import PASSWORD, Somebody, browser, code_of, hidden

EMAIL = "sam.smith@council.example"


@pytest.fixture(autouse=True)
async def no_tries(running: Starlette) -> None:
    """None of the test before."""
    await StaffTry.all().using_db(running.state.live.database).delete()


@pytest.fixture
async def invited(running: Starlette) -> Invited:
    """An admin of England, invited by the command line."""
    connection = running.state.live.database
    await StaffAccount.filter(email=EMAIL).using_db(connection).update(email=None)  # of the test before
    return await invite(
        connection, EMAIL, "Sam Smith", "Team", Grant("england", "admin"), COMMAND_LINE, now()
    )


async def set_up(client: httpx2.AsyncClient, invited: Invited) -> tuple[str, httpx2.Response]:
    """Goes through the invitation; the app's secret, and the page with the recovery codes."""
    path = f"/staff/invitation/{invited.key}"
    secret = hidden(await client.get(path), "secret")
    sent = {"secret": secret, "password": PASSWORD, "repeat": PASSWORD, "code": code_of(secret, now())}
    return secret, await client.post(path, data=sent)


async def sign_in(client: httpx2.AsyncClient, secret: str, **more: str) -> httpx2.Response:
    """Signs in with the code of the next half minute, which was not used yet."""
    code = code_of(secret, now() + timedelta(seconds=PERIOD))
    return await client.post(
        "/staff/sign-in", data={"email": EMAIL, "password": PASSWORD, "code": code, **more}
    )


async def test_from_the_invitation_to_the_first_page_and_out_again(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    path = f"/staff/invitation/{invited.key}"
    page = await stranger.get(path)
    assert page.headers["cache-control"] == "no-store"
    assert "<svg" in page.text and "Sam Smith" in page.text
    secret, ready = await set_up(stranger, invited)
    codes = re.findall(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}\b", ready.text)
    assert (ready.status_code, len(set(codes))) == (200, 10)
    cookie = ready.headers["set-cookie"]
    assert (
        cookie.startswith("staff=")
        and "HttpOnly" in cookie
        and "SameSite=lax" in cookie
        and "Secure" not in cookie
    )
    key = stranger.cookies["staff"]
    assert (await stranger.get("/staff")).status_code == 200
    assert (await stranger.get(path)).status_code == 404, "it works once"
    gone = await stranger.post(
        "/staff/sign-out", data={"token": hidden(await stranger.get("/staff"), "token")}
    )
    assert (gone.status_code, gone.headers["location"]) == (303, "/staff/sign-in")
    async with browser(running, {"staff": key}) as thief:
        stolen = await thief.get("/staff")
        assert (stolen.status_code, stolen.headers["location"]) == (303, "/staff/sign-in?to=/staff")
    assert (await sign_in(stranger, secret)).headers["location"] == "/staff"
    connection = running.state.live.database
    acts = (
        await AuditRow.filter(account=invited.account).using_db(connection).order_by("id").values_list("act")
    )
    assert [act for (act,) in acts] == ["set up", "signed in", "signed out", "signed in"]
    assert (await standing(connection)).broken is None


async def test_nothing_secret_is_kept_readable_and_the_log_names_nobody(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    _, ready = await set_up(stranger, invited)
    code = re.findall(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}\b", ready.text)[0]
    connection, held = running.state.live.database, ""
    for table in ("staff_account", "staff_session", "staff_recovery_code"):
        held += str([dict(row) for row in await connection.execute_query_dict(f"SELECT * FROM {table}")])
    for secret in (PASSWORD, stranger.cookies["staff"], invited.key, code, code.replace("-", "")):
        assert secret not in held
    assert "$argon2id$" in held
    log = str([dict(row) for row in await connection.execute_query_dict("SELECT * FROM audit_log")])
    assert EMAIL not in log and "Smith" not in log


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"password": "short"}, "Use 12 letters or more."),
        ({"password": "aaaaaaaaaaaaaaaa"}, "Use more different letters."),
        ({"password": "sam.smith@council.example"}, "Leave your name and your email address out of it."),
        ({"password": "x" * 40 + "abcde" + "y" * 200}, "Use 200 letters at most."),
        ({"repeat": "something else here"}, "The two passwords differ."),
        ({"code": "000000"}, "That code is not right."),
        ({"code": ""}, "That code is not right."),
        ({"secret": "'; DROP TABLE"}, "That code is not right."),
    ],
)
async def test_a_fault_in_setting_up_uses_nothing_up(
    stranger: httpx2.AsyncClient, invited: Invited, sent: dict[str, str], fault: str
) -> None:
    path = f"/staff/invitation/{invited.key}"
    secret = hidden(await stranger.get(path), "secret")
    whole = {"secret": secret, "password": PASSWORD, "repeat": sent.get("password", PASSWORD)}
    page = await stranger.post(path, data={**whole, "code": code_of(secret, now()), **sent})
    assert page.status_code == 422 and title_of(page).startswith("Error: ") and fault in words_of(page)
    assert "staff" not in stranger.cookies
    assert (await set_up(stranger, invited))[1].status_code == 200


async def test_an_invitation_ends_after_seven_days_and_a_made_up_one_never_worked(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    rows = StaffAccount.filter(id=invited.account).using_db(running.state.live.database)
    await rows.update(invited_until=now() - timedelta(seconds=1))
    for key in (invited.key, "made-up", "x" * 4000):
        assert (await stranger.get(f"/staff/invitation/{key}")).status_code == 404
        assert (await stranger.post(f"/staff/invitation/{key}", data={"code": "1"})).status_code == 404


async def test_wrong_word_wrong_code_and_nobody_look_the_same(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    running.state.live.staff_tries = StaffTries(slow=0)
    secret, _ = await set_up(stranger, invited)
    stranger.cookies.clear()
    right = {"email": EMAIL, "password": PASSWORD, "code": code_of(secret, now() + timedelta(seconds=PERIOD))}
    said = set()
    for wrong in ({"password": "not this one"}, {"code": "123456"}, {"email": "nobody@council.example"}):
        page = await stranger.post("/staff/sign-in", data={**right, **wrong})
        assert page.status_code == 422 and "staff" not in stranger.cookies
        said.add(words_of(page))
    assert len(said) == 1
    assert (await stranger.post("/staff/sign-in", data=right)).status_code == 303


async def test_a_code_works_once_and_so_does_a_recovery_code(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    secret, ready = await set_up(stranger, invited)
    code = re.findall(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}\b", ready.text)[0]
    row = await StaffAccount.get(id=invited.account, using_db=running.state.live.database)
    used = code_of(secret, datetime.fromtimestamp(row.totp_step * PERIOD, UTC))
    sent = {"email": EMAIL, "password": PASSWORD, "code": used}
    assert (await stranger.post("/staff/sign-in", data=sent)).status_code == 422, "the setting up took it"
    sent["code"] = code.lower()
    assert (await stranger.post("/staff/sign-in", data=sent)).status_code == 303
    assert (await stranger.post("/staff/sign-in", data=sent)).status_code == 422
    acts = AuditRow.filter(account=invited.account, act="used a recovery code")
    assert await acts.using_db(running.state.live.database).count() == 1


async def test_somebody_elses_wrong_tries_lock_nobody_out(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    running.state.live.staff_tries = StaffTries(slow=0)
    secret, _ = await set_up(stranger, invited)
    wrong = {"email": EMAIL, "password": "a guess", "code": "123456"}
    transport = httpx2.ASGITransport(app=running, client=("203.0.113.9", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as attacker:
        statuses = [(await attacker.post("/staff/sign-in", data=wrong)).status_code for _ in range(8)]
        assert statuses == [422] * 5 + [429] * 3
        # From there even the right words are refused; from the owner's own place they work.
        assert (await sign_in(attacker, secret)).status_code == 429
    stranger.cookies.clear()
    assert (await sign_in(stranger, secret)).status_code == 303


async def test_an_attacker_beside_the_owner_does_not_shut_out_a_known_browser(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    """The same network address: an office, or a proxy in front of everybody."""
    running.state.live.staff_tries = StaffTries(slow=0)
    secret, _ = await set_up(stranger, invited)
    await stranger.post("/staff/sign-out", data={"token": hidden(await stranger.get("/staff"), "token")})
    assert "staff" not in stranger.cookies and "staff-known" in stranger.cookies
    wrong = {"email": EMAIL, "password": "a guess", "code": "123456"}
    async with browser(running) as attacker:
        statuses = [(await attacker.post("/staff/sign-in", data=wrong)).status_code for _ in range(8)]
        assert statuses == [422] * 5 + [429] * 3
        attacker.cookies.set("staff-known", "0" * 64)  # made up: no browser of hers
        assert (await attacker.post("/staff/sign-in", data=wrong)).status_code == 429
    assert (await sign_in(stranger, secret)).status_code == 303
    # what makes a browser known opens nothing, and is none of another account's
    async with browser(running, {"staff": stranger.cookies["staff-known"]}) as thief:
        assert (await thief.get("/staff")).status_code == 303
    async with browser(running, {"staff-known": stranger.cookies["staff-known"]}) as other:
        reply = await other.post("/staff/sign-in", data=wrong | {"email": "another@council.example"})
        assert reply.status_code == 422


async def test_tries_are_counted_for_all_processes_together(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    second = create_app(running.state.settings)
    second.state.live.connection, second.state.live.edition = (
        running.state.live.connection, running.state.live.edition,
    )  # fmt: skip
    wrong = {"email": EMAIL, "password": "a guess", "code": "123456"}
    async with browser(second) as there:
        statuses = [
            (await client.post("/staff/sign-in", data=wrong)).status_code
            for client in (stranger, there, stranger, there, stranger, there, stranger)
        ]
    assert statuses == [422] * 5 + [429] * 2
    rows = await StaffTry.all().using_db(running.state.live.database)
    assert rows and all(len(row.what) == 64 for row in rows), "a hash of who and where, no more"


async def test_many_wrong_tries_from_everywhere_make_an_account_slow_not_shut(running: Starlette) -> None:
    tries, connection, at = StaffTries(slow=1.5), running.state.live.database, now()
    elsewhere = [Trier(EMAIL, f"198.51.100.{each}") for each in range(22)]
    waits = [await tries.pause(connection, who, at) for who in elsewhere]
    assert waits == [0.0] * 20 + [1.5] * 2
    assert await tries.pause(connection, Trier("another@council.example", "x"), at) == 0.0
    assert await tries.pause(connection, Trier(EMAIL, "x", known="y"), at) == 0.0, "a known browser"
    later = at + timedelta(minutes=MINUTES)
    assert await tries.pause(connection, elsewhere[0], later) == 0.0, "over after a quarter of an hour"
    assert await tries.take(connection, elsewhere[0], at)
    await tries.right(connection, elsewhere[0])
    assert await tries.pause(connection, elsewhere[0], at) == 0.0


async def test_an_unknown_account_costs_as_much_work_as_a_known_one(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words (above), and one argon2 each: what takes the time, so that nobody learns who is here."""
    running.state.live.staff_tries = StaffTries(slow=0)
    await set_up(stranger, invited)
    worked: list[str] = []
    real = passwords._fits

    def counted(password: str, kept: str | None) -> bool:
        worked.append("own" if kept else "of nobody")
        return real(password, kept)

    monkeypatch.setattr(passwords, "_fits", counted)
    for email in (EMAIL, "nobody@council.example", "not an address", ""):
        sent = {"email": email, "password": "not this one", "code": "123456"}
        assert (await stranger.post("/staff/sign-in", data=sent)).status_code == 422
    assert worked == ["own", "of nobody", "of nobody", "of nobody"]


@pytest.mark.parametrize(("field", "ago"), [("seen_at", IDLE), ("created_at", LONGEST)])
async def test_a_session_ends_idle_or_old_and_what_was_typed_comes_back(
    running: Starlette, stranger: httpx2.AsyncClient, invited: Invited, field: str, ago: timedelta
) -> None:
    secret, _ = await set_up(stranger, invited)
    token = hidden(await stranger.get("/staff"), "token")
    rows = StaffSession.filter(key=fingerprint(stranger.cookies["staff"])).using_db(
        running.state.live.database
    )
    await rows.update(**{field: now() - ago - timedelta(seconds=1)})
    typed = {
        "email": "ann@council.example",
        "name": 'Ann "& <b>',
        "team": "Team",
        "scope": "england",
        "role": "viewer",
    }
    lost = await stranger.post("/staff/people", data={"token": token, **typed})
    assert lost.status_code == 403 and "What you typed is kept in this page" in words_of(lost)
    assert hidden(lost, "kept.name") == "Ann &#34;&amp; &lt;b&gt;"
    kept = {f"kept.{name}": value for name, value in typed.items()}
    again = await sign_in(stranger, secret, to="/staff/people", **kept)
    assert again.status_code == 200 and 'action="/staff/people"' in again.text
    connection = running.state.live.database
    assert not await StaffAccount.filter(email=typed["email"]).using_db(connection).exists(), (
        "nothing by itself"
    )
    sent = await stranger.post("/staff/people", data={"token": hidden(again, "token"), **typed})
    assert "/staff/invitation/" in sent.text
    await StaffAccount.filter(email=typed["email"]).using_db(connection).delete()


async def test_signing_in_leads_back_to_the_very_page(stranger: httpx2.AsyncClient, invited: Invited) -> None:
    secret, _ = await set_up(stranger, invited)
    stranger.cookies.clear()
    path = "/staff/entries/entitlement/some-thing/terms?do=from&row=E07000139.2026-04-01&change=12"
    turned = await stranger.get(path)
    asked = await stranger.get(turned.headers["location"])
    to = html.unescape(hidden(asked, "to"))
    assert to == path
    assert (await sign_in(stranger, secret, to=to)).headers["location"] == path
    odd = await stranger.get("/staff/log?x=<b>")
    assert odd.status_code in (200, 403)


async def test_what_only_the_service_needs_of_a_form_is_not_shown_again(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", "E10000019"))
    fields = {"seen": "2026-11-23T10:00:00", "kind": "entitlement", "text": "Look at this."}
    reply = await who.client.post("/staff/changes/1/comment", data={"token": "", **fields})
    assert reply.status_code == 403
    shown = re.findall(r"<label[^>]*>([^<]*)</label>", reply.text)
    assert shown == ["Text"]
    assert {name: hidden(reply, name) for name in ("seen", "kind")} == {
        name: fields[name] for name in ("seen", "kind")
    }


async def test_a_form_without_its_mark_does_nothing_and_comes_back(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, other = await signed_in(("admin", "england")), await signed_in(("viewer", "E10000019"))
    for token in ("", "0" * 32, "é"):
        reply = await who.client.post(
            f"/staff/people/{other.account}/close", data={"token": token, "why": "forged"}
        )
        assert reply.status_code == 403 and "It has not been done yet" in words_of(reply)
        assert 'value="forged"' in reply.text
    row = await StaffAccount.get(id=other.account, using_db=running.state.live.database)
    assert row.closed_at is None


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
async def test_a_post_from_another_site_is_refused_though_it_has_the_mark(
    signed_in: SignedIn, headers: dict[str, str]
) -> None:
    who: Somebody = await signed_in(("admin", "england"))
    token = hidden(await who.get("/staff"), "token")
    reply = await who.client.post("/staff/sign-out", data={"token": token}, headers=headers)
    assert reply.status_code == 403 and reply.headers["cache-control"] == "no-store"
    assert (await who.get("/staff")).status_code == 200


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example/staff", "/staff/../x?y", "/search", "/staff\n"]
)
async def test_signing_in_leads_only_to_staff_pages(
    stranger: httpx2.AsyncClient, invited: Invited, to: str
) -> None:
    secret, _ = await set_up(stranger, invited)
    assert (await sign_in(stranger, secret, to=to)).headers["location"] in ("/staff", "/staff/../x")


async def test_over_https_the_cookie_is_of_this_host_only_and_without_it_nobody_signs_in(
    running: Starlette, data_dir: object, stranger: httpx2.AsyncClient, invited: Invited
) -> None:
    async with browser(running, base="http://offers.example") as open_wire:
        refused = await open_wire.get("/staff/sign-in")
        assert refused.status_code == 403 and "over https only" in words_of(refused)
        assert refused.headers["cache-control"] == "no-store"
    safe = create_app(Settings(data_dir=running.state.settings.data_dir, https=True))
    safe.state.live = running.state.live
    async with browser(safe, base="https://offers.example") as client:
        _, ready = await set_up(client, invited)
    cookie = ready.headers["set-cookie"]
    assert (
        cookie.startswith("__Host-staff=")
        and "Secure" in cookie
        and "Path=/;" in cookie
        and "HttpOnly" in cookie
    )


async def test_while_the_database_is_away_staff_are_told_and_the_public_pages_stay(
    running: Starlette, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = await signed_in(("admin", "england"))

    async def away(*_: object, **__: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr("offer.pages.staff.guard.person_of", away)
    reply = await who.get("/staff")
    assert reply.status_code == 503 and reply.headers["cache-control"] == "no-store"
    assert (await who.get("/search")).status_code == 200
