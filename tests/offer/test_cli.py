"""Every command for real: 0 done, 1 refused with one plain line, 2 wrong usage."""

import json
import re
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest
import typer.main

from offer.api import examples
from offer.app import create_app
from offer.cli import app, main
from offer.settings import ROOT, Settings

SITUATION = ROOT / "tests" / "situations" / "sleaford-19-left-care-at-18.yaml"
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


class Ran(NamedTuple):
    """What a command printed, and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def plain_line(self) -> str:
        """The one line of a refusal."""
        assert self.code == 1, (self.code, self.out, self.err)
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("local-offer: ")
        assert "Traceback" not in self.err
        return lines[0]


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line as the shell would."""

    def run(*words: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["local-offer", *map(str, words)])
        capsys.readouterr()
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        else:
            code = 0
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def ready_dir(tmp_path_factory: pytest.TempPathFactory, places_file: Path) -> Path:
    """A data folder with the postcodes; the first command that needs the catalogue makes it."""
    folder = tmp_path_factory.mktemp("ready")
    (folder / "places.bin").symlink_to(places_file)
    return folder


@pytest.fixture
def ready(ready_dir: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """DATA_DIR as `make run` leaves it."""
    monkeypatch.setenv("DATA_DIR", str(ready_dir))
    assert run("ready").code == 0
    return ready_dir


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """DATA_DIR of a machine on which nothing was done."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert re.search(rf"Example:.*local-offer {command}", " ".join(ran.out.split()))


def test_wrong_usage_ends_with_2(run: Run) -> None:
    for words in (["check"], ["nonsense"], ["places"], ["check", "a", "b"], ["load", "--what"], []):
        assert run(*words).code == 2, words


def test_ready_twice_does_nothing_the_second_time(run: Run, ready: Path) -> None:
    ran = run("ready")
    assert (ran.code, ran.err) == (0, "")
    assert "new" not in ran.out


@pytest.fixture
def sleaford(tmp_path: Path) -> Path:
    """The person of the API's first example, as a YAML file."""
    file = tmp_path / "sleaford.yaml"
    file.write_text(json.dumps(example().body), "utf-8")  # JSON is YAML
    return file


def example() -> examples.Example:
    return next(each for each in examples.examples() if each.name == "check")


def test_check_says_what_somebody_can_get_and_whom_to_ask(run: Run, ready: Path, sleaford: Path) -> None:
    ran = run("check", sleaford)
    assert ran.code == 0, ran.err
    got, might = ran.out.index("You should be able to get"), ran.out.index("You might")
    assert got < ran.out.index("[personal-adviser-to-21]") < might
    assert might < ran.out.index("[setting-up-home-allowance]")
    assert "Ask: " in ran.out
    assert "[" not in ran.out[ran.out.index("Not now (") :], "what does not fit is told only when asked for"
    assert len(run("check", sleaford, "--all").out) > len(ran.out)


async def test_check_and_the_api_give_the_same_answer(
    places_file: Path, tmp_path: Path, sleaford: Path
) -> None:
    """The command and the call read the same database."""
    from offer.catalogue.commands import set_up
    from offer.clock import now
    from offer.commands.answers import check

    (tmp_path / "places.bin").symlink_to(places_file)
    settings = Settings(data_dir=tmp_path)
    await set_up(settings.database, at=now())
    (told,) = await check(settings, sleaford, everything=False, as_json=True)
    app_ = create_app(settings)
    async with app_.router.lifespan_context(app_):
        transport = httpx2.ASGITransport(app=app_)
        async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as client:
            reply = await client.post("/api/v1/check", json=example().body)
    assert json.loads(told) == reply.json()


def test_check_refuses_in_one_plain_line(run: Run, ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "person.yaml"
    told = {
        "facts: {age_years: 17, care_status: former_relevant}": "care_status",
        "facts: {shoe_size: 7}": "shoe_size",
        "facts: [1]": "holds no situation",
        "just words": "holds no situation",
        "": "empty",
        "on: yesterday\nfacts: {}": "not a date",
        "onn: 2026-11-22": "onn",
        "facts: {a: [": "YAML",
        "facts:\n  age_years: 17\n  age_years: 19": "YAML",
    }
    for text, words in told.items():
        file.write_text(text, "utf-8")
        assert words in run("check", file).plain_line, text
    file.write_bytes(b"\xff\xfe\x00")
    assert "YAML" in run("check", file).plain_line
    assert "cannot be read" in run("check", tmp_path / "nowhere.yaml").plain_line
    assert "cannot be read" in run("check", tmp_path).plain_line


def test_check_answers_every_person_of_a_file(run: Run, ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_text("- {name: Ash, facts: {age_years: 17}}\n- {name: Bo, facts: {age_years: 22}}\n", "utf-8")
    ran = run("check", file)
    assert "== Ash" in ran.out
    assert "== Bo" in ran.out
    assert len(json.loads(run("check", file, "--json").out)) == 2


def test_places_names_district_and_council_or_says_what_to_do(run: Run, ready: Path) -> None:
    ran = run("places", "ng347ef")
    assert (ran.code, ran.out) == (0, "North Kesteven (E07000139), Lincolnshire (E10000019)\n")
    assert "full postcode" in run("places", "LN1").out
    assert "do not know" in run("places", "xyzzy").out


def test_relevance_measures_search(run: Run, ready: Path, shared: Path) -> None:
    ran = run("relevance", shared / "cases" / "search_queries.json", shared / "cases" / "search_topics.json")
    assert ran.code == 0, ran.err
    assert float(re.findall(r"nDCG@10\s+([0-9.]+)", ran.out)[0]) > 0.8


def test_gaps_says_plainly_that_nothing_was_counted_and_then_what_was(run: Run, ready: Path) -> None:
    ran = run("gaps")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Nothing has been counted yet.")
    with sqlite3.connect(ready / "offer.sqlite3") as database:
        database.execute("INSERT INTO looked_for (day, words, count) VALUES (date(), 'removal tattoo', 7)")
    ran = run("gaps", "--days", "30")
    assert "7  removal tattoo" in ran.out
    assert "[entitlement council-tax-care-leaver-discount] – new on" in ran.out
    with sqlite3.connect(ready / "offer.sqlite3") as database:
        database.execute("DELETE FROM looked_for")
    assert "local-offer migrate" in run_on_an_old_database(run, ready)


def run_on_an_old_database(run: Run, ready: Path) -> str:
    """The plain line of `gaps` where the tables of the counts are not there yet."""
    with sqlite3.connect(ready / "offer.sqlite3") as database:
        database.execute("ALTER TABLE looked_for RENAME TO away")
    try:
        return run("gaps").plain_line
    finally:
        with sqlite3.connect(ready / "offer.sqlite3") as database:
            database.execute("ALTER TABLE away RENAME TO looked_for")


def test_relevance_refuses_other_files(run: Run, ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries.json"
    for text, words in {"[]": "not a JSON object", "{": "not JSON", "{}": "no judged queries"}.items():
        file.write_text(text, "utf-8")
        assert words in run("relevance", file, file).plain_line
    file.write_text('{"queries": []}', "utf-8")
    assert "does not say" in run("relevance", file, file).plain_line
    assert "cannot be read" in run("relevance", tmp_path / "none.json", file).plain_line


def test_dump_load_and_publish_go_round(run: Run, ready: Path, tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    assert "284 files changed" in run("dump", folder).out.replace(str(folder), "")
    assert "0 files changed" in run("dump", folder).out
    loaded = run("load", folder, "--dry-run")
    assert "0 new, 0 changed" in loaded.out
    assert "nothing new to publish" in run("publish").out
    assert "0 to mend" in run("publish", "--check").out.splitlines()[-1]
    (folder / "entitlements" / "bad.yaml").write_text("id: bad\n", "utf-8")
    refused = run("load", folder, "--dry-run")
    assert refused.code == 1
    assert "bad.yaml:1: " in refused.out
    assert "does not exist" in run("load", tmp_path / "nowhere").plain_line


def test_backup_and_restore(run: Run, ready: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert run("backup", copy).code == 0
    assert "already there" in run("backup", copy).plain_line
    with sqlite3.connect(ready / "offer.sqlite3") as connection:
        connection.execute("UPDATE catalogue_version SET number = 99")
    connection.close()
    restored = run("restore", copy)
    assert restored.code == 0, restored.err
    with sqlite3.connect(ready / "offer.sqlite3") as connection:
        assert connection.execute("SELECT number FROM catalogue_version").fetchone() == (1,)
    connection.close()
    (kept,) = ready.glob("offer-before-*.sqlite3")
    assert str(kept) in restored.out


def test_restore_refuses_what_is_no_copy_and_touches_nothing(run: Run, ready: Path, tmp_path: Path) -> None:
    before = (ready / "offer.sqlite3").read_bytes()
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE cats (name TEXT)")
    connection.close()
    words = tmp_path / "words.txt"
    words.write_text("not a database at all", "utf-8")
    assert "not one of this service" in run("restore", other).plain_line
    assert "not a SQLite database" in run("restore", words).plain_line
    assert "There is no file" in run("restore", tmp_path / "nowhere").plain_line
    assert (ready / "offer.sqlite3").read_bytes() == before


def test_services_go_out_and_come_in(run: Run, ready: Path, tmp_path: Path) -> None:
    run("ready")
    file = tmp_path / "services.json"
    assert "services written" in run("export", "oruk", file).out
    dry = run("import", "oruk", file, "--dry-run")
    assert dry.code == 0 and "may be the same" in dry.out
    assert dry.out.splitlines()[-1].endswith("nothing was written: this was a dry run")
    come = run("import", "oruk", file, "--authority", "E10000019")
    assert come.code == 0 and come.out.splitlines()[-1].endswith("all wait as drafts")
    assert "nothing new to publish" in run("publish").out


def test_import_refuses_in_one_plain_line(run: Run, ready: Path, tmp_path: Path) -> None:
    run("ready")
    (tmp_path / "bad.json").write_text("{")
    for source in (
        "http://127.0.0.1:9/openreferral", "http://169.254.169.254/latest", "file:///etc/passwd",
        tmp_path / "bad.json", tmp_path / "absent.json", "https://example.org/?page=1", tmp_path,
    ):  # fmt: skip
        line = run("import", "oruk", source).plain_line
        assert line.startswith("local-offer: The feed cannot be imported: ")
    assert "not the code of a council" in run("import", "oruk", "x", "--authority", "E99").plain_line


def test_commands_without_a_database_or_postcodes_name_the_cure(run: Run, bare: Path, tmp_path: Path) -> None:
    assert "local-offer build-places" in run("places", "Lincoln").plain_line
    assert "local-offer build-places" in run("check", SITUATION).plain_line
    assert "local-offer migrate" in run("publish").plain_line
    assert "local-offer migrate" in run("dump", tmp_path / "out").plain_line
    assert "local-offer migrate" in run("backup", tmp_path / "copy").plain_line
    doctor = run("doctor")
    assert doctor.code == 1
    assert "missing" in doctor.out
    assert "local-offer build-places" in doctor.out


def test_a_database_that_cannot_be_used_is_one_line(
    run: Run, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere/offer")
    assert "mysql" in run("migrate").plain_line
    monkeypatch.setenv("DATABASE_URL", "postgres://offer:secret@127.0.0.1:1/offer")
    line = run("migrate").plain_line
    assert "secret" not in line
    assert "secret" not in run("backup", bare / "copy").plain_line
    assert not (bare / "copy").exists()


def test_a_data_folder_that_cannot_be_written_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("DATA_DIR", str(file / "data"))
    assert "DATA_DIR" in run("migrate").plain_line


def test_a_busy_port_is_one_line(run: Run, ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        assert "Try another port" in run("serve").plain_line


def test_settings_that_make_no_sense_are_one_line(
    run: Run, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert "PORT" in run("serve").plain_line


def test_doctor_is_content_with_a_machine_that_is_ready(run: Run, ready: Path) -> None:
    ran = run("doctor")
    assert "catalogue version 1" in ran.out
    assert ran.code == (1 if "missing" in ran.out else 0), "styles may not be built here"


def test_ready_says_why_the_postcode_file_is_built_anew(
    run: Run, bare: Path, places_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copied(out: Path, progress: object = None) -> Path:
        out.unlink(missing_ok=True)
        out.symlink_to(places_file)
        return out

    monkeypatch.setattr("directory.places.build.build_places", copied)
    assert "The postcode file is missing. Building it anew" in run("ready").out
    assert "postcode file" not in run("ready").out
    (bare / "places.bin").unlink()
    (bare / "places.bin").write_bytes(places_file.read_bytes()[:5_000_000])
    assert "The postcode file is damaged or from another version. Building it anew" in run("ready").out
    monkeypatch.setattr("directory.places.edition.version", lambda name: "2027.1.1")
    doctor = run("doctor").out
    assert "old      The postcode file is of another edition (November 2025)." in doctor
    assert "of another edition (November 2025). Building it anew" in run("ready").out
