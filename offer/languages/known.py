"""The languages of the pages. A new one is a line here and a folder in templates/translations."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is its BCP 47 tag and the first part of its addresses; `own_name` is how its readers call it.

    `latin`: written in Latin letters, so that English in it cannot be told by its script.
    `checked`: a speaker has read every translated text; until then each page says that nobody has.
    """

    code: str
    own_name: str
    name: str
    rtl: bool = False
    latin: bool = False
    checked: bool = False

    @property
    def dir(self) -> str:
        """The value of the `dir` attribute."""
        return "rtl" if self.rtl else "ltr"


ENGLISH = Language("en", "English", "English", latin=True, checked=True)
TRANSLATED = (
    Language("ar", "العربية", "Arabic", rtl=True),
    Language("ckb", "کوردیی ناوەندی", "Central Kurdish (Sorani)", rtl=True),
    Language("ps", "پښتو", "Pashto", rtl=True),
    Language("fa", "فارسی", "Persian (Farsi, Dari)", rtl=True),
    Language("ti", "ትግርኛ", "Tigrinya"),
    Language("am", "አማርኛ", "Amharic"),
    Language("vi", "Tiếng Việt", "Vietnamese", latin=True),
    Language("sq", "Shqip", "Albanian", latin=True),
    Language("so", "Soomaali", "Somali", latin=True),
)
BY_CODE: Mapping[str, Language] = MappingProxyType({each.code: each for each in (ENGLISH, *TRANSLATED)})
