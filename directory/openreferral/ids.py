"""Every record's id: a UUID made from what it is, so that it never changes and nobody has to keep it."""

from uuid import NAMESPACE_URL, uuid5


def id_of(key: str) -> str:
    """The id of a key, such as `service/become` or `entitlement/care-to-learn`: UUID version 5.

    Anybody can make it again: `uuid5(NAMESPACE_URL, "service/become")`.
    """
    return str(uuid5(NAMESPACE_URL, key))
