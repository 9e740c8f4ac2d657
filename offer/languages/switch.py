"""The row of languages of a page: the same page in each, by a link, or by its form where it answers one."""

from dataclasses import dataclass

from starlette.requests import Request

from offer.language import spoken
from offer.languages.address import in_language, is_translated
from offer.languages.known import BY_CODE, ENGLISH, Language
from offer.languages.marks import AS_IT_IS
from offer.public_address import repeatable

FEW = ("ar", "ti", "vi")  # named beside the word "Languages", which their readers may not know


@dataclass(frozen=True, slots=True)
class Other:
    """A language, and this page in it."""

    language: Language
    href: str


@dataclass(frozen=True, slots=True)
class Switch:
    """`form` is the id of the form that sends the answers again to the other address; "" = links do.

    `base`: "https://offers.example" on the start page, whose head names its alternates for search
    engines; "" elsewhere (nine links more would cost each page bytes that a phone never uses).
    """

    all: tuple[Other, ...]
    form: str
    base: str

    @property
    def few(self) -> tuple[Language, ...]:
        """Some of the languages, to be recognised by."""
        return tuple(BY_CODE[code] for code in FEW)


def switch(request: Request, form: str = "", *, failed: bool = False) -> Switch | None:
    """The other languages of the page asked for; None where it has one only.

    `failed`: the page says that something went wrong, and repeats nothing that was asked for.
    """
    posted = request.method == "POST" and form
    path = "/" if failed and not posted else request.url.path
    if not is_translated(path):
        return None
    asked = "" if posted or failed else repeatable(request.url.query)
    query = f"?{asked}" if asked else ""
    others = (each for each in BY_CODE.values() if each is not spoken())
    settings = getattr(request.app.state, "settings", None)
    base = str(settings.public_url or "") if settings and path == "/" else ""
    return Switch(tuple(_other(each, path + query) for each in others), form if posted else "", base)


def _other(language: Language, address: str) -> Other:
    mark = "" if spoken() is ENGLISH else AS_IT_IS
    return Other(language, mark + in_language(address, language))
