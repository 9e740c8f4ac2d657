"""Opening a database: every fault a person can cause is one plain line with its cure."""

import sqlite3
from pathlib import Path

import pytest

from offer.db.connections import SQLITE, config_for, is_sqlite, orm, public_name
from offer.db.errors import DatabaseUnusable
from offer.db.migrate import migrate
from offer.db.models import CatalogueVersion, Document
from offer.db.sqlite_file import path_of
from tests.offer.db.filled import AT


async def refusal(url: str) -> str:
    with pytest.raises(DatabaseUnusable) as refused:
        async with orm(url):
            pytest.fail("it opened")
    said = str(refused.value)
    assert "\n" not in said
    assert refused.value.cure
    return said


async def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    said = await refusal(f"sqlite://{tmp_path}/offer.sqlite3")
    assert "There is no database file" in said
    assert "local-offer migrate" in said
    assert not path_of(f"sqlite://{tmp_path}/offer.sqlite3").exists()


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(DatabaseUnusable, match="cannot be made"):
        await migrate(f"sqlite://{tmp_path}/taken/offer.sqlite3", at=AT)


async def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert "is a folder" in await refusal(f"sqlite://{tmp_path}")


async def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "offer.sqlite3").write_text("once upon a time there was a spreadsheet")
    assert "is not a SQLite database" in await refusal(f"sqlite://{tmp_path}/offer.sqlite3")


async def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "offer.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\x99" * 5000)
    assert "cannot be used" in await refusal(f"sqlite://{tmp_path}/offer.sqlite3")


async def test_a_folder_we_may_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)  # the rights of a folder do not bind root
    with pytest.raises(DatabaseUnusable, match="may not write in the folder"):
        await migrate(f"sqlite://{tmp_path}/offer.sqlite3", at=AT)


async def test_a_database_nobody_migrated(empty_database_url: str) -> None:
    if is_sqlite(empty_database_url):
        path_of(empty_database_url).touch()
    with pytest.raises(
        DatabaseUnusable, match=r"not been set up for this version\. Run: local-offer migrate"
    ):
        async with orm(empty_database_url):
            await Document.exists()


async def test_a_file_locked_half_way(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await migrate(sqlite_url, at=AT)
    monkeypatch.setitem(SQLITE, "busy_timeout", 50)
    other = sqlite3.connect(path_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnusable, match="stop that one and try again"):
        async with orm(sqlite_url):
            await CatalogueVersion.filter(id=1).update(number=1)
    other.close()


async def test_no_server() -> None:
    said = await refusal("postgres://anna:hunter2@127.0.0.1:1/offer")
    assert "127.0.0.1/offer cannot be used" in said
    assert "hunter2" not in said


async def test_another_kind_of_database() -> None:
    assert "mysql://" in await refusal("mysql://localhost/offer")


@pytest.mark.postgres
async def test_no_such_database_on_the_server(postgres_url: str) -> None:
    assert "cannot be used" in await refusal(postgres_url + "_not_there")


def test_the_connection_is_named_after_its_engine() -> None:
    assert list(config_for("sqlite:///srv/offer.sqlite3")["connections"]) == ["sqlite"]
    assert list(config_for("postgres://h/offer")["connections"]) == ["postgres"]


def test_sslmode_is_passed_on_in_the_drivers_word() -> None:
    credentials = config_for("postgresql://h/offer?sslmode=require")["connections"]["postgres"]["credentials"]
    assert credentials["ssl"] == "require"
    assert "sslmode" not in credentials


def test_names_shown_hold_no_password() -> None:
    assert public_name("postgres://anna:hunter2@db.example/offer") == "db.example/offer"
    assert is_sqlite("/srv/offer.sqlite3")
    assert not is_sqlite("postgres://h/offer")
