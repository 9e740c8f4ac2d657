"""The translations of one language, as `templates.build` compiled them; read once a process."""

from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

import templates
from offer.errors import PlainError
from offer.languages.known import Language
from offer.languages.marks import marked

COMPILED = Path(templates.__file__).resolve().parent / "built" / "languages"


class _Untranslated(NullTranslations):
    """Says "" where there is no translation, so that the English can be told from it."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


class Tongue:
    """One language that speaks: English words in, its own words out, marked; English where it has none."""

    def __init__(self, language: Language, folder: Path = COMPILED) -> None:
        self.language = language
        self._folder = folder
        self._marked = dict[tuple[str, str], str]()

    @cached_property
    def _said(self) -> GNUTranslations:
        try:
            with (self._folder / f"{self.language.code}.mo").open("rb") as file:
                said = GNUTranslations(file)
        except OSError as error:
            raise PlainError(
                "The translations have not been built.", "Run: python -m templates.build"
            ) from error
        said.add_fallback(_Untranslated())
        return said

    def gettext(self, words: str) -> str:
        """The translation, or the words themselves."""
        said = self._said.gettext(words) if words else ""
        return self._mark(said, words) if said else words

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The translation's own plural form for the count, or the English one."""
        said = self._said.ngettext(one, many, count)
        return self._mark(said, many) if said else one if count == 1 else many

    def _mark(self, said: str, english: str) -> str:
        key = (said, english)
        if key not in self._marked:
            self._marked[key] = marked(said, english, latin=self.language.latin, rtl=self.language.rtl)
        return self._marked[key]


@lru_cache(maxsize=32)
def tongue(language: Language) -> Tongue:
    """The translations of a language. Raises PlainError, when first used, where they were not built."""
    return Tongue(language)
