"""Facts of an invented person, sent through every address in every way, are found nowhere afterwards.

A real process, on SQLite and on PostgreSQL told to log every word it is asked. What it leaves is searched
byte by byte: database and journals, logs, figures, its folders and open files, the headers of its replies
and the pages of somebody else. What is kept on purpose is in EXCEPTIONS, and is looked for too.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import httpx2
import pytest

from offer.app import _routes
from offer.pages.docs import FOLDER
from tests.attack.canaries import IMMIGRATION, TOLD, Person, Sieve
from tests.attack.canary_cases import DOCS, Key, cases, door_email
from tests.attack.canary_sending import Sender, filled
from tests.attack.canary_serving import Serving, on_postgres, on_sqlite
from tests.strength import MANY, survived, tries
from tests.visiting import together

ROUNDS = tries(1, 3)  # people; one more is sent while the database is away
NOISES = tries(1, 99)  # kinds for each address
# To fill PostgreSQL and to search all it wrote takes a minute: `make strength` does.
ENGINES = [
    (on_sqlite, "SQLite"),
    *([pytest.param(on_postgres, "PostgreSQL", marks=pytest.mark.postgres)] if MANY else []),
]
HOW = "python -m pytest tests/attack/test_canaries.py"
EVERY_STATUS = {200, 303, 400, 404, 405, 413, 415, 422, 500}
# What is kept, where, and the words of offer/pages/docs/what-we-keep.md that say so.
EXCEPTIONS = (
    (
        "the words of “This looks wrong”, without postcodes, emails and numbers",
        "the database, its journals and copies; the log of a PostgreSQL that is told to log all it is asked",
        "| what is wrong with an entry, where somebody says so | the body of a form | the words without",
    ),
    (
        "words searched, in the address of the search that a form leads to",
        "the header `Location` of that one reply",
        "| age in years, a district's code, a topic, words searched | may stand in an address |",
    ),
    (
        "the answers of a visit",
        "the database, sealed with a key that is in the cookies alone; erased when it ends",
        "| sealed with a key that only their cookies hold, two hours at most |",
    ),
    (
        "the email address somebody types to sign in as staff, by which their account is found",
        "the log of a PostgreSQL that is told to log all it is asked",
        "| nowhere by us; the log of a PostgreSQL that is told to log all it is asked has it |",
    ),
)
WRITTEN = {
    "feedback", "helped", "opened", "looked_for", "staff_try", "staff_turn", "geocoder_turn",
    "visit", "visit_knock", "sqlite_sequence",
}  # fmt: skip


def route_keys() -> list[Key]:
    """Every method and pattern of the real table of routes."""
    return sorted(
        (method, getattr(route, "path", ""))
        for route in _routes()
        for method in (getattr(route, "methods", None) or {"GET"})
        if method != "HEAD"
    )


def test_every_address_has_its_case() -> None:
    """A new one fails here until its line stands in canary_cases.py."""
    public = {key for key in route_keys() if not key[1].startswith(("/staff", "/assets", "/openreferral"))}
    public = {key for key in public if not key[1].startswith(DOCS) or key[1] == "/docs/api"}
    assert public == set(cases(Person(0)))


def test_what_is_kept_on_purpose_is_told() -> None:
    page = (FOLDER / "what-we-keep.md").read_text("utf-8")
    for what, _, words in EXCEPTIONS:
        assert words in page, what


@pytest.mark.parametrize(
    ("start", "engine"),
    ENGINES,
)
async def test_nothing_is_found_afterwards(
    start: Callable[[Path, Path, Path], AbstractContextManager[Serving]],
    engine: str,
    tmp_path: Path,
    places_file: Path,
    starter_file: Path,
) -> None:
    people = [Person(number) for number in range(ROUNDS + 1)]
    sieve, facts, leaks, sent = Sieve(people), Sieve(people, words=False), list[str](), 0
    with start(tmp_path, places_file, starter_file) as serving:
        before = dump_of(serving)
        assert leaks_of(serving, sieve) == [], "it was there before: choose another canary"
        for person in people[:-1]:
            sender = Sender(serving.address, person, sieve, facts, NOISES)
            await sender.everywhere(route_keys())
            sent, leaks = sent + sender.sent, leaks + sender.leaks
            assert set(sender.statuses) >= EVERY_STATUS, sender.statuses
        sieve = Sieve(people, await visited(serving, people[0]))
        leaks += await seen_by_somebody_else(serving, sieve)
        leaks += leaks_of(serving, sieve)
        assert_nothing_written(before, dump_of(serving))
        kept = {file.name for file, data in serving.left() if TOLD.encode() in data}
        serving.take_away()
        away = Sender(serving.address, people[-1], sieve, facts, 1)
        await away.everywhere([key for key in route_keys() if key[0] == "POST" or MANY])
        assert 503 in away.statuses, away.statuses
        serving.told_to_stop()
        leaks += away.leaks + leaks_of(serving, sieve)
    assert leaks == []
    assert kept, "what is told on purpose was not found either: the search is blind"
    assert "process.log" not in kept
    tried = sent + away.sent
    survived("attack", f"facts of a person through every address ({engine})", tried, tried, HOW)


def leaks_of(serving: Serving, sieve: Sieve) -> list[str]:
    """Canaries in what it left; in logs also an answer that the catalogue's own rules name."""
    left = [(file, without_the_door(data) if file.name == "log" else data) for file, data in serving.left()]
    found = [f"{file}: {hit!r}" for file, data in left for hit in sieve.found(data)]
    logs = [(file, data) for file, data in left if file.name in ("process.log", "log")]
    return found + [f"{file}: {IMMIGRATION}" for file, data in logs if IMMIGRATION.encode() in data]


def without_the_door(log: bytes) -> bytes:
    """The log of PostgreSQL without the email addresses by which it was asked for accounts of staff."""
    for person in map(Person, range(ROUNDS + 1)):
        log = log.replace(door_email(person).encode(), b"")
    return log


def dump_of(serving: Serving) -> set[str]:
    """Every row of a SQLite database as text; nothing of PostgreSQL, whose log names what is written."""
    if not serving.database.is_file():
        return set()
    with closing(sqlite3.connect(serving.database)) as database:
        return set(database.iterdump())


def assert_nothing_written(before: set[str], after: set[str]) -> None:
    """No new row holds an answer that could not be told from the catalogue's own words."""
    new = after - before
    assert new or not before
    assert not [row for row in new if IMMIGRATION in row]
    tables = {found[1] for row in new if (found := re.match(r'INSERT INTO "(\w+)"', row))}
    assert tables <= WRITTEN


async def visited(serving: Serving, person: Person) -> list[str]:
    """Two people in a visit, who answer; the keys that only their cookies may hold."""
    adviser, young = await together(serving.address, place=person.postcode)
    for name in ("dob", "immigration", "savings_gbp"):
        said = {each: text for each, text in person.form.items() if each.startswith(name)}
        assert (await young.post("answer", **said)).status == 303
    assert (await adviser.ask("GET", adviser.visit)).status == 200
    cookies = [phone.cookie.partition("=")[2] for phone in (adviser, young)]
    return [part for cookie in cookies for part in re.split(r"[.%]", cookie) if len(part) > 20]


async def seen_by_somebody_else(serving: Serving, sieve: Sieve) -> list[str]:
    """Every page and fault as a stranger meets it afterwards, its headers too."""
    asked = [filled(path) for method, path in route_keys() if method == "GET" and not path.endswith("/live")]
    leaks = []
    async with httpx2.AsyncClient(base_url=serving.address, timeout=120) as stranger:
        for path in (*asked, "/no-such-page", "/api/v1/no-such", "/api/v1/search?q="):
            reply = await stranger.get(path)
            heads = b"\n".join(name + b": " + value for name, value in reply.headers.raw)
            leaks += [f"{path}: {hit!r}" for hit in sieve.found(heads + reply.content)]
    return leaks
