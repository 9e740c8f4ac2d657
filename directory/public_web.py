"""Asking addresses that somebody else wrote: public hosts only, over http and https only.

The address of a host is checked where the connection is made, after the name was looked up, so that
a name that changes between two look-ups gains nothing, nor does a number written so that it passes for a
name (127。0。0。1). Whoever follows a redirect checks again.
"""

import ipaddress
import socket
from functools import partial
from typing import Any
from urllib.parse import SplitResult, urlsplit

from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_PUBLIC = "it leads to an address inside a private network"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotToBeAsked(ValueError):  # noqa: N818 - says what is so
    """An address that we do not ask, with the reason in plain words after "it"."""


class NotPublic(OSError):  # noqa: N818 - says what is so
    """A name that stands for an address nobody outside should ask."""


def may_be_read(address: str, *, allow_private: bool = False) -> bool:
    """Whether an IP address may be asked.

    `allow_private` lets in this machine and private networks, never link-local addresses, where
    cloud machines keep their keys (169.254.169.254).
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = None
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64 or found.teredo or found.is_site_local:
            return False
    real = inner or found
    if real.is_link_local or real.is_multicast or real.is_unspecified or real.is_reserved:
        return False
    return real.is_global or (allow_private and (real.is_loopback or real.is_private))


def checked(url: str, *, allow_private: bool = False) -> SplitResult:
    """The parts of an address that may be asked. Raises `NotToBeAsked`."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotToBeAsked("it leads to something that is not a web address (http or https)")
    if parts.username is not None:
        raise NotToBeAsked("its address holds a user name or a password")
    is_number = parts.hostname.replace(".", "").isdigit() or ":" in parts.hostname
    if is_number and not may_be_read(parts.hostname, allow_private=allow_private):
        raise NotToBeAsked(NOT_PUBLIC)
    return parts


class PublicOnly(AbstractResolver):
    """Looks names up, and gives back only addresses that may be asked: these are the ones connected to."""

    def __init__(self, *, allow_private: bool, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver or ThreadedResolver()
        self._allow_private = allow_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises OSError where any address of the name may not be asked."""
        found = await self._resolver.resolve(host, port, family)
        if not all(may_be_read(each["host"], allow_private=self._allow_private) for each in found):
            raise NotPublic(NOT_PUBLIC)
        return found

    async def close(self) -> None:
        """Nothing to give back."""
        await self._resolver.close()


def public_only(
    *, allow_private: bool, resolver: AbstractResolver | None = None, **more: Any
) -> TCPConnector:
    """A connector that reaches only addresses that may be asked: for a client that somebody else leads.

    With `allow_private` also for one that our own settings lead: an address among them that was typed or
    chosen wrongly still never reaches the keys of a cloud machine.
    """
    return TCPConnector(
        resolver=PublicOnly(allow_private=allow_private, resolver=resolver),
        socket_factory=partial(_socket, allow_private=allow_private),
        use_dns_cache=False,
        **more,
    )


def _socket(to: tuple[Any, ...], *, allow_private: bool) -> socket.socket:
    """The socket for one address that is about to be connected to. Raises `NotPublic`."""
    family, kind, proto, _, address = to
    if not may_be_read(str(address[0]), allow_private=allow_private):
        raise NotPublic(NOT_PUBLIC)
    return socket.socket(family=family, type=kind, proto=proto)


def is_not_public(fault: BaseException) -> bool:
    """Whether a fault of the client comes from an address that nobody outside should ask."""
    inner: BaseException | None = fault
    while inner is not None:
        if isinstance(inner, NotPublic):
            return True
        inner = getattr(inner, "os_error", None) or inner.__cause__
    return False
