"""Signing in with a council account, against a real provider; and each way an answer may be false."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import structlog
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from starlette.applications import Starlette

from offer.app import create_app
from offer.clock import now
from offer.db.change_models import StaffIdentity
from offer.db.staff_models import AuditRow, StaffAccount
from offer.errors import PlainError
from offer.settings import Settings
from offer.staff.accounts import Invited, invite, invite_again
from offer.staff.audit import COMMAND_LINE
from offer.staff.council.config import config_of
from offer.staff.council.journey import as_cookie, from_cookie, new_journey
from offer.staff.council.opening import provider_of
from offer.staff.roles import Grant
from tests.offer.pages.reading import title_of, words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import HOST, PASSWORD, browser, code_of, hidden
from tests.offer.staff.provider import CLIENT, SECRET, Bend, CouncilProvider, council_provider, shared_key

BACK = "/staff/sign-in/council/back"
NAME = "your Lincolnshire account"


@pytest.fixture
def council() -> Iterator[CouncilProvider]:
    with council_provider(f"{HOST}{BACK}") as provider:
        yield provider


@pytest.fixture
async def linked_up(running: Starlette, council: CouncilProvider) -> Starlette:
    """The service with that provider in its settings."""
    settings = running.state.settings.model_copy(
        update={
            "oidc_issuer": council.address, "oidc_client_id": CLIENT,
            "oidc_client_secret": SecretStr(SECRET), "oidc_name": NAME,
        }
    )  # fmt: skip
    running.state.live.provider = provider_of(settings)
    await StaffIdentity.all().using_db(running.state.live.database).delete()
    return running


@pytest.fixture
async def person(linked_up: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    async with browser(linked_up) as client:
        yield client


@pytest.fixture
async def invited(linked_up: Starlette) -> Invited:
    connection = linked_up.state.live.database
    email = "oidc@council.example"
    await StaffAccount.filter(email=email).using_db(connection).update(email=None)
    return await invite(connection, email, "Ola", "Team", Grant("E10000019", "editor"), COMMAND_LINE, now())


async def at_the_provider(begun: httpx2.Response) -> str:
    """Goes on to the provider, and gives the address it sends the browser back to."""
    assert begun.status_code == 303, begun.text
    async with httpx2.AsyncClient() as outside:
        sent_back = await outside.get(begun.headers["location"])
    assert sent_back.status_code == 302, sent_back.text
    location = sent_back.headers["location"]
    assert location.startswith(f"{HOST}{BACK}?")
    return str(location.removeprefix(HOST))


async def through(person: httpx2.AsyncClient, start: str) -> httpx2.Response:
    """The whole way, from our page and back to it."""
    return await person.get(await at_the_provider(await person.get(start)))


async def joined(person: httpx2.AsyncClient, invited: Invited) -> httpx2.Response:
    return await through(person, f"/staff/invitation/{invited.key}/council")


async def test_an_invited_person_needs_no_password_and_comes_back_later(
    linked_up: Starlette, person: httpx2.AsyncClient, invited: Invited, council: CouncilProvider
) -> None:
    assert f"Use {NAME}" in words_of(await person.get(f"/staff/invitation/{invited.key}"))
    done = await joined(person, invited)
    assert (done.status_code, done.headers["location"]) == (303, "/staff")
    assert "Staff home" in words_of(await person.get("/staff"))
    assert (await person.get(f"/staff/invitation/{invited.key}")).status_code == 404, "it works once"
    mine = words_of(await person.get("/staff/me"))
    assert "Linked." in mine and "Change your password" not in mine
    async with browser(linked_up) as later:
        assert f"Sign in with {NAME}" in words_of(await later.get("/staff/sign-in"))
        again = await through(later, "/staff/sign-in/council?to=/staff/entries")
        assert (again.status_code, again.headers["location"]) == (303, "/staff/entries")
        assert (await later.get("/staff/entries")).status_code == 200
    connection = linked_up.state.live.database
    rows = await AuditRow.filter(account=invited.account).using_db(connection).order_by("id")
    assert [row.act for row in rows] == ["set up", "signed in", "signed in"]
    assert all("council sign-in" in row.detail for row in rows)
    held = await StaffAccount.get(id=invited.account, using_db=connection)
    assert held.password is None and held.totp is None
    roles = words_of(await person.get("/staff"))
    assert "Lincolnshire" in roles and "Editor" in roles, "of the invitation, not of the provider"


async def test_what_is_asked_of_the_provider(
    person: httpx2.AsyncClient, invited: Invited, council: CouncilProvider
) -> None:
    begun = await person.get("/staff/sign-in/council")
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["scope"] == ["openid"], "no name, no email address, no groups"
    assert asked["response_type"] == ["code"] and asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{HOST}{BACK}"] and len(asked["state"][0]) >= 40
    cookie = begun.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=600" in cookie
    assert "client_secret" not in begun.headers["location"]


async def test_nobody_signs_in_who_was_not_invited_or_linked(
    linked_up: Starlette, person: httpx2.AsyncClient, council: CouncilProvider, invited: Invited
) -> None:
    """Not even with the email address of an account, which the provider may say what it likes of."""
    council.bend = {"email": "oidc@council.example", "email_verified": True, "roles": ["admin"]}
    page = await through(person, "/staff/sign-in/council")
    assert page.status_code == 403 and "has no account here yet" in words_of(page)
    assert "staff" not in person.cookies and title_of(page).startswith("Error: ")
    assert not await StaffIdentity.all().using_db(linked_up.state.live.database).exists()


def saying(**claims: object) -> Bend:
    """A provider that says this in the place of what is right."""
    return lambda council: council.bend.update(claims)


def by_a_shared_secret(council: CouncilProvider) -> None:
    council.algorithm, council.sign_with = "HS256", shared_key()


def by_another_key(council: CouncilProvider) -> None:
    council.sign_with = RSAKey.generate_key(2048, {"kid": council.keys.keys[0].kid or ""})


def by_an_unpublished_key(council: CouncilProvider) -> None:
    council.sign_with = RSAKey.generate_key(2048, {"kid": "unheard-of"})


@pytest.mark.parametrize(
    ("bend", "why"),
    [
        (saying(nonce="of another journey"), "claims: InvalidClaimError nonce"),
        (saying(nonce=None), "claims: MissingClaimError nonce"),
        (saying(aud=["somebody-else"]), "claims: MissingClaimError azp"),
        (saying(aud=["somebody-else"], azp=CLIENT), "another audience"),
        (saying(aud=[CLIENT, "somebody-else"], azp=CLIENT), "another audience"),
        (saying(iss="http://127.0.0.1:1"), "another issuer"),
        (saying(exp=1_700_000_000), "claims: ExpiredTokenError exp"),
        (saying(iat=4_000_000_000), "claims: InvalidClaimError iat"),
        (saying(sub=""), "no subject"),
        (saying(sub="x" * 256), "no subject"),
        (saying(at_hash="of another token"), "claims: InvalidClaimError at_hash"),
        (by_a_shared_secret, "signature: UnsupportedAlgorithmError"),
        (by_another_key, "signature: BadSignatureError"),
        (by_an_unpublished_key, "signed with a key that is not published"),
    ],
)
async def test_a_false_answer_signs_nobody_in(
    linked_up: Starlette, invited: Invited, council: CouncilProvider, bend: Bend, why: str
) -> None:
    async with browser(linked_up) as owner:
        assert (await joined(owner, invited)).status_code == 303
    bend(council)
    async with browser(linked_up) as person:
        with structlog.testing.capture_logs() as logged:
            page = await through(person, "/staff/sign-in/council")
        refused = [line["why"] for line in logged if line["event"] == "council sign-in refused"]
        assert refused == [why]
        assert page.status_code == 422 and "cannot be trusted" in words_of(page)
        assert "staff" not in person.cookies


@pytest.mark.parametrize(
    ("says", "lets_in"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "urn:strong"}, True),
        ({}, False),
        ({"amr": ["pwd"], "acr": "1"}, False),
        ({"amr": "mfa"}, False),
        ({"amr": [["mfa"], None, 1], "acr": ["mfa"]}, False),
    ],
)
async def test_where_a_second_factor_is_asked_for_the_provider_has_to_say_so(
    linked_up: Starlette, invited: Invited, council: CouncilProvider, says: dict[str, Any], lets_in: bool
) -> None:
    """What is not said, or not in the form of the standard, is taken for the weakest way."""
    provider = linked_up.state.live.provider
    provider._config = replace(provider.config, strong=frozenset({"mfa", "urn:strong"}))
    council.bend.update(says)
    async with browser(linked_up) as person:
        done = await joined(person, invited)
        assert done.status_code in ((303,) if lets_in else (403, 422)), "422: not in the standard's form"
        assert ("staff" in person.cookies) is lets_in
        assert done.status_code != 403 or "second step" in words_of(done)


async def test_an_answer_belongs_to_the_browser_that_asked_and_counts_once(
    linked_up: Starlette, invited: Invited, council: CouncilProvider
) -> None:
    async with browser(linked_up) as owner:
        assert (await joined(owner, invited)).status_code == 303
    async with browser(linked_up) as person, browser(linked_up) as other:
        answer = await at_the_provider(await person.get("/staff/sign-in/council"))
        assert (await other.get(answer)).status_code == 422, "not begun there"
        journey = person.cookies["staff-journey"]
        forged = answer.replace("state=", "state=x")
        assert (await person.get(forged)).status_code == 422
        assert "staff-journey" not in person.cookies, "one answer, right or wrong, ends it"
        assert (await person.get(answer)).status_code == 422
        # the right answer in the right browser works, and the same again does not, cookie and all
        person.cookies.set("staff-journey", journey)
        assert (await person.get(answer)).status_code == 303
        async with browser(linked_up, {"staff-journey": journey}) as thief:
            replayed = await thief.get(answer)
            assert replayed.status_code == 422 and "staff" not in thief.cookies
        # and a code stolen on the way is worth nothing in another journey: its verifier differs (PKCE)
        stolen = await at_the_provider(await person.get("/staff/sign-in/council"))
        mine = from_cookie(_begun_cookie(await other.get("/staff/sign-in/council")))
        assert mine
        code = parse_qs(urlsplit(stolen).query)["code"][0]
        assert (await other.get(f"{BACK}?code={code}&state={mine.state}")).status_code == 422


def _begun_cookie(reply: httpx2.Response) -> str:
    return reply.headers["set-cookie"].split("staff-journey=")[1].split(";")[0].strip('"')


async def test_new_keys_of_the_provider_are_fetched_once(
    linked_up: Starlette, invited: Invited, council: CouncilProvider
) -> None:
    async with browser(linked_up) as owner:
        assert (await joined(owner, invited)).status_code == 303
    assert council.keys_asked == 1
    council.turn_keys()
    for _ in range(2):
        async with browser(linked_up) as person:
            assert (await through(person, "/staff/sign-in/council")).status_code == 303
    assert council.keys_asked == 2


async def test_a_provider_that_is_away_leaves_the_password(
    linked_up: Starlette, council: CouncilProvider
) -> None:
    for status in (503, 404):
        council.status = status
        linked_up.state.live.provider = provider_of(_settings(council))
        async with browser(linked_up) as person:
            page = await person.get("/staff/sign-in/council")
            assert page.status_code == 503
            assert "Your Lincolnshire account does not answer just now." in words_of(page)
            assert 'name="password"' in page.text and 'action="/staff/sign-in"' in page.text
    gone = _settings(council).model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    linked_up.state.live.provider = provider_of(gone)
    async with browser(linked_up) as person:
        assert (await person.get("/staff/sign-in/council")).status_code == 503
        assert (await person.get("/staff/sign-in/council")).status_code == 503, "and is given a rest"


def _settings(council: CouncilProvider) -> Settings:
    return Settings(
        oidc_issuer=council.address,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr(SECRET),
        oidc_name=NAME,
    )


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://somebody-else.example"},
        {"token_endpoint": "http://somebody-else.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": ""},
    ],
)
async def test_a_false_description_of_the_provider_is_not_followed(
    linked_up: Starlette, council: CouncilProvider, document: dict[str, str]
) -> None:
    council.document = document
    async with browser(linked_up) as person:
        page = await person.get("/staff/sign-in/council")
        assert page.status_code == 422 and "cannot be trusted" in words_of(page)


async def test_who_declines_is_told_so(person: httpx2.AsyncClient, council: CouncilProvider) -> None:
    council.person = None
    page = await through(person, "/staff/sign-in/council")
    assert page.status_code == 422 and "did not sign you in" in words_of(page)


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example/staff", "/search", "/staff\n"])
async def test_it_leads_only_to_staff_pages(
    linked_up: Starlette, person: httpx2.AsyncClient, invited: Invited, to: str
) -> None:
    await joined(person, invited)
    async with browser(linked_up) as later:
        start = str(httpx2.URL("/staff/sign-in/council", params={"to": to}))
        assert (await through(later, start)).headers["location"] == "/staff"
        tampered = new_journey("sign-in", to)
        assert from_cookie(as_cookie(tampered)) == tampered


@pytest.mark.parametrize("cookie", ["", "x", "e30=", "bnVsbA==", "W10=", "é", "A" * 9_000])
async def test_any_cookie_at_all_is_only_no_journey(person: httpx2.AsyncClient, cookie: str) -> None:
    assert from_cookie(cookie) is None
    sent = {b"cookie": f"staff-journey={cookie}".encode()}
    reply = await person.get(f"{BACK}?code=x&state=", headers=sent)
    assert reply.status_code == 422


async def test_an_account_with_a_password_is_linked_and_unlinked_by_its_owner(
    linked_up: Starlette, invited: Invited, council: CouncilProvider
) -> None:
    async with browser(linked_up) as person:
        path = f"/staff/invitation/{invited.key}"
        secret = hidden(await person.get(path), "secret")
        sent = {"secret": secret, "password": PASSWORD, "repeat": PASSWORD, "code": code_of(secret, now())}
        ready = await person.post(path, data=sent)
        recovery = ready.text.split('app-staff-key">')[1:]
        codes = [part.split("<")[0] for part in recovery]
        form = {"token": hidden(await person.get("/staff/me/council"), "token"), "code": codes[0]}
        wrong = await person.post("/staff/me/council", data=form | {"old": "not it"})
        assert wrong.status_code == 422 and council.address not in wrong.text
        onward = await person.post("/staff/me/council", data=form | {"old": PASSWORD})
        address = onward.text.split('class="govuk-button" href="')[1].split('"')[0].replace("&amp;", "&")
        assert address.startswith(f"{council.address}/authorize?")
        async with httpx2.AsyncClient() as outside:
            back = (await outside.get(address)).headers["location"].removeprefix(HOST)
        # in a browser that is not signed in, nothing is linked
        async with browser(linked_up, {"staff-journey": person.cookies["staff-journey"]}) as other:
            assert (await other.get(back)).status_code == 403
        assert not await StaffIdentity.all().using_db(linked_up.state.live.database).exists()
        onward = await person.post("/staff/me/council", data=form | {"old": PASSWORD, "code": codes[1]})
        address = onward.text.split('class="govuk-button" href="')[1].split('"')[0].replace("&amp;", "&")
        async with httpx2.AsyncClient() as outside:
            back = (await outside.get(address)).headers["location"].removeprefix(HOST)
        done = await person.get(back)
        assert (done.status_code, done.headers["location"]) == (303, "/staff/me?linked")
        async with browser(linked_up) as later:
            assert (await through(later, "/staff/sign-in/council")).status_code == 303
        ended = await person.post("/staff/me/council/end", data=form)
        assert ended.headers["location"] == "/staff/me?unlinked"
        async with browser(linked_up) as later:
            assert (await through(later, "/staff/sign-in/council")).status_code == 403


async def test_one_council_account_belongs_to_one_account_here(
    linked_up: Starlette, person: httpx2.AsyncClient, invited: Invited
) -> None:
    assert (await joined(person, invited)).status_code == 303
    connection = linked_up.state.live.database
    other = await invite(
        connection, f"{now().timestamp()}@council.example", "Two", "Team",
        Grant("E10000019", "viewer"), COMMAND_LINE, now(),
    )  # fmt: skip
    async with browser(linked_up) as second:
        page = await joined(second, other)
        assert page.status_code == 409 and "belongs to another account" in words_of(page)
        assert (await second.get(f"/staff/invitation/{other.key}")).status_code == 200, "not used up"


async def test_a_new_invitation_and_closing_end_the_link(
    linked_up: Starlette, person: httpx2.AsyncClient, invited: Invited, signed_in: SignedIn
) -> None:
    await joined(person, invited)
    await invite_again(linked_up.state.live.database, invited.account, COMMAND_LINE, now())
    assert (await person.get("/staff")).status_code == 303
    async with browser(linked_up) as later:
        assert (await through(later, "/staff/sign-in/council")).status_code == 403


async def test_without_a_provider_nothing_of_it_is_there(stranger: httpx2.AsyncClient) -> None:
    assert "council account" not in (await stranger.get("/staff/sign-in")).text
    for path in ("/staff/sign-in/council", BACK, "/staff/invitation/x/council"):
        assert (await stranger.get(path)).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"oidc_issuer": "https://login.example"},
        {"oidc_client_id": "x", "oidc_client_secret": "y"},
        {"oidc_issuer": "http://login.example", "oidc_client_id": "x", "oidc_client_secret": "y"},
        {"oidc_issuer": "login.example", "oidc_client_id": "x", "oidc_client_secret": "y"},
        {
            "oidc_issuer": "http://127.0.0.1:1",
            "oidc_client_id": "x",
            "oidc_client_secret": "y",
            "https": True,
        },
        {"oidc_issuer": "https://a.test", "oidc_client_id": "x", "oidc_client_secret": "y", "https": True},
    ],
)
def test_half_a_setting_is_said_at_the_start(given: dict[str, str]) -> None:
    with pytest.raises(PlainError):
        create_app(Settings.model_validate(given))


def test_the_secret_is_never_printed() -> None:
    settings = Settings(
        oidc_issuer="https://login.example/", oidc_client_id="x", oidc_client_secret=SecretStr("hush-hush")
    )
    assert "hush-hush" not in repr(settings) and "hush-hush" not in repr(config_of(settings))
