"""Every regular expression of the code, found by reading it, and texts made to keep each one busy."""

import ast
import importlib
import re
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("offer", "directory", "search")
METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
LONG = 4_000  # signs; a public form takes 64,000, but what grows with the square is seen here
_CATEGORIES = {
    "CATEGORY_DIGIT": "1", "CATEGORY_NOT_DIGIT": "a", "CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_WORD": "a", "CATEGORY_NOT_WORD": "-",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One pattern, where it stands, and how it is used."""

    where: str
    pattern: "re.Pattern[str]"
    methods: frozenset[str]

    def runs(self) -> Iterator[Callable[[str], object]]:
        """Each way it is used, as a function of a text."""
        kinds = {"fullmatch": self.pattern.fullmatch, "match": self.pattern.match}
        for kind in sorted({each if each in kinds else "all" for each in self.methods}):
            yield kinds.get(kind, lambda text: self.pattern.sub("", text))


def files() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the service."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Each call `re.something(…)`."""
    for node in ast.walk(tree):
        function = getattr(node, "func", None)
        if not isinstance(node, ast.Call) or not isinstance(function, ast.Attribute):
            continue
        if getattr(function.value, "id", "") == "re" and function.attr in (*METHODS, "compile"):
            yield function.attr, node


def used(tree: ast.Module) -> dict[str, set[str]]:
    """How each name of a file is used in it, as `_EMAIL` → {"fullmatch"}."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            name = getattr(node.value, "id", getattr(node.value, "attr", ""))
            found.setdefault(name, set()).add(node.attr)
    return found


def every() -> Iterator[Found]:
    """Every pattern that stands in the code as it is, or is made when a module is read."""
    for path, tree in files():
        methods, where = used(tree), str(path.relative_to(ROOT))
        for method, call in calls(tree):
            text = call.args[0]
            if method != "compile" and isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield Found(
                    f"{where}:{call.lineno}", re.compile(text.value, _flags(call)), frozenset({method})
                )
        if not any(method == "compile" for method, _ in calls(tree)):
            continue
        module = importlib.import_module(
            where.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        )
        for name, value in vars(module).items():
            for pattern in _held(value):
                uses = methods.get(name) or {"search"}
                yield Found(f"{where} {name}", pattern, frozenset(uses))


def inside_functions() -> set[str]:
    """Where a pattern is made or compiled while the service runs: what `every` cannot see."""
    found = set()
    for path, tree in files():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for method, call in calls(function):
                    constant = isinstance(call.args[0], ast.Constant)
                    if method == "compile" or not constant:
                        found.add(f"{path.relative_to(ROOT)} {function.name}")
    return found


def _flags(call: ast.Call) -> int:
    given = [each.value for each in call.keywords if each.arg == "flags"]
    text = ast.unparse(given[0]) if given else ""
    return int(eval(text, {"re": re})) if text else 0


def _held(value: Any) -> Iterator["re.Pattern[str]"]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for each in (*value, *value.values()):
            yield from _held(each)
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _held(each)


def hostile(pattern: "re.Pattern[str]") -> Iterator[Callable[[int], str]]:
    """Texts of any length: what the pattern likes to repeat, between its own beginnings and a wrong end."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    sample = _sample(tree)
    signs = list(dict.fromkeys([*_signs(tree), "a", " ", "1"]))[:9]
    heads = list(dict.fromkeys(sample[:cut] for cut in (0, 1, 2, 3, 5, 8, len(sample))))
    units = list(dict.fromkeys([*signs, *heads[1:], *(a + b for a in signs[:4] for b in signs[:4])]))
    for head in heads:
        for unit in units:
            for tail in ("", "\x00", "!a"):
                yield lambda size, h=head, u=unit, t=tail: (h + u * (size // len(u)))[:size] + t  # type: ignore[misc]


def _signs(tree: Any) -> Iterator[str]:
    """One sign for each thing that the pattern looks for."""
    for kind, value in tree:
        name = str(kind)
        if name in ("LITERAL", "NOT_LITERAL"):
            yield chr(value) if name == "LITERAL" else ("a" if value != ord("a") else "b")
        elif name == "IN":
            yield _one_of(value)
        elif name == "ANY":
            yield "a"
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from _signs(value[2])
        elif name == "SUBPATTERN":
            yield from _signs(value[3])
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _signs(branch)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _signs(value[1])
        elif name == "ATOMIC_GROUP":
            yield from _signs(value)


def _one_of(members: Any) -> str:
    inverted, wanted = str(members[0][0]) == "NEGATE", []
    for kind, value in members:
        if str(kind) == "LITERAL":
            wanted.append(chr(value))
        elif str(kind) == "RANGE":
            wanted.append(chr(value[0]))
        elif str(kind) == "CATEGORY":
            wanted.append(_CATEGORIES.get(str(value), "a"))
    if inverted:
        return next(each for each in "ax1 -" if each not in wanted)
    return wanted[0]


def _sample(tree: Any) -> str:
    """A text that the pattern begins to match: each repeat once."""
    text = ""
    for kind, value in tree:
        name = str(kind)
        if name in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            text += next(_signs([(kind, value)]))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            text += _sample(value[2]) * max(1, min(value[0], 4))
        elif name == "SUBPATTERN":
            text += _sample(value[3])
        elif name == "BRANCH":
            text += _sample(value[1][0])
        elif name == "ATOMIC_GROUP":
            text += _sample(value)
    return text


def seconds(run: Callable[[str], object], text: str) -> float:
    """The least of three tries, in seconds of this thread's own work."""
    best = float("inf")
    for _ in range(3):
        started = time.thread_time()
        run(text)
        best = min(best, time.thread_time() - started)
        if best > 0.5:
            break
    return best


def grows(run: Callable[[str], object], made: Callable[[int], str]) -> str:
    """How the work grows where it grows faster than the text; "" where it does not.

    Compared as a ratio, size by size, so that what doubles with each sign is seen before it takes for ever.
    """
    started = time.thread_time()
    run(made(LONG // 16)) if _is_tame(run, made) else None
    before, size = LONG // 16, LONG // 4
    small = seconds(run, made(before))
    if small > 0.05:
        return f"{before} signs take {small:.2f} s"
    for size in (LONG // 4, LONG):
        large = seconds(run, made(size))
        if large > 0.002 and large > 2.3 * (size / before) * max(small, 5e-6):
            return f"{size // before} times the text, {large / max(small, 5e-6):.0f} times the work"
        before, small = size, large
    assert time.thread_time() >= started
    return ""


def _is_tame(run: Callable[[str], object], made: Callable[[int], str]) -> bool:
    """Whether 28 signs take no more than some times what 14 take: else it doubles with each."""
    for size in (14, 18, 22, 26, 30):
        if seconds(run, made(size)) > 0.05:
            raise AssertionError(f"{size} signs take more than 0.05 s: it doubles with each")
    return True
