"""Text of strangers as plain text: no markup, no control characters, no more than we keep.

Our pages escape what they show as well; this makes sure that nothing is left to escape.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object"})
_BREAKS = frozenset({"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_MOST_READ = 20_000  # characters looked at: what is longer is cut before any work is done on it
_TAG = re.compile(r"(<[/!?a-zA-Z][^<>]*>)")
_NAME = re.compile(r"<(/?)([a-zA-Z0-9]*)")
_MOST_ROUNDS = 4  # "&amp;lt;b&amp;gt;" is markup behind two veils


def plain_text(value: object, most: int) -> str | None:
    """A text of at most `most` characters with its paragraphs kept; None where nothing is left to read.

    Anything but text, a number say, is not read as text.
    """
    if not isinstance(value, str):
        return None
    text = _without_markup(value[:_MOST_READ])
    text = "".join(_shown(char) for char in unicodedata.normalize("NFC", text))
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return _cut(text, most) or None


def plain_line(value: object, most: int = 400) -> str | None:
    """The same on one line."""
    text = plain_text(value, _MOST_READ)
    return _cut(" ".join(text.split()), most) if text else None


def web_address(value: object, most: int = 600) -> str | None:
    """An http or https address with a host and nothing odd in it; None for all else, `javascript:` first."""
    text = value.strip() if isinstance(value, str) else ""
    text = re.sub(r"^https?:", lambda scheme: scheme[0].lower(), text, flags=re.IGNORECASE)
    if len(text) > most or not re.fullmatch(r"https?://[\x21-\x7e]+", text):
        return None
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return None
    return text if host and not re.search(r"[\"'<>\\^`{}|]", text) else None


def email_address(value: object) -> str | None:
    """An e-mail address as people write them; None for all else."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= 200 and re.fullmatch(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+", text) else None


def phone_number(value: object) -> str | None:
    """A United Kingdom number in digits and spaces, +44 written as 0; None for all else."""
    text = re.sub(r"[().-]", " ", value) if isinstance(value, str) else ""
    text = re.sub(r"^\s*(\+44|0044)\s*(0\b|0(?=\d))?\s*", "0", text)
    text = " ".join(text.split())
    return text if re.fullmatch(r"[0-9][0-9 ]{1,16}[0-9]", text) else None


def _without_markup(text: str) -> str:
    for _ in range(_MOST_ROUNDS):
        stripped = unescape("".join(_readable(text)))
        if stripped == text:
            break
        text = stripped
    return re.sub(r"(?<!<)<++(?=[/!?a-zA-Z])", "", text)  # a tag that is never closed


def _readable(text: str) -> Iterator[str]:
    """The text between the tags, without what stands in a script or a style."""
    silent = ""
    for at, part in enumerate(_TAG.split(text)):
        if at % 2 == 0:
            yield "" if silent else part
            continue
        found = _NAME.match(part)
        closing, name = (found[1], found[2].lower()) if found else ("", "")
        if silent:
            silent = "" if closing and name == silent else silent
        elif name in _SILENT and not closing:
            silent = name
        elif name in _BREAKS:
            yield "\n"


def _shown(char: str) -> str:
    """The character itself, a line break or space for its kind, or nothing for what nobody can see.

    Category Cf holds the marks that turn the direction of text round, which can make it read as another.
    """
    if char == "\n" or unicodedata.category(char)[0] != "C":
        return "\n" if char in "\u2028\u2029" else char
    return " " if char in "\t\r\v\f" else ""


def _cut(text: str, most: int) -> str:
    """At most `most` characters, ended at a word."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,.;:\n") + "…"
