"""A folder of modules becomes one file that says the same, small enough, and never by guesswork."""

import gzip
import re
from pathlib import Path

import pytest

from templates.build import HERE, modules
from templates.bundle import BundleError, bundled, without_comments
from tests.conftest import Run

BUDGET = 8_000  # bytes, compressed: any module but those of the start page
LONGEST = 250  # lines of one source module


def _named(name: str) -> str:
    return name.replace(".mjs", ".0a1b2c.mjs")


def _written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.mjs"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> dict[str, str]:
    """Our own modules as built: built name → text."""
    texts: dict[str, str] = {}

    def write(name: str, text: str) -> str:
        texts[_named(name)] = text
        return _named(name)

    modules(HERE / "js", write, {"nacl.mjs": "export const nacl = {};\n"})
    return texts


def test_each_bundle_is_within_its_budget(built: dict[str, str]) -> None:
    assert {"care.0a1b2c.mjs", "twin.0a1b2c.mjs"} <= built.keys()
    for name in ("care.0a1b2c.mjs", "twin.0a1b2c.mjs"):
        assert len(gzip.compress(built[name].encode())) <= BUDGET, name


def test_one_imports_another_by_its_built_name(built: dict[str, str]) -> None:
    lines = [line for line in built["twin.0a1b2c.mjs"].splitlines() if line.startswith("import ")]
    assert len(lines) == 2
    assert lines[0].endswith('from "./asking.0a1b2c.mjs";')
    assert lines[1].endswith('from "./care.0a1b2c.mjs";')
    assert "import " not in built["care.0a1b2c.mjs"]


def test_only_the_entry_exports(built: dict[str, str]) -> None:
    exported = re.findall(r"^export function (\w+)", built["twin.0a1b2c.mjs"], re.M)
    assert exported == ["prepare", "answer"]


def test_no_module_is_long() -> None:
    for path in (HERE / "js").rglob("*.mjs"):
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST, path.name


def test_modules_stand_after_those_they_need_and_run(tmp_path: Path, node: Run) -> None:
    folder = _written(
        tmp_path / "js",
        sum__sum='import { one } from "./one.mjs";\nimport { two } from "../other/other.mjs";\n\n'
        "/** Adds. */\nexport function sum() {\n  // what it says\n  return one + two;\n}\n",
        sum__one='import { zero } from "./zero.mjs";\nexport const one = zero + 1;\n',
        sum__zero="export const zero = 0;\n",
        other__other="export const two = 2;\n",
        alone="export const alone = true;\n",
    )

    def write(name: str, text: str) -> str:
        (tmp_path / f"built-{name}").write_text(text, "utf-8")
        return f"built-{name}"

    names = modules(folder, write)
    assert names == {name: f"built-{name}" for name in ("alone.mjs", "other.mjs", "sum.mjs")}
    text = (tmp_path / "built-sum.mjs").read_text("utf-8")
    assert "Adds" not in text
    assert "what it says" not in text
    (tmp_path / "check.mjs").write_text(
        'import { sum } from "./built-sum.mjs";\nprocess.exit(sum() === 3 ? 0 : 1);\n', "utf-8"
    )
    node([str(tmp_path / "check.mjs")])


def test_a_name_declared_twice_stops_the_build(tmp_path: Path) -> None:
    folder = _written(
        tmp_path,
        a='import { b } from "./b.mjs";\nconst SAME = 1;\nexport const a = b + SAME;\n',
        b="const SAME = 2;\nexport const b = SAME;\n",
    )
    with pytest.raises(BundleError, match="SAME: declared in more than one module"):
        bundled(folder / "a.mjs", _named)


@pytest.mark.parametrize(
    "line",
    [
        'import * as b from "./b.mjs";',
        'import b from "./b.mjs";',
        'import "./b.mjs";',
        'import { b as c } from "./b.mjs";',
        'import { b } from "https://example.org/b.mjs";',
    ],
)
def test_an_import_of_another_form_stops_the_build(tmp_path: Path, line: str) -> None:
    folder = _written(tmp_path, a=f"{line}\nexport const a = 1;\n", b="export const b = 1;\n")
    with pytest.raises(BundleError, match=r"a\.mjs: write each import as"):
        bundled(folder / "a.mjs", _named)


def test_two_that_need_each_other_do_not_go_round(tmp_path: Path) -> None:
    folder = _written(
        tmp_path,
        a='import { b } from "./b.mjs";\nexport function a() {\n  return b;\n}\n',
        b='import { a } from "./a.mjs";\nexport function b() {\n  return a;\n}\n',
    )
    assert bundled(folder / "a.mjs", _named).count("function") == 2


def test_only_whole_comment_lines_are_taken_out() -> None:
    script = '// gone\n/** gone\n * too */\n\n  const at = "https://x"; // stays\n  const rest = 1;\n'
    assert without_comments(script) == 'const at = "https://x"; // stays\nconst rest = 1;'
