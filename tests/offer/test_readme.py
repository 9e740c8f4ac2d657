"""Every example of the README really runs, and says what the README says it says."""

import json
import re
import shlex
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from offer.app import create_app
from offer.cli import main
from offer.published import Published
from offer.settings import ROOT, Settings

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
CALLS = re.findall(r"^curl -s (.+?)$(?=\n(?:\S|\n|$))", COMMANDS, re.MULTILINE | re.DOTALL)
KINDS = {"application/json", "application/atom+xml", "text/calendar", "text/csv", "text/html"}
LINES = re.findall(r"^\.venv/bin/local-offer (.+)$", COMMANDS, re.MULTILINE)


@pytest.fixture
def prepared(
    tmp_path: Path, places_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """A folder as `make run` leaves it."""
    (tmp_path / "places.bin").symlink_to(places_file)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.chdir(ROOT)
    _run("ready", monkeypatch)
    capsys.readouterr()
    return tmp_path


def _run(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["local-offer", *shlex.split(line, comments=True)])
    try:
        main()
    except SystemExit as end:
        assert end.code in (0, None), line


def test_the_commands_of_the_readme_run(
    prepared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(LINES) == 14
    for line in LINES:
        _run(line.replace("var/", f"{prepared}/"), monkeypatch)
        assert capsys.readouterr().out.strip(), line


@pytest.fixture
async def client(published: Published, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = published
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as made:
        yield made


async def test_the_calls_of_the_readme_run(client: httpx2.AsyncClient) -> None:
    assert len(CALLS) == 27
    for call in CALLS:
        url, *rest = shlex.split(call)
        body = rest[rest.index("-d") + 1] if "-d" in rest else None
        json_type = {"content-type": "application/json"}
        reply = await (client.post(url, content=body, headers=json_type) if body else client.get(url))
        assert reply.status_code == 200, (url, reply.text)
        kind = reply.headers["content-type"].partition(";")[0]
        assert kind in KINDS, url
        if kind == "application/json":
            told = json.loads(reply.text)
            assert told["contents"] if "openreferral" in url else told["catalogue_version"] == 1


def test_its_links_and_its_picture_are_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_it_counts_no_index_address() -> None:
    for name in (
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-audit.lock",
        "requirements-bench.lock",
        "requirements-maps.lock",
        "README.md",
    ):
        assert "://" not in re.sub(
            r"http://127\.0\.0\.1\S*|postgres://\S*", "", (ROOT / name).read_text("utf-8")
        )
