"""Recovery codes as the database keeps them: stretched, since their 71 bits are too few for a plain hash.

What is stretched is the code's SHA-256. So what releases before 0.7.0 kept, that hash alone, is brought up
to this form without the code: `local-offer staff seal`.
"""

import asyncio
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from offer.staff.codes import fingerprint, new_recovery_codes, read_recovery_code

_FORM = "a1"  # argon2id with the cost below; another cost gets another name
_COST = {"time_cost": 2, "memory_cost": 19_456, "parallelism": 1}  # OWASP's least; 2⁷¹ codes do the rest
_SALT = 16  # letters; ten codes made together share one, so that a try is one hash
_PLAIN = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class NewCodes:
    """`shown` once to their owner; `kept` in the database."""

    shown: tuple[str, ...]
    kept: tuple[str, ...]


async def new_codes() -> NewCodes:
    """Ten codes. Takes a quarter of a second, in a thread: call it before a transaction begins."""
    shown = new_recovery_codes()
    prints = [fingerprint(str(read_recovery_code(code))) for code in shown]
    return NewCodes(shown, tuple(await asyncio.to_thread(stretched, prints)))


def stretched(prints: Iterable[str]) -> list[str]:
    """What is kept of fingerprints: "a1$salt$hash", 62 letters."""
    salt = secrets.token_urlsafe(_SALT * 3 // 4)
    return [_stretch(each, salt) for each in prints]


def _stretch(print_: str, salt: str) -> str:
    raw = hash_secret_raw(print_.encode(), salt.encode(), hash_len=32, type=Type.ID, **_COST)
    return f"{_FORM}${salt}${urlsafe_b64encode(raw).rstrip(b'=').decode()}"


def is_plain(kept: str) -> bool:
    """Whether it is kept as releases before 0.7.0 did."""
    return _PLAIN.fullmatch(kept) is not None


async def found(typed: str, kept: Sequence[str]) -> str | None:
    """Which of the rows of an account a code is of; None for none. Takes 25 ms, in a thread."""
    code = read_recovery_code(typed)
    return await asyncio.to_thread(_found, fingerprint(code), kept) if code else None


def _found(print_: str, kept: Sequence[str]) -> str | None:
    salts = {each.split("$")[1] for each in kept if each.startswith(f"{_FORM}$")}
    wanted = {print_, *(_stretch(print_, salt) for salt in salts)}
    return next((each for each in kept if any(hmac.compare_digest(each, one) for one in wanted)), None)
