"""Addresses by language: `/ar/results` is `/results` in Arabic; English has no prefix. Pure."""

from urllib.parse import urlsplit

from offer.languages.known import BY_CODE, ENGLISH, Language

# What machines read, and what is written in English only, has one address.
ONE_LANGUAGE = (
    "/api", "/assets", "/docs", "/healthz", "/manifest.webmanifest", "/metrics", "/open-data",
    "/openapi", "/openreferral", "/pack", "/readyz", "/robots.txt", "/sitemap", "/staff", "/sw.js",
    "/visit/", "/.well-known",
)  # fmt: skip


def is_translated(path: str) -> bool:
    """Whether an address of this site, without prefix, is a page that every language has."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return False
    return not path.startswith(ONE_LANGUAGE) and _language(path) is None


def parted(path: str) -> tuple[Language, str]:
    """The language of an address and the address without it; English for one that has no such page."""
    language = _language(path)
    rest = path[len(language.code) + 1 :] or "/" if language else path
    if language is None or not is_translated(rest):
        return ENGLISH, path
    return language, rest


def _language(path: str) -> Language | None:
    language = BY_CODE.get(path[1:].split("/", 1)[0])
    return None if language is ENGLISH else language


def in_language(address: str, language: Language) -> str:
    """The address of the same page in a language; unchanged where it has none. Query and anchor stay."""
    if language is ENGLISH or not is_translated(address.partition("#")[0].partition("?")[0]):
        return address
    return f"/{language.code}{address}"


def redirected(location: str, language: Language, host: str) -> str:
    """Where a redirect leads in a language; another host's address stays as it is."""
    parts = urlsplit(location)
    if parts.netloc and parts.netloc == host:
        return parts._replace(path=in_language(parts.path, language)).geturl()
    return in_language(location, language)
