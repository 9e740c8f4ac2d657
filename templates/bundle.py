"""Our modules as a browser receives them: a folder of small modules becomes one file.

`js/care/care.mjs` and all that it imports from its own folder become `care.mjs`. One
file is one request, with no chain of imports to wait for. An import from another folder
(`"../care/care.mjs"`) stays an import, of that folder's built name.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\./|\.\./[a-z_]+/)([a-z_]+\.mjs)";\n', re.M)
ANY_IMPORT = re.compile(r"^import\b", re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.M)
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)", re.M)


class BundleError(Exception):
    """Modules that cannot be made one file; the text is one plain line."""


def bundled(entry: Path, address: Callable[[str], str]) -> str:
    """`entry` and all it imports from its own folder as one module, without comments.

    `address`: the built name of another folder's module, by its file name. The modules share
    one scope then, so a name may be declared in one of them only. Raises BundleError for a
    name declared twice, and for an import not of the form `import { a, b } from "./c.mjs";`.
    """
    modules = _in_order(entry, {})
    outside = _outside(modules.values())
    _declared_once([*modules.values()], [name for names in outside.values() for name in names])
    lines = [
        f'import {{ {", ".join(sorted(names))} }} from "./{address(module)}";'
        for module, names in sorted(outside.items())
    ]
    for path, text in modules.items():
        body = IMPORT.sub("", text)
        lines.append(without_comments(body if path == entry else EXPORT.sub("", body)))
    return "\n".join(lines) + "\n"


def _in_order(module: Path, met: dict[Path, str]) -> dict[Path, str]:
    """The text of a module and of all it imports from its folder, each after those it needs."""
    text = module.read_text("utf-8")
    imports: list[tuple[str, str, str]] = IMPORT.findall(text)
    if len(imports) != len(ANY_IMPORT.findall(text)) or any(" as " in names for names, _, _ in imports):
        raise BundleError(f'{module.name}: write each import as import {{ a, b }} from "./c.mjs";')
    met[module] = ""  # holds the place, so that two modules which need each other do not go round
    for _, folder, name in imports:
        if folder == "./" and module.with_name(name) not in met:
            _in_order(module.with_name(name), met)
    del met[module]
    met[module] = text
    return met


def _outside(texts: Iterable[str]) -> dict[str, set[str]]:
    """What is imported from other folders: file name → names."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for names, folder, module in IMPORT.findall(text):
            if folder != "./":
                found.setdefault(module, set()).update(filter(None, map(str.strip, names.split(","))))
    return found


def _declared_once(texts: list[str], imported: list[str]) -> None:
    names = [*imported, *(name for text in texts for name in DECLARED.findall(text))]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BundleError(f"{', '.join(twice)}: declared in more than one module of a folder.")


def without_comments(script: str) -> str:
    """A script without comment lines, blank lines and indentation; a comment behind code stays."""
    script = re.sub(r"^\s*/\*\*.*?\*/\s*$", "", script, flags=re.M | re.S)
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
