"""Old and new code at once on one PostgreSQL, while the new code changes its tables."""

import asyncio
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from nacl.public import PrivateKey

from offer.visits.keys import to_text
from tests.faults.old_code import Code, code_before
from tests.offer.conftest import empty_postgres_url, postgres_server
from tests.offer.visits.people import opened
from tests.strength import MANY, survived, tries
from tests.visiting import ROOT, Phone, Served, together

__all__ = ["empty_postgres_url", "postgres_server"]

PATIENCE = 300  # seconds: nothing waits without a reason, but a machine of a CI may be slow
BEFORE = ("0008_changes", *(["0007_staff"] if MANY else []))
PAGES = ("/", "/entitlements/bus-travel", "/topics/money", "/search?q=bus", "/api/v1/facts", "/readyz")
ENTRIES = ("bus-travel", "staying-put")
ROUNDS = tries(2, 5)  # each starts Python twice
HOW = "make strength ARGS='-k rolling'"


@pytest.fixture(params=BEFORE)
def sides(
    request: pytest.FixtureRequest, tmp_path: Path, places_file: Path, empty_postgres_url: str
) -> tuple[Code, Code]:
    """The old code, which has set up the database, and today's, which has not yet run."""
    tree = code_before(request.param, tmp_path)
    made = []
    for name, where in (("old", tree), ("new", ROOT)):
        data = tmp_path / name
        data.mkdir()
        shutil.copy(places_file, data / "places.bin")
        made.append(Code(where, data, empty_postgres_url))
    done = made[0].run("ready")
    assert done.returncode == 0, done.stderr
    return made[0], made[1]


@pytest.mark.postgres
def test_a_rolling_upgrade_stops_no_page_and_loses_no_write(sides: tuple[Code, Code]) -> None:
    old, new = sides
    with ExitStack() as stack:
        before = [stack.enter_context(old.serving()) for _ in range(2)]
        with asked_all_the_while(before) as failures:
            migrated = new.run("migrate")
            assert migrated.returncode == 0, migrated.stderr
            after = [stack.enter_context(new.serving()) for _ in range(2)]
        assert failures == [], "while the tables were changed, and the new code started beside the old"
        with asked_all_the_while([*before, *after]) as failures:
            written = both_write(old, new, ROUNDS)
            for process in (*before, *after):
                shown(process, written)
        assert failures == []
        asyncio.run(a_visit_across(before[0], after[0]))
        asyncio.run(a_key_of_a_tab_across(before[0], after[0]))
        refused = old.run("ready")
        assert refused.returncode == 1 and "newer version" in refused.stderr, "old code does not start again"
        for process in before:
            process.process.terminate()
        with asked_all_the_while(after) as failures:
            shown(after[0], both_write(new, new, 1))
        assert failures == []
    rounds = 2 * ROUNDS
    what = f"rolling upgrade: changes by today's code and that {old.tree.name.replace('-', ' ')}, in turn"
    survived("fault", what, rounds, rounds, HOW)


def both_write(old: Code, new: Code, rounds: int) -> dict[str, str]:
    """Each side changes an entry of its own in turn; the last words of each. None may overwrite another."""
    words, last = dict[str, str](), 0
    for number in range(rounds):
        for side, slug in zip((old, new), ENTRIES, strict=True):
            words[slug] = f"Written by {slug} in round {number} of {rounds}."
            revision, version = side.change(slug, words[slug])
            assert revision > 1 and version > last, "each publication is one more"
            last = version
    return words


def shown(process: Served, words: dict[str, str]) -> None:
    """Waits until the process shows all of it."""
    for slug, wanted in words.items():
        for _ in range(PATIENCE * 10):
            if wanted in page(process, f"/entitlements/{slug}"):
                break
            threading.Event().wait(0.1)
        else:
            raise AssertionError(f"{process.address} never showed: {wanted}")


def page(process: Served, path: str) -> str:
    with urlopen(Request(f"{process.address}{path}"), timeout=PATIENCE) as reply:
        return str(reply.read().decode())


@contextmanager
def asked_all_the_while(processes: list[Served]) -> Iterator[list[str]]:
    """Every page again and again, of each process; what failed."""
    failed, over = list[str](), threading.Event()

    def ask(process: Served) -> None:
        while not over.is_set():
            for path in PAGES:
                try:
                    page(process, path)
                except (URLError, OSError) as fault:
                    failed.append(f"{process.address}{path}: {fault}")
                over.wait(0.2)

    threads = [threading.Thread(target=ask, args=(each,)) for each in processes]
    for each in threads:
        each.start()
    try:
        yield failed
    finally:
        over.set()
        for each in threads:
            each.join()


async def a_visit_across(old: Served, new: Served) -> None:
    """One begun at the old code goes on at the new, and the other way about."""
    for ours, theirs in ((old, new), (new, old)):
        async with asyncio.timeout(PATIENCE):
            adviser, young = await together(ours.address, theirs.address, age_years="19")
            for sender, town in ((young, "Boston"), (adviser, "Sleaford")):
                assert (await sender.post("answer", place=town)).status == 303
                for reader in (adviser, young):
                    assert town in (await reader.ask("GET", reader.visit)).text
            assert (await adviser.post("wipe")).status == 200


async def a_key_of_a_tab_across(old: Served, new: Served) -> None:
    """Who knocked with script at the new code is let in by the old, which seals to the same row."""
    tab = PrivateKey.generate()
    adviser, young = Phone(old.address), Phone(new.address)
    begun = await adviser.ask("POST", "/visit", role="adviser")
    adviser.visit = young.visit = begun.headers["location"]
    await young.post("knock", key=to_text(bytes(tab.public_key)))
    knock = young.cookie.removeprefix("visit-waiting=").partition(".")[0]
    assert "Ask to join" in (await young.at(old.address).ask("GET", young.visit)).text, "the old knows no tab"
    assert (await adviser.post("admit", knock=knock)).status == 303
    box = re.search(r'data-handed="([^"]+)"', (await young.ask("GET", young.visit)).text)
    assert box
    assert (await young.post("enter", key=to_text(opened(box[1], tab)))).status == 303
    for side in (old, new):
        assert "You and your adviser are here" in (await young.at(side.address).ask("GET", young.visit)).text
