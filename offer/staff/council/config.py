"""The council's provider as the settings name it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from offer.errors import PlainError
from offer.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ISSUER = re.compile(r"https?://[^\s?#]+")


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """`name` is what people call it: "your Lincolnshire account". The secret is never printed.

    `strong`: the words for a second factor; who signed in without any of them is not let in. None: not asked.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    strong: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"ProviderConfig({self.issuer})"

    def may_be_asked(self, address: str) -> bool:
        """Whether an address is safe to send a browser or a secret to: https, or this machine itself."""
        here = urlsplit(self.issuer).hostname in LOOPBACK
        parts = urlsplit(address)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (here and parts.scheme == "http" and parts.hostname in LOOPBACK)
        )


def config_of(settings: Settings) -> ProviderConfig | None:
    """The provider; None where none is set. Raises PlainError naming the setting that makes no sense."""
    given = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())
    if not any(given):
        return None
    if not all(given):
        raise PlainError(
            "Council sign-in is half set up.",
            "Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them.",
        )
    found = ProviderConfig(
        given[0].rstrip("/"),
        given[1],
        given[2],
        settings.oidc_name or "your council account",
        frozenset(settings.oidc_strong.split()),
    )
    safe = _ISSUER.fullmatch(found.issuer) and found.may_be_asked(found.issuer)
    if not safe or (settings.https and urlsplit(found.issuer).scheme != "https"):
        raise PlainError("OIDC_ISSUER is not the https address of a provider.", "Ask your IT team for it.")
    if settings.https and not settings.public_url:
        cure = "Set PUBLIC_URL: the provider sends people back to it."
        raise PlainError("Council sign-in has to know our own address.", cure)
    return found
