"""The cookies of a visit: signed, and sent by the browser to that visit's own address only.

A member's cookie carries the key of the visit; nobody else does. Somebody who waits to be let in holds
the private key of a pair: what the member seals for them, only they can open. With script that key stays in
their tab and the cookie says only who waits; without, the cookie has it.
The signing key stands in the visit's row, so that every process can check a cookie and none can be
made for a visit that is over.
"""

from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

from offer.visits.keys import SIZE, to_bytes, to_text
from offer.visits.shared import ROLES, Role

MEMBER, WAITING = "visit", "visit-waiting"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the two people. `key` opens what they share; `language` is the one they read."""

    id: str
    role: Role
    key: bytes
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who knocked. `private` opens what they are handed when let in; None: their tab has it."""

    id: str
    private: bytes | None
    language: str = "en"


def member_cookie(member: Member, signing: str) -> str:
    """The value of a member's cookie."""
    return _signed(f"{member.id}.{member.role}.{to_text(member.key)}.{member.language}", signing)


def waiting_cookie(waiting: Waiting, signing: str) -> str:
    """The value of the cookie of somebody who waits."""
    private = to_text(waiting.private or b"")
    return _signed(f"{waiting.id}.{private}.{waiting.language}", signing)


def read_member(value: str | None, signing: str) -> Member | None:
    """The member of a cookie; None where it is missing, forged or another visit's."""
    match _parts(value, signing):
        case [id_, role, key, language] if role in ROLES:
            raw = _key(key)
            return Member(id_, role, raw, language) if raw else None
    return None


def read_waiting(value: str | None, signing: str) -> Waiting | None:
    """Who waits, from their cookie; None where it is missing, forged or another visit's."""
    match _parts(value, signing):
        case [id_, "", language]:
            return Waiting(id_, None, language)
        case [id_, key, language]:
            raw = _key(key)
            return Waiting(id_, raw, language) if raw else None
    return None


def _signed(value: str, signing: str) -> str:
    return Signer(signing, salt="visit").sign(value).decode()


def _parts(value: str | None, signing: str) -> list[str]:
    try:
        return Signer(signing, salt="visit").unsign(value or "").decode().split(".")
    except (BadSignature, UnicodeError):
        return []


def _key(text: str) -> bytes | None:
    try:
        raw = to_bytes(text)
    except ValueError:
        return None
    return raw if len(raw) == SIZE else None
