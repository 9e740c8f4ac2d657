"""The colours of templates/css, read as a browser would, for the tests of their contrast."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from offer.brand import Rgb
from templates.build import HERE

SHEETS = HERE / "css"
SCHEMES = {
    "by day": (),
    "in the dark": ("dark",),
    "by day, more contrast": ("more",),
    "in the dark, more contrast": ("dark", "more"),
}
# What stands on what where the two are not said in one rule. Words need 4.5 to 1, parts of controls 3.
WORDS = {
    "app-ink": "paper card soft wash yes-soft might-soft no-soft fact-soft alarm-soft mark map-tint",
    "app-dim": "paper card soft wash yes-soft might-soft no-soft fact-soft alarm-soft",
    "app-wash-ink": "wash wash-over card paper",
    "app-bar-ink": "bar",
    "app-go-ink": "go go-over",
    "app-help-ink": "help help-over",
    "app-yes": "paper card",
    "app-yes-ink": "yes-soft paper card",
    "app-might": "paper card",
    "app-might-ink": "might-soft paper card",
    "app-no": "paper card",
    "app-no-ink": "no-soft",
    "app-fact-ink": "fact-soft",
    "govuk-link-colour": "paper card soft wash yes-soft might-soft no-soft fact-soft alarm-soft",
    "govuk-link-hover-colour": "paper card soft wash",
    "govuk-link-visited-colour": "paper card soft wash yes-soft might-soft no-soft fact-soft",
    "govuk-error-colour": "paper card",
    "govuk-secondary-text-colour": "paper card soft",
}
PARTS = {
    "app-go": "paper card soft wash",
    "app-alarm": "paper alarm-soft",
    "app-edge-firm": "paper",
    "app-might-edge": "paper card might-soft",
    "app-no-edge": "paper card",
    "govuk-input-border-colour": "paper card soft wash",
    "govuk-error-colour": "paper card",
}
_BLOCK = re.compile(r"(?:@media ([^{]*)\{\s*)?:root\s*\{([^{}]*)\}")
_VARIABLE = re.compile(r"--([a-z-]+):\s*([^;}]+)")


def declared(css: str, scheme: str) -> Mapping[str, str]:
    """The variables of `:root` as they stand in one scheme, the later over the earlier."""
    found: dict[str, str] = {}
    for media, body in _BLOCK.findall(css):
        if _applies(media, SCHEMES[scheme]):
            found |= {name: value.strip() for name, value in _VARIABLE.findall(body)}
    return found


def _applies(media: str, asked: tuple[str, ...]) -> bool:
    wanted = {"dark": "prefers-color-scheme: dark", "more": "prefers-contrast: more"}
    if "print" in media or ("no-preference" in media and "more" in asked):
        return False
    return all(name in asked for name, words in wanted.items() if words in media)


def colour(variables: Mapping[str, str], name: str) -> Rgb:
    """The colour of a variable, followed through the others. Raises KeyError for one not declared."""
    value = variables[name]
    while through := re.fullmatch(r"var\(--([a-z-]+)\)", value):
        value = variables[through[1]]
    return rgb(value)


def rgb(value: str) -> Rgb:
    """ "#fd0" or "#ffdd00" as its parts."""
    digits = value.removeprefix("#")
    full = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    return int(full[0:2], 16), int(full[2:4], 16), int(full[4:6], 16)


def meeting(pairs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(what stands, what it stands on), each a variable's name."""
    for upper, lowers in pairs.items():
        for lower in lowers.split():
            yield upper, f"app-{lower}"


def sheet(path: Path) -> str:
    """A style sheet without comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)


def in_one_rule() -> Iterator[tuple[str, str]]:
    """The pairs that some rule of ours sets together as colour and background."""
    for path in sorted(SHEETS.glob("*.css")):
        for body in re.findall(r"\{([^{}]*)\}", sheet(path)):
            upper = re.search(r"(?:^|[\s;])color:\s*var\(--([a-z-]+)\)", body)
            lower = re.search(r"background(?:-color)?:\s*var\(--([a-z-]+)\)", body)
            if upper and lower:
                yield upper[1], lower[1]
