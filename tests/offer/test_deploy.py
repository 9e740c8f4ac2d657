"""The files to deploy with name only settings and commands that there are, and keep no secret."""

import re
from pathlib import Path
from typing import Any

import yaml
from typer.main import get_command

import offer
from offer.cli import app
from offer.settings import Settings

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
    assert {"DATABASE_URL", "DATA_DIR", "HOST"} <= named <= settings()


def test_every_command_exists() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    text = "".join(file.read_text("utf-8") for file in FOLDER.iterdir())
    named = set(re.findall(r"bin/local-offer\"?,? \"?([a-z-]+)", text))
    assert {"serve", "ready", "build-places", "staff", "backup"} <= named <= commands


def test_the_proxy_whose_word_counts_is_that_of_the_network_in_the_file() -> None:
    (network,) = compose()["networks"]["default"]["ipam"]["config"]
    assert compose()["services"]["web1"]["environment"]["PROXIES"] == network["subnet"]


def test_no_password_stands_in_a_file() -> None:
    database = compose()["services"]["database"]["environment"]
    assert database["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
