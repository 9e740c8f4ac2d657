"""How fast the phone's twin is, in Node: for `make bench`, never for a test."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from directory.places import Places
from offer.pack import pack
from offer.published import Published
from templates.build import HERE as TEMPLATES
from templates.build import BuildError, Node, modules
from tests.twin.make_vectors import NO_LIBRARY, PLACES, TODAY, edition, starter
from tests.twin.people import made_up

HERE = Path(__file__).resolve().parent
DURHAM = "E06000047"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds, medians: `person` for one whole answer of the twin over `rules` entries.

    A whole answer is outcomes, reasons, missing facts, from and until, and the next question.
    `prepare`: reading the pack once.
    """

    person: float
    prepare: float
    rules: int


def ms_per_person(published: Published | None = None, people: int = 60) -> Timing | None:
    """Times England's entries with Durham's on made-up people; None where there is no Node."""
    published = published or edition(starter(), Places.open_or_build(PLACES))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        node = Node(folder)
        try:
            node.run(["--version"])
        except BuildError:
            return None
        modules(TEMPLATES / "js", lambda module, text: _write(folder, module, text), NO_LIBRARY)
        told = [{"facts": who.facts, "on": who.on.isoformat()} for who in made_up(people, 7, TODAY)]
        jobs, out = folder / "jobs.json", folder / "out.json"
        data = {"pack": pack(published, TODAY, DURHAM, DURHAM), "people": told}
        jobs.write_text(json.dumps(data), "utf-8")
        node.run([str(HERE / "timing.mjs"), str(folder / "twin.mjs"), str(jobs), str(out)])
        return Timing(**json.loads(out.read_text("utf-8")))


def _write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return name
