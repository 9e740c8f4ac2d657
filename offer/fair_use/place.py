"""Where a request comes from, as far as that can be known: the network address, or a block of them.

A proxy in front of us hides the address and names it in `X-Forwarded-For`. Anybody can send that header, so
it is believed only from the proxies in the setting PROXIES, and read from its end: what they put there.
"""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from offer.fair_use.proxies import Networks, proxies_of

HERE = ""  # this machine, with no proxy's word for anybody else


def place_of(request: Request) -> str:
    """The address a request is counted under; HERE for this machine."""
    peer = request.client.host if request.client else ""
    networks = proxies_of(request.app.state.settings.proxies)
    return place(asked_from(peer, request.headers.getlist("x-forwarded-for"), networks))


def asked_from(peer: str, forwarded: Sequence[str], proxies: Networks) -> str:
    """The last address in the chain that is no proxy of ours. Pure.

    `forwarded`: the headers as they came. What stands before that address was written by whoever sent the
    request, and counts for nothing.
    """
    chain = [each.strip() for header in forwarded for each in header.split(",")]
    found = peer
    while chain and _is_among(found, proxies):
        before = _without_port(chain.pop())
        if not _is_address(before):
            return found
        found = before
    return found


def place(address: str) -> str:
    """What an address is counted as: itself, the /64 of an IPv6 address (one household), or HERE."""
    if not _is_address(address):
        return HERE
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback:
        return HERE
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found) >> 64 << 64, 64)))
    return str(found)


def _is_among(address: str, networks: Networks) -> bool:
    if not _is_address(address):
        return False
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return any(found in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _without_port(text: str) -> str:
    """ "192.0.2.1:4711" and "[2001:db8::1]:4711" without what some proxies add."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
