"""The proxies in front of us, as the setting PROXIES names them."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

Networks = tuple[IPv4Network | IPv6Network, ...]


@lru_cache(maxsize=8)
def proxies_of(setting: str) -> Networks:
    """The networks of a setting "127.0.0.1, 10.89.0.0/24". Raises ValueError for anything else."""
    found = tuple(ip_network(each.strip()) for each in setting.split(",") if each.strip())
    if not all(each.prefixlen for each in found):
        raise ValueError("every address there is cannot be a proxy of ours")
    return found


def proxies_as_set(setting: str) -> str:
    """The setting itself. Raises ValueError where it makes no sense: "*" would believe whoever asks."""
    proxies_of(setting)
    return setting
