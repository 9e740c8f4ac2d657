"""A page made in another language, made ready to send: addresses with its prefix, English marked as such.

One pass over the HTML, so that templates and view models need not know of languages:
links are written plainly (`/results`), and text outside the marks of `marks.py` is English.
"""

import re

from offer.languages.address import in_language
from offer.languages.known import Language
from offer.languages.marks import AS_IT_IS, END, OWN, without_marks

_TOKENS = re.compile(
    r"(<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<[a-zA-Z/!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.S,
)
_ADDRESS = re.compile(rf'(\s(?:href|action|formaction)=")({AS_IT_IS}?)(/[^"]*)')
_NAME = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_LANG = re.compile(r"\slang=")
_TERM = re.compile(rf" ?\({END}[^{OWN}{END}]*{OWN}\)")
_RUNS = re.compile(f"([{OWN}{END}])")
_ENTITY = re.compile(r"&#?\w+;")
_LETTER = re.compile(r"[^\W\d_]")
# A phone number falls apart from right to left. No part of one is longer; people type what is.
_NUMBERS = re.compile(r"[+\d][\d()]{0,20}(?:[ –-][\d()]{1,20})+")
_BEFORE = re.compile(r"[\s·:,;.!?–—|)]*")
_TAKES_LANG = frozenset({"a", "b", "bdi", "cite", "em", "i", "option", "small", "span", "strong", "title"})
# A block that took its direction too would stand on the other edge of a page read from right to left.
_BLOCKS = frozenset({"dd", "dt", "h1", "h2", "h3", "h4", "li", "p", "td", "th"})
_BARE = frozenset({"option", "title", "textarea"})  # text only: no element may stand inside


def finished(html: str, language: Language) -> str:
    """The page as it is sent."""
    return "".join(_Finisher(language).over(html))


def _edged(run: str) -> tuple[str, str, str]:
    """Words, with the blanks and stops before them and the blanks and brackets after them."""
    found = _BEFORE.match(run)
    start, end = found.end() if found else 0, len(run)
    while end > start and (run[end - 1].isspace() or run[end - 1] in "·("):
        end -= 1
    return run[:start], run[start:end], run[end:]


class _Finisher:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._english = ' lang="en" dir="ltr"' if language.rtl else ' lang="en"'
        self._takes_lang = _TAKES_LANG | _BARE | (frozenset() if language.rtl else _BLOCKS)
        self._own = False  # inside the marks
        self._told = ""  # the open element whose language its template gave, and how deep in its own kind
        self._depth = 0

    def over(self, html: str) -> list[str]:
        """The pieces of the page in order."""
        tokens = _TOKENS.split(html)  # text, tag, text, tag, …, text
        pieces = list[str]()
        for at in range(0, len(tokens), 2):
            before = tokens[at - 1] if at else ""
            after = tokens[at + 1] if at + 1 < len(tokens) else ""
            text, attribute = self._text(tokens[at], before, after)
            if attribute:
                pieces[-1] = f"{pieces[-1][:-1]}{attribute}>"
            pieces += [text, self._tag(after)]
        return pieces

    def _tag(self, tag: str) -> str:
        if tag.startswith(("<script", "<style", "<!")):
            return without_marks(tag)
        self._follow(tag)
        return without_marks(_ADDRESS.sub(self._address, tag))

    def _address(self, found: re.Match[str]) -> str:
        before, as_it_is, address = found.groups()
        return before + (address if as_it_is else in_language(address, self._language))

    def _follow(self, tag: str) -> None:
        """Whether we are inside an element that says its language itself."""
        named = _NAME.match(tag)
        if named is None or tag.endswith("/>"):
            return
        closes, name = named[1] == "/", named[2].lower()
        if self._told:
            self._depth += (-1 if closes else 1) if name == self._told else 0
            self._told = self._told if self._depth else ""
        elif not closes and (name == "svg" or (name != "html" and _LANG.search(tag))):
            self._told, self._depth = name, 1

    def _text(self, text: str, before: str, after: str) -> tuple[str, str]:
        """The text with its English marked; or, where it fills its element, an attribute for that."""
        if not text:
            return text, ""
        if self._told:
            return without_marks(text), ""
        name = (_NAME.match(before) or ("", "", ""))[2].lower()
        opened = name and not before.startswith("</")
        if opened and after.startswith(f"</{name}") and name in self._takes_lang:
            if not self._own and not _RUNS.search(text) and _is_words(text):
                return text, self._english
            if name == "bdi" and self._language.rtl and _NUMBERS.fullmatch(text):
                return text, ' dir="ltr"'
            if name == "option":  # it cannot say that a term in it is English
                text = _TERM.sub("", text)
            if name in _BARE:
                return without_marks(text), ""
        return "".join(self._runs(text)), ""

    def _runs(self, text: str) -> list[str]:
        pieces = list[str]()
        for run in _RUNS.split(text):
            if run in (OWN, END):
                self._own = run == OWN
            else:
                pieces.append(run if self._own else self._foreign(run))
        return pieces

    def _foreign(self, run: str) -> str:
        if _is_words(run):
            before, words, after = _edged(run)
            return f"{before}<span{self._english}>{words}</span>{after}"
        if self._language.rtl:
            return _NUMBERS.sub(lambda number: f'<bdi dir="ltr">{number[0]}</bdi>', run)
        return run


def _is_words(text: str) -> bool:
    return _LETTER.search(_ENTITY.sub("", text)) is not None
