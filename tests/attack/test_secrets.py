"""Canaries in the place of every secret, through every path that fails: found in no log, line or reply."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
import structlog
from pydantic import SecretStr
from starlette.applications import Starlette

from offer.clock import now
from offer.db.change_models import StaffTry
from offer.mail.letter import Letter
from offer.mail.post import PostAway, PostRefused, server_of
from offer.settings import Settings
from offer.staff.accounts import invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.codes import form_token
from offer.staff.council.config import ProviderConfig, config_of
from offer.staff.council.provider import AskedProvider
from offer.staff.inviting import sent
from offer.staff.roles import Grant
from tests.attack.conftest import NOT_SLOW
from tests.conftest import ROOT
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, browser
from tests.strength import MANY, survived

HOW = "make strength (tests/attack/test_secrets.py)"
PASSWORD, CODE, RECOVERY = "canary otter password", "918273", "CNRY-CNRY-CNRY-CNRY"
TOTP, SESSION, KNOWN = "CANARYCANARYCANARYCANARYCANARY22", "canary-session-key-0000000000000", "c" * 64
DATABASE, MAIL, PROVIDER = "canary-database-pw", "canary-mail-pw", "canary-provider-pw"
ALL = (PASSWORD, CODE, RECOVERY, TOTP, SESSION, KNOWN, DATABASE, MAIL, PROVIDER, "canary")
EMAIL = "canary.person@council.example"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, running: Starlette) -> io.StringIO:
    """Every line that is logged, at the most talkative level."""
    running.state.live.staff_tries = NOT_SLOW
    kept = io.StringIO()
    structlog.configure(
        processors=[
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(kept),
        cache_logger_on_first_use=False,
    )
    return kept


def silent(text: str) -> bool:
    """Whether no canary stands in a text."""
    return not any(secret.casefold() in text.casefold() for secret in ALL)


FORM = {
    "email": EMAIL,
    "password": PASSWORD,
    "repeat": PASSWORD,
    "old": PASSWORD,
    "code": CODE,
    "new_code": CODE,
    "secret": TOTP,
    "token": "wrong",
}


async def test_nothing_typed_to_sign_in_is_logged_or_sent_back(
    running: Starlette, lines: io.StringIO, signed_in: SignedIn
) -> None:
    connection = running.state.live.database
    who: Somebody = await signed_in(("admin", "england"))
    made = await invite(connection, f"x{EMAIL}", "N", "T", Grant("england", "viewer"), COMMAND_LINE, now())
    paths = (
        "/staff/sign-in",
        "/staff/me/password",
        "/staff/me/app",
        "/staff/me/council",
        "/staff/sign-out",
        f"/staff/invitation/{made.key}",
        f"/staff/invitation/{SESSION}",
        "/staff/people",
    )
    tried = 0
    async with browser(
        running, {"staff": SESSION, "staff-known": KNOWN, "staff-journey": SESSION}
    ) as stranger:
        for path in paths:
            for client in (stranger, who.client):
                for code in (CODE, RECOVERY):
                    await StaffTry.all().using_db(connection).delete()
                    reply = await client.post(path, data=FORM | {"code": code, "token": form_token(who.key)})
                    shown = re.sub(re.escape(TOTP), "", reply.text)  # a page that is set up shows its own
                    assert silent(re.sub(EMAIL, "", shown)), path
                    tried += 1
            await stranger.get(path, params={"password": PASSWORD, "code": CODE, "token": SESSION})
        await stranger.get("/staff/sign-in/council/back", params={"state": SESSION, "code": PROVIDER})
    assert silent(lines.getvalue()) and made.key not in lines.getvalue()
    assert who.key not in lines.getvalue() and form_token(who.key) not in lines.getvalue()
    survived("attack", "a secret sent into a path that fails, then looked for in the log", tried, tried, HOW)


@pytest.mark.parametrize(
    "broken",
    [
        "offer.pages.staff.door.checked",
        "offer.pages.staff.door.begin",
        "offer.staff.passwords._fits",
        "offer.pages.staff.door.is_known",
        "offer.staff.sessions.step_of",
        "offer.pages.staff.again.carried",
    ],
)
async def test_a_fault_of_ours_in_the_middle_of_it_tells_nothing(
    running: Starlette, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise RuntimeError(f"{given} {named} {PASSWORD} {CODE} {TOTP}")

    monkeypatch.setattr(broken, fail)
    transport = httpx2.ASGITransport(app=running, raise_app_exceptions=False)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", cookies={"staff": SESSION, "staff-known": KNOWN}
    ) as client:
        for path in ("/staff/sign-in", "/staff/sign-out"):
            reply = await client.post(path, data=FORM)
            assert silent(reply.text.replace(EMAIL, "")), path
    assert silent(lines.getvalue())


async def test_the_provider_s_secret_stays_with_the_provider(running: Starlette, lines: io.StringIO) -> None:
    """Away, at a dead port: what is told of it, and what the object looks like in a traceback."""
    config = ProviderConfig("http://127.0.0.1:9", "us", PROVIDER, "the council")
    held = running.state.live.provider
    running.state.live.provider = AskedProvider(config)
    try:
        async with browser(running) as stranger:
            reply = await stranger.get("/staff/sign-in/council")
            assert reply.status_code == 503 and silent(reply.text)
    finally:
        running.state.live.provider = held
    assert silent(lines.getvalue()) and silent(repr(config))


async def test_the_mail_server_s_password_too(lines: io.StringIO) -> None:
    settings = Settings(
        smtp_host="127.0.0.1",
        smtp_port=9,
        smtp_user="u",
        smtp_password=SecretStr(MAIL),
        mail_from="a@b.example",
    )
    server = server_of(settings)
    assert server
    letter = Letter("c@d.example", "Subject", "canary words", "id")
    for each in (server, replace(server, security="tls"), replace(server, security="none")):
        with pytest.raises((PostAway, PostRefused)) as fault:
            await each.send(letter)
        assert silent(str(fault.value)) and not await sent(each, letter)
        assert silent(repr(each))
    assert silent(lines.getvalue())


def test_settings_print_none_of_them() -> None:
    settings = Settings(
        database_url=f"postgres://u:{DATABASE}@db/x",
        oidc_issuer="https://x.example",
        oidc_client_id="us",
        oidc_client_secret=SecretStr(PROVIDER),
        smtp_password=SecretStr(MAIL),
        seal_keys=SecretStr(MAIL),
    )
    assert silent(repr(settings)) and silent(str(settings)) and silent(repr(config_of(settings)))


COMMANDS: list[tuple[list[str], dict[str, str]]] = [
    (["ready"], {}),
    (["doctor"], {}),
    (["migrate"], {}),
    (["publish"], {}),
    (["backup", "copy.sqlite3"], {}),
    (["move", f"postgres://v:{DATABASE}@127.0.0.1:9/y"], {}),
    (["staff", "list"], {}),
    (["ready"], {"DATABASE_URL": f"postgres://u:{DATABASE}@nowhere.invalid/x"}),
    (["ready"], {"DATABASE_URL": f"mysql://u:{DATABASE}@127.0.0.1/x"}),
    (["ready"], {"DATABASE_URL": f"postgres://u:{DATABASE}@127.0.0.1:port/x"}),
    (["ready"], {"DATABASE_URL": f"postgres://u:{DATABASE}@[::1/x"}),
    (["serve"], {"PORT": "many"}),
    (["serve"], {"PROXIES": "*"}),
    (["serve"], {"OIDC_CLIENT_ID": ""}),
    (["serve"], {"SMTP_PORT": "canary"}),
    (["serve"], {"SEAL_KEYS": MAIL}),
]


@pytest.mark.parametrize(("command", "more"), COMMANDS if MANY else COMMANDS[::4])
def test_no_command_prints_one_when_it_fails(
    tmp_path: Path, places_file: Path, command: list[str], more: dict[str, str]
) -> None:
    """A database that is not there, addresses that make no sense, settings that are half set."""
    (tmp_path / "places.bin").symlink_to(places_file)
    secrets = {
        "DATABASE_URL": f"postgres://u:{DATABASE}@127.0.0.1:9/x",
        "OIDC_CLIENT_SECRET": PROVIDER,
        "OIDC_ISSUER": "https://login.example",
        "OIDC_CLIENT_ID": "us",
        "SMTP_PASSWORD": MAIL,
        "SMTP_HOST": "127.0.0.1",
        "MAIL_FROM": "a@b.example",
        "SMTP_USER": "u",
        "DATA_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "offer.cli", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT), **secrets, **more},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0 and said.strip(), said
    assert silent(said), said
