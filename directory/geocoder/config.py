"""Which geocoder is asked, where, and as whom: checked once, when the service starts."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args
from urllib.parse import urlsplit

Provider: TypeAlias = Literal["nominatim", "photon"]
PUBLIC: dict[Provider, str] = {
    "nominatim": "https://nominatim.openstreetmap.org",
    "photon": "https://photon.komoot.io",
}
_CONTACT = re.compile(r"[^@\s()]+@[^@\s()]+\.[^@\s()]+|https://[^\s()]+", re.ASCII)


class Misconfigured(ValueError):  # noqa: N818 - the word a person reads
    """A setting that makes no sense; the message is one plain sentence naming it."""


@dataclass(frozen=True, slots=True)
class GeocoderConfig:
    """A provider and its base address cut in two; `seconds` is the most one request may take."""

    provider: Provider
    scheme: str
    domain: str  # host, port and path
    user_agent: str
    seconds: float = 3.0

    @property
    def host(self) -> str:
        """The host to name in the privacy notice."""
        return urlsplit(f"//{self.domain}").hostname or self.domain

    @property
    def port(self) -> int:
        """The port it listens on."""
        return urlsplit(f"//{self.domain}").port or (443 if self.scheme == "https" else 80)


def config_of(
    provider: str, address: str | None, contact: str | None, version: str, seconds: float = 3.0
) -> GeocoderConfig:
    """The settings, checked. Raises Misconfigured.

    Whoever runs the service must say who they are: the usage policies of both public
    servers want a User-Agent that names the application and a way to reach its people.
    """
    if provider not in get_args(Provider):
        raise Misconfigured(f"GEOCODER must be off, {' or '.join(get_args(Provider))}.")
    name = cast(Provider, provider)
    if not contact or not _CONTACT.fullmatch(contact):
        raise Misconfigured(
            "GEOCODER_CONTACT is needed when GEOCODER is on: an email address or an https:// page by "
            "which the people of the geocoder can reach you."
        )
    scheme, domain = _address(address or PUBLIC[name])
    return GeocoderConfig(name, scheme, domain, f"care-leaver-local-offer/{version} ({contact})", seconds)


def _address(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port  # a port that is no number raises
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.query or parts.fragment:
        raise Misconfigured("GEOCODER_URL must be an address such as https://nominatim.example.org.")
    if parts.scheme == "http" and not _is_our_own(host):
        raise Misconfigured("GEOCODER_URL must start with https:// unless the server is in your own network.")
    return parts.scheme, parts.netloc + parts.path.rstrip("/")


def _is_our_own(host: str) -> bool:
    """A private address, or a name without a dot."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
