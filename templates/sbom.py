"""Put the packages that the style sheets are built with into the list of what we stand on (CycloneDX).

    python -m templates.sbom var/sbom.cdx.json

The file holds the Python packages already: `make sbom`. Fails where a package of either lock is not in it.
"""

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from templates.build import HERE, BuildError, Node

PYTHON_LOCK, NODE_LOCK = HERE.parent / "requirements.lock", HERE / "package-lock.json"
FAILURE = "npm could not list the packages of the style sheets"
_VERSION = "0.0.0"  # of the folder, which is never published; npm writes no list without one


def of_styles() -> dict[str, Any]:
    """What npm says of the packages in our lock."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        file = folder / "package.json"
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "version": _VERSION}))
        words = ["sbom", "--prefix", str(folder), "--package-lock-only", "--sbom-format", "cyclonedx"]
        found: dict[str, Any] = json.loads(Node(folder).npm_says(words, FAILURE))
        return found


def joined(ours: dict[str, Any], styles: dict[str, Any]) -> dict[str, Any]:
    """One list of both. Pure; the same in, the same out, and put together twice as once."""
    root, top = ours["metadata"]["component"]["bom-ref"], styles["metadata"]["component"]
    added = [{**top, "type": "application", "name": "local-offer-assets"}, *styles["components"]]
    refs = {each["bom-ref"] for each in added}
    components = [each for each in ours.get("components", ()) if each.get("bom-ref") not in refs]
    needs = {each["ref"]: each.get("dependsOn", []) for each in ours.get("dependencies", ())}
    needs |= {each["ref"]: each.get("dependsOn", []) for each in styles["dependencies"]}
    needs[root] = sorted({*needs.get(root, ()), top["bom-ref"]})
    dependencies = [{"ref": ref, **({"dependsOn": on} if on else {})} for ref, on in sorted(needs.items())]
    return {**ours, "components": [*components, *added], "dependencies": dependencies}


def left_out(listed: dict[str, Any], python_lock: str, node_lock: str) -> list[str]:
    """The packages of the locks, as "name version", that the list does not name."""
    locked = re.findall(r"^([\w.-]+)==([^ ;\\]+)", python_lock, re.MULTILINE)
    packages = json.loads(node_lock)["packages"]
    locked += [
        (path.rpartition("node_modules/")[2], each["version"]) for path, each in packages.items() if path
    ]
    named = {(_plain(each["name"]), each.get("version")) for each in listed["components"]}
    return [f"{name} {version}" for name, version in locked if (_plain(name), version) not in named]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(file: Path) -> int:
    """0: all of both locks is in the file; 1 and one plain line: something is missing."""
    try:
        listed = joined(json.loads(file.read_text("utf-8")), of_styles())
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if missing := left_out(listed, PYTHON_LOCK.read_text("utf-8"), NODE_LOCK.read_text("utf-8")):
        print(f"The list leaves out: {', '.join(missing)}", file=sys.stderr)
        return 1
    file.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"What we stand on, {len(listed['components'])} packages, is written to {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
