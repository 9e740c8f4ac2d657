"""The list of what we stand on names every package of both locks, or says which it leaves out."""

import json
import shutil
from typing import Any

import pytest

from templates.sbom import NODE_LOCK, PYTHON_LOCK, joined, left_out, of_styles


def of_python(*packages: tuple[str, str]) -> dict[str, Any]:
    """As cyclonedx-py writes it, in small."""
    components = [{"bom-ref": name, "name": name, "version": version} for name, version in packages]
    needs = [{"ref": "root", "dependsOn": [name for name, _ in packages]}]
    root = {"bom-ref": "root", "name": "local-offer", "version": "1"}
    return {"metadata": {"component": root}, "components": components, "dependencies": needs}


PYTHON = (
    'Some_Package==1.2 ; sys_platform == "linux" \\\n    --hash=sha256:0\nother==3 \\\n    --hash=sha256:1\n'
)
NODE = json.dumps(
    {"packages": {"": {}, "node_modules/a": {"version": "1"}, "node_modules/@b/c": {"version": "2"}}}
)


def test_what_is_left_out_is_named() -> None:
    held = of_python(("some-package", "1.2"), ("a", "1"))
    assert left_out(held, PYTHON, NODE) == ["other 3", "@b/c 2"]
    whole = of_python(("some-package", "1.2"), ("Other", "3"), ("a", "1"), ("@b/c", "2"))
    assert left_out(whole, PYTHON, NODE) == []
    old = of_python(("some-package", "1.1"), ("other", "3"), ("a", "1"), ("@b/c", "2"))
    assert left_out(old, PYTHON, NODE) == ["Some_Package 1.2"], "another version is another package"


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is fetched only where styles are built")
def test_the_packages_of_the_style_sheets_join_those_of_python() -> None:
    lines = [
        line.split()[0].split("==") for line in PYTHON_LOCK.read_text().splitlines() if "==" in line[:60]
    ]
    ours = of_python(*((name, version) for name, version, *_ in lines if not name.startswith("#")))
    both = joined(ours, of_styles())
    assert left_out(both, PYTHON_LOCK.read_text(), NODE_LOCK.read_text()) == []
    packages = {each.get("purl") for each in both["components"]}
    assert any(str(each).startswith("pkg:npm/govuk-frontend@") for each in packages)
    assert joined(both, of_styles()) == both, "put together twice it is the same"
    refs = {"root", *(each["bom-ref"] for each in both["components"])}
    assert {on for each in both["dependencies"] for on in each.get("dependsOn", ())} <= refs
