"""The words of a page by which we know it again. Nothing of a page is kept or shown but its digest. Pure."""

import re
from hashlib import sha256
from html.parser import HTMLParser

# What changes from day to day without the page saying anything else.
_ASIDE_TAGS = "script style noscript template nav header footer form aside svg iframe button select time"
_VOID_TAGS = "area base br col embed hr img input link meta source track wbr"
_ASIDE, _VOID = frozenset(_ASIDE_TAGS.split()), frozenset(_VOID_TAGS.split())
_DEEPEST = 200
_SPACE = re.compile(r"\s+")


class _Words(HTMLParser):
    """Collects words: all of them, and those inside <main> or <article>."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[str] = []
        self.main: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Goes down."""
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Goes up, past what was never closed."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Words, unless they stand aside."""
        if _ASIDE.intersection(self._open):
            return
        self.all.append(data)
        if "main" in self._open or "article" in self._open:
            self.main.append(data)


def main_text(html: str) -> str:
    """The words of its main part, or of all of it, in small letters with single spaces."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return _SPACE.sub(" ", " ".join(parser.main or parser.all)).strip().casefold()


def digest_of_page(body: bytes, charset: str | None) -> str:
    """The digest of a page's main text, in hexadecimal; "" where it holds no words."""
    try:
        html = body.decode(charset or "utf-8", "replace")
    except LookupError:  # a charset nobody knows
        html = body.decode("utf-8", "replace")
    text = main_text(html)
    return sha256(text.encode("utf-8", "replace")).hexdigest() if text else ""
