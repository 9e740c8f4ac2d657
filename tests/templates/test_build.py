"""What a browser receives: the design system without its identity, our theme, hashed names."""

import gzip
import json
import re
from pathlib import Path

import pytest

from templates import build

CSS_BUDGET = 20_000  # bytes, compressed


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    """Built by `make test` before the tests run."""
    names: dict[str, str] = json.loads((build.BUILT / "manifest.json").read_text("utf-8"))
    return names


def _text(name: str) -> str:
    return (build.BUILT / name).read_text("utf-8")


def test_the_styles_are_within_their_budget(manifest: dict[str, str]) -> None:
    for name in ("app.css", "app-rtl.css"):
        assert len(gzip.compress(_text(manifest[name]).encode())) <= CSS_BUDGET


def test_nothing_of_the_government_identity_and_no_image_of_it_is_left(manifest: dict[str, str]) -> None:
    for name in manifest.values():
        text = _text(name)
        assert "GDS Transport" not in text
        assert "@font-face" not in text
        assert not re.search(r"url\((?!['\"]?data:)", text)


def test_the_mirrored_styles_are_mirrored(manifest: dict[str, str]) -> None:
    left, right = _text(manifest["app.css"]), _text(manifest["app-rtl.css"])
    assert left != right
    assert left.count("{") == right.count("{")


def test_a_name_changes_with_its_content(manifest: dict[str, str]) -> None:
    for name, built in manifest.items():
        stem, suffix = name.rsplit(".", 1)
        assert re.fullmatch(rf"{re.escape(stem)}\.[0-9a-f]{{12}}\.{suffix}", built)


def test_a_changed_design_system_stops_the_build() -> None:
    with pytest.raises(build.BuildError, match="names its font 1 times, not 58"):
        build.without_identity("a{font-family:GDS Transport,arial,sans-serif}")


def test_no_npm_and_no_package_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "node" / "bin"
    fake.mkdir(parents=True)
    (fake / "python").write_text("#!/bin/sh\necho no network >&2\nexit 1\n")
    (fake / "python").chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("venv.create", lambda home, with_pip: None)
    with pytest.raises(build.BuildError) as fault:
        build.Node(tmp_path).run(["--version"])
    assert "\n" not in str(fault.value)
    assert "no network" in str(fault.value)
    assert "Install Node.js" in str(fault.value)
