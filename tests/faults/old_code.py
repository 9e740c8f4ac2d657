"""The service as it was: the code of an earlier commit beside today's, with the same packages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench.serving import free_port, wait_for
from tests.visiting import ROOT, Served

# What staff do, in the code's own words, which both know: an entry in other words, published. Code of before
# 0007 cannot publish one document alone: it publishes all that wait, and here no other does.
_CHANGE = """
import asyncio, inspect, sys
from offer.catalogue.documents import document_of
from offer.catalogue.findings import findings
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.connections import orm
from offer.db.models import Revision

async def change(database, slug, words):
    async with orm(database):
        revisions = Revision.filter(document__kind="entitlement", document__slug=slug)
        last = await revisions.order_by("-number").first()
        entry = document_of("entitlement", last.body).model_copy(update={"summary": words})
        number = await save("entitlement", entry, Stamp("staff", now()), opened=last.number)
        alone = {"only": {("entitlement", slug)}} if "only" in inspect.signature(publish).parameters else {}
        report = await publish(at=now(), author="staff", findings=findings, **alone)
        assert report.moved, report.lines()
        print(number, report.version)

asyncio.run(change(*sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Code:
    """One state of the code, ready to run, with a data folder of its own."""

    tree: Path
    data: Path
    database: str

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("HTTPS", "PUBLIC_URL")}
        mine = {"PYTHONPATH": str(self.tree), "DATA_DIR": str(self.data), "DATABASE_URL": self.database}
        return {**kept, **mine, "HOST": "127.0.0.1"}

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """`local-offer …`, whatever comes of it."""
        command = [sys.executable, "-m", "offer.cli", *words]
        return subprocess.run(
            command, cwd=self.tree, env=self._environment, capture_output=True, text=True, check=False
        )

    def change(self, slug: str, words: str) -> tuple[int, int]:
        """Staff change an entry and publish it; the numbers of its revision and of the catalogue."""
        command = [sys.executable, "-c", _CHANGE, self.database, slug, words]
        done = subprocess.run(
            command, cwd=self.tree, env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        revision, version = done.stdout.split()
        return int(revision), int(version)

    @contextmanager
    def serving(self) -> Iterator[Served]:
        """One process, killed at the end if it still runs."""
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "offer.cli", "serve"], cwd=self.tree,
            env=self._environment | {"PORT": str(port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(port)
            yield Served(f"http://127.0.0.1:{port}", process)
        finally:
            process.kill()
            process.wait()


def code_before(migration: str, folder: Path) -> Path:
    """The newest code that did not know that migration, ready to serve; skips where git has no history."""
    commit = f"{_added(migration)}^"
    tree = folder / f"before-{migration}"
    tree.mkdir()
    archive = _git("archive", commit)
    subprocess.run(["tar", "-x", "-C", str(tree)], input=archive, check=True)
    for name in ("templates/node_modules", "tests/node_modules"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, symlinks=True)  # npm may empty it
    built = subprocess.run(
        [sys.executable, "-m", "templates.build"], cwd=tree, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(tree)},
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    return tree


def _added(migration: str) -> str:
    file = f"offer/db/migrations/{migration}.py"
    found = _git("log", "--diff-filter=A", "--format=%H", "--", file).decode().split()
    if not found or subprocess.run(_command("cat-file", "-e", f"{found[-1]}^"), check=False).returncode:
        pytest.skip("no history here (a shallow clone?): the code of an earlier release is not there")
    return found[-1]


def _git(*words: str) -> bytes:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("no git here: the code of an earlier release is not there")
    return subprocess.run(_command(*words), check=True, capture_output=True).stdout


def _command(*words: str) -> list[str]:
    return ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *words]
