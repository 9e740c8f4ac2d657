"""Leaves out of the design system's styles every class that no page of ours names.

What is used is read from the templates, our modules and the pages' code: a page that starts to use
a component has its styles with the next build, and one that stops costs nobody a byte.
"""

import re
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = ("*.html", "pages/**/*.html", "parts/**/*.html", "js/**/*.mjs", "../offer/**/*.py")
_NAME = re.compile(r"(?<![\w-])govuk-[\w!-]+")
_CLASS = re.compile(r"\.(govuk-(?:[\w-]|\\!)+)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_EMPTY_AT_RULE = re.compile(r"@(?:media|supports)[^{}]*\{\}")
_FALLBACK = re.compile(r"var\((--govuk-[a-z-]+),[^()]*\)")


def used_names(sources: Iterable[str] | None = None) -> frozenset[str]:
    """The design system's classes that the sources name; a name left open ("govuk-input--width-")
    stands for all that begin so."""
    texts = sources if sources is not None else _our_sources()
    return frozenset(name for text in texts for name in _NAME.findall(text))


def _our_sources() -> Iterable[str]:
    return [path.read_text("utf-8") for pattern in SOURCES for path in sorted(HERE.glob(pattern))]


def without_unused(css: str, used: frozenset[str]) -> str:
    """The style sheet without the selectors of unused classes, without what is then empty, and
    without the colours that stand in for a variable: palette.css names every one."""
    beginnings = tuple(name for name in used if name.endswith("-"))

    def is_used(name: str) -> bool:
        return name in used or name.startswith(beginnings)

    def kept(rule: re.Match[str]) -> str:
        if rule[1].lstrip().startswith("@"):
            return rule[0]
        selectors = [part for part in _parts(rule[1]) if all(map(is_used, _classes(part)))]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    slim = _RULE.sub(kept, css)
    while (again := _EMPTY_AT_RULE.sub("", slim)) != slim:
        slim = again
    return _FALLBACK.sub(r"var(\1)", slim)


def _classes(selector: str) -> list[str]:
    """The classes a selector needs; one inside `:not(…)` is not needed."""
    needed = re.sub(r":not\([^()]*\)", "", selector)
    return [name.replace("\\", "") for name in _CLASS.findall(needed)]


def _parts(selectors: str) -> list[str]:
    """The selectors of a list; a comma inside brackets divides none."""
    return re.split(r",(?![^()]*\))", selectors)
