"""YAML, strictly: what a person wrote is what is read, and equal data gives equal bytes.

Reading follows YAML 1.2's core types, not PyYAML's: `no`, `on` and `12:30` are
text, `2026-11-22` is text (the record makes it a date), `0191` is text (a phone
code, not an octal number). Duplicate keys, aliases, tags and keys that are not
text are refused. Writing puts in quotes whatever an older reader would misread.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import yaml

WIDTH = 100
LARGEST = 1_000_000  # characters; no honest document is near it
DEEPEST = 40
LONGEST_NUMBER = 30  # figures; Python itself reads no whole number of more than 4,300

_Reader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TAGS = frozenset(
    _TAG + name
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip


class YamlFault(ValueError):  # noqa: N818 - one word for it everywhere
    """Text that cannot be read; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Read:
    """The data of a YAML text, and the line, from 1, on which each part of it stands."""

    data: Any
    lines: Mapping[tuple[str | int, ...], int]

    def line_of(self, place: tuple[str | int, ...]) -> int:
        """The line of `place`, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(text: str) -> Read:
    """The one document of `text`; raises `YamlFault`."""
    if len(text) > LARGEST:
        raise YamlFault(1, f"the file is too big: {len(text)} characters, at most {LARGEST}")
    try:
        root = yaml.compose(text, Loader=_Reader)
    except yaml.MarkedYAMLError as fault:
        raise _fault(fault, text.split("\n")) from fault
    except yaml.YAMLError as fault:
        raise YamlFault(1, "there is a character in it that is not allowed in YAML") from fault
    if root is None:
        raise YamlFault(1, "the file is empty")
    walk = _Walk()
    return Read(walk.value(root, ()), walk.lines)


def _fault(fault: yaml.MarkedYAMLError, lines: list[str]) -> YamlFault:
    mark = fault.problem_mark or fault.context_mark
    line, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)
    if lines[line][column:].startswith("\t"):
        return YamlFault(line + 1, "there is a tab; use spaces")
    if "single document" in (fault.context or ""):
        return YamlFault(line + 1, "there is more than one document in the file ('---'); write one a file")
    return YamlFault(line + 1, f"this is not YAML: {fault.problem or 'it cannot be read'}")


class _Walk:
    """Turns composed nodes into data, noting lines."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str | int, ...], int] = {}
        self._seen: set[int] = set()

    def value(self, node: Any, place: tuple[str | int, ...]) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        if id(node) in self._seen:
            raise YamlFault(line, "an alias (*name) points here; aliases are not allowed, write it out again")
        self._seen.add(id(node))
        if node.tag not in _TAGS:
            raise YamlFault(line, f"tags such as {node.tag} are not allowed")
        if len(place) > DEEPEST:
            raise YamlFault(line, "it is nested too deeply")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(part, (*place, n)) for n, part in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: Any, place: tuple[str | int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                raise YamlFault(line, "a key must be text")
            if key in found:
                first = self.lines[(*place, key)]
                raise YamlFault(line, f"'{key}' stands twice; it is already on line {first}")
            self.lines[(*place, key)] = line
            found[key] = self.value(value_node, (*place, key))
        return found


def _scalar(node: Any) -> str | int | float | bool | None:
    text: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    whole = _INTEGER.fullmatch(text)
    if not whole and not _DECIMAL.fullmatch(text):
        return text
    number = (int if whole else float)(text) if len(text) <= LONGEST_NUMBER else inf
    if abs(number) == inf:
        raise YamlFault(node.start_mark.line + 1, "a number is too long; put it in quotes if it is text")
    return number


class _Writer(yaml.SafeDumper):
    """Block style; text of several lines as a literal block."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar(f"{_TAG}str", text, style="|" if "\n" in text else None)


_Writer.add_representer(str, _text)
# Dates are text to us, so they need no quotes; all other old readings keep theirs.
_Writer.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != f"{_TAG}timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def write(body: Mapping[str, Any]) -> str:
    """The canonical text of `body`, in its own key order, ending in one newline."""
    return write_part(dict(body))


def write_part(value: Any) -> str:
    """The same of a part of a document: a list, or what stands below one key."""
    text: str = yaml.dump(
        value, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
    return text
