"""What `local-offer doctor` finds on a machine that is well, and on those of bad days."""

import json
import sqlite3
import ssl
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from offer.api.health import ready_reply
from offer.clock import now
from offer.commands.machine import doctor
from offer.db.change_models import StaffChange
from offer.db.models import Feed
from offer.doctor import Finding, findings, machine, network
from offer.settings import Settings
from offer.staff import commands

LATER = "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('catalogue', '0999_x', '2026-01-01')"


async def found(settings: Settings) -> dict[str, Finding]:
    return {each.part: each for each in await findings(settings)}


@pytest.fixture
def settings(running: Starlette, data_dir: Path) -> Settings:
    """Of a service on a database, at whose port nothing listens."""
    return Settings(data_dir=data_dir, port=9)


async def test_a_machine_that_is_ready_is_well(settings: Settings) -> None:
    parts = await found(settings)
    assert all(each.well for each in parts.values()), [each.line for each in parts.values() if not each.well]
    assert set(parts) == {
        "python", "styles", "npm", "folder", "places", "settings",
        "database", "catalogue", "documents", "publishing", "feeds", "staff", "audit", "codes", "secrets",
        "service", "certificate", "mail", "sign-in", "geocoder",
    }  # fmt: skip
    assert "staff add" in parts["staff"].mend
    assert parts["service"].mend == "Start it: local-offer serve"


async def test_it_says_the_same_to_a_machine(settings: Settings) -> None:
    (text,), well = await doctor(settings, as_json=True)
    told = json.loads(text)
    assert well is told["well"] is True
    assert {each["part"]: each["state"] for each in told["findings"]}["database"] == "ok"
    assert all(set(each) == {"part", "state", "says", "mend", "well"} for each in told["findings"])


async def test_every_trouble_names_what_to_do(settings: Settings, running: Starlette) -> None:
    connection = running.state.live.database
    late: dict[str, Any] = {
        "scope": "england",
        "title": "x",
        "team": "x",
        "created_at": now(),
        "changed_at": now(),
    }
    await StaffChange.create(**late, state="approved", publish_at=now() - timedelta(hours=1))
    await StaffChange.create(**late, state="approved", refused="Two amounts overlap.")
    await Feed.create(url="https://example.org/feed", read_at=now() - timedelta(days=90))
    await commands.add(settings, "sam@council.example", "admin", "england", "", "Team")
    parts = await found(settings)
    assert (parts["publishing"].state, parts["feeds"].state, parts["staff"].state) == ("due", "due", "due")
    assert "/staff/changes" in parts["publishing"].mend
    assert parts["feeds"].mend == "Run: local-offer import oruk https://example.org/feed --dry-run"
    await connection.execute_query("DELETE FROM tortoise_migrations WHERE name = '0008_changes'")
    parts = await found(settings)
    assert parts["database"].mend == "Run: local-offer migrate"
    assert "audit" not in parts, "what rests on tables that may not be there is not asked"


async def test_a_database_of_a_newer_version(settings: Settings, data_dir: Path) -> None:
    with closing(sqlite3.connect(data_dir / "offer.sqlite3")) as database, database:
        database.execute(LATER)
    part = (await found(settings))["database"]
    assert part.state == "broken" and "0999_x" in part.says and "restore" in part.mend


async def test_a_disk_that_is_full_and_settings_that_do_not_fit(
    settings: Settings, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "ROOM", 2**62)
    parts = await found(Settings(data_dir=data_dir, port=9, public_url="https://offers.invalid"))
    assert parts["folder"].state == "broken" and "MB left" in parts["folder"].says
    assert parts["settings"].mend == "Set HTTPS=true."
    assert parts["certificate"].state == "away"
    gone = await found(Settings(data_dir=data_dir / "nowhere", port=9, https=True))
    assert gone["folder"].mend == "Run: local-offer ready"
    assert gone["places"].mend == "Run: local-offer build-places"
    assert "PUBLIC_URL" in gone["settings"].mend


async def test_a_process_that_is_not_well_is_told_of(
    settings: Settings, running: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, Any] = ready_reply(running.state.live).model_dump(mode="json")
    monkeypatch.setattr(network, "_said_at", lambda address: said)
    assert (await found(settings))["service"].state == "ok"
    running.state.live.standing.stopping = True
    said = ready_reply(running.state.live).model_dump(mode="json")
    assert (await found(settings))["service"].state == "broken"


@pytest.mark.parametrize(("days", "state"), [(60, "ok"), (5, "old")])
async def test_a_certificate_that_ends_soon(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, days: int, state: str
) -> None:
    monkeypatch.setattr(network, "_ends", lambda host, port: now() + timedelta(days=days))
    told = Settings(data_dir=data_dir, port=9, public_url="https://offers.example", https=True)
    assert network._certificate(told).state == state


def test_a_certificate_that_has_run_out(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(host: str, port: int) -> None:
        fault = ssl.SSLCertVerificationError(1, "no")
        fault.verify_message = "certificate has expired"
        raise fault

    monkeypatch.setattr(network, "_ends", refuse)
    part = network._certificate(Settings(data_dir=data_dir, public_url="https://offers.example"))
    assert part.state == "broken" and "certificate has expired" in part.says


async def test_a_mail_server_that_is_not_there_and_a_sign_in_that_is_not(data_dir: Path) -> None:
    told = Settings(
        data_dir=data_dir, smtp_host="127.0.0.1", smtp_port=9, mail_from="a@council.example",
        oidc_issuer="http://127.0.0.1:9", oidc_client_id="x",
    )  # fmt: skip
    assert network._mail(told).state == "broken"
    assert "SMTP_PASSWORD" in network._mail(told).mend
    assert network._sign_in(told).state == "broken"
