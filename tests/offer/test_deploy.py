"""The files to deploy with name only settings and commands that there are, and keep no secret."""

import asyncio
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
import yaml
from pydantic import SecretStr
from typer.main import get_command

import offer
from offer.catalogue.commands import set_up
from offer.catalogue.publishing import publish
from offer.cli import app
from offer.clock import now
from offer.db.connections import orm
from offer.db.steps import steps_of
from offer.errors import PlainError
from offer.settings import ROOT, Settings, read_settings, secrets_in_environment
from offer.staff.accounts import close, invite
from offer.staff.audit import COMMAND_LINE, standing
from offer.staff.roles import Grant
from offer.staff.sealing import seals_of
from tests.offer.conftest import postgres_server

__all__ = ["postgres_server"]

FOLDER = Path(offer.__path__[0], "deploy")
OTHERS = {"PYTHONDONTWRITEBYTECODE"}  # of Python


def settings() -> set[str]:
    return {name.upper() for name in Settings.model_fields} | OTHERS


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    return found


def test_every_setting_exists() -> None:
    services = compose()["services"]
    named = {name for each in ("setup", "web1", "web2", "web3") for name in services[each]["environment"]}
    for file in ("Containerfile", "local-offer@.service"):
        lines = re.findall(r"^(?:ENV|Environment=)\s?(.*)$", (FOLDER / file).read_text("utf-8"), re.MULTILINE)
        named |= {name for line in lines for name in re.findall(r"([A-Z_]+)=", line)}
    assert {"PROXIES", "DATA_DIR", "HOST"} <= named <= settings()


def test_every_command_exists() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    text = "".join(file.read_text("utf-8") for file in FOLDER.iterdir() if file.is_file())
    named = set(re.findall(r"bin/local-offer\"?,? \"?([a-z-]+)", text))
    assert {"serve", "ready", "build-places", "staff", "backup"} <= named <= commands


def test_the_proxy_whose_word_counts_is_that_of_the_network_in_the_file() -> None:
    (network,) = compose()["networks"]["default"]["ipam"]["config"]
    assert compose()["services"]["web1"]["environment"]["PROXIES"] == network["subnet"]


def test_no_password_stands_in_a_file() -> None:
    database = compose()["services"]["database"]["environment"]
    assert database["POSTGRES_PASSWORD_FILE"].startswith("/run/secrets/")
    for file in FOLDER.iterdir():
        if file.is_file():
            assert not re.search(r"://\w+:[\w-]+@", file.read_text("utf-8")), file.name


SECRETS = {"database_url", "seal_keys"}


def test_secrets_come_in_files_and_never_in_the_environment() -> None:
    unit = (FOLDER / "local-offer@.service").read_text("utf-8")
    assert set(re.findall(r"^LoadCredential=(\w+):/", unit, re.MULTILINE)) == SECRETS
    assert "UMask=0077" in unit and "StandardError=journal" in unit
    plan = compose()
    for name in ("setup", "web1", "web2", "web3"):
        service = plan["services"][name]
        held = {each if isinstance(each, str) else each["target"] for each in service["secrets"]}
        assert held == SECRETS <= set(Settings.model_fields)
        assert not {each.upper() for each in SECRETS} & set(service["environment"])
    assert all(each["file"].startswith("./secrets/") for each in plan["secrets"].values())
    assert "offer/deploy/secrets" in (FOLDER / "Containerfile.dockerignore").read_text("utf-8")
    assert "offer/deploy/secrets/" in (ROOT / ".gitignore").read_text("utf-8")


def test_settings_are_read_from_files_of_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "database_url").write_text("postgres://a:word@db/offer\n")
    (tmp_path / "metrics_token").write_text("of the file")
    monkeypatch.setenv("METRICS_TOKEN", "of the environment")
    found = read_settings()
    assert found.database_url == "postgres://a:word@db/offer"
    assert found.metrics_token.get_secret_value() == "of the environment", "the environment goes first"
    assert secrets_in_environment() == ["METRICS_TOKEN"]
    monkeypatch.setenv("DATABASE_URL", "postgres://a@db/offer")
    assert secrets_in_environment() == ["METRICS_TOKEN"], "an address without a password is no secret"


def test_secrets_are_made_once_by_chance(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "make-secrets.sh", tmp_path)
    first, again = made_secrets(tmp_path), made_secrets(tmp_path)
    assert first == again
    assert set(first) == {Path(each["file"]).name for each in compose()["secrets"].values()}
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert len(seals_of(Settings(seal_keys=SecretStr(first["seal_keys"]))).keys) == 1
    assert urlsplit(first["serving_url"]).password == first["serving_password"] != first["owner_password"]
    assert [urlsplit(first[f"{role}_url"]).username for role in ("owner", "serving")] == ROLES


NOT_ALLOWED = "permission denied|must be owner|must be superuser|only added to"
ROLES = ["offer_owner", "offer_serving"]


def made_secrets(folder: Path) -> dict[str, str]:
    subprocess.run(["sh", str(folder / "make-secrets.sh")], check=True)
    return {file.name: file.read_text() for file in (folder / "secrets").iterdir()}


@pytest.mark.postgres
async def test_who_serves_changes_no_table_and_no_row_of_the_log(postgres_server: str) -> None:
    name = f"roles_{uuid4().hex}"
    admin = await asyncpg.connect(postgres_server)
    try:
        await admin.execute(f'CREATE DATABASE "{name}"')
        here = urlsplit(postgres_server)._replace(path=f"/{name}").geturl()
        words = [f"--set={role.removeprefix('offer_')}_password={role}-word" for role in ROLES]
        psql = ["psql", "-q", here, *words, "-f", str(FOLDER / "roles.sql")]
        await asyncio.to_thread(subprocess.run, psql, check=True)
        owner, serving = (as_role(here, role) for role in ROLES)
        await set_up(owner, at=now())
        with pytest.raises(PlainError):
            async with orm(serving) as connection:
                await connection.execute_script("CREATE TABLE theirs (id int)")
        async with orm(serving) as connection:
            made = await invite(
                connection, "a@b.example", "A", "T", Grant("england", "admin"), COMMAND_LINE, now()
            )
            await close(connection, made.account, COMMAND_LINE, now())
            assert not (await steps_of(connection)).missing and (await standing(connection)).guarded
            await publish(at=now(), author="a test")
        for forbidden in (
            "UPDATE audit_log SET act = 'nothing'", "DELETE FROM audit_log", "TRUNCATE audit_log",
            "ALTER TABLE audit_log DISABLE TRIGGER ALL", "DROP TABLE staff_account",
            "CREATE ROLE mine SUPERUSER",
        ):  # fmt: skip
            async with orm(serving) as connection:
                with pytest.raises(
                    Exception, match=r"permission denied|must be owner|must be superuser|only added to"
                ):
                    await connection.execute_script(forbidden)
    finally:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        for role in ROLES:
            await admin.execute(f"DROP ROLE IF EXISTS {role}")
        await admin.close()


def as_role(url: str, role: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}:{role}-word@{parts.netloc.rpartition('@')[2]}").geturl()
