"""One way to the provider and back: what a browser must bring again, and what it was for."""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Literal

Purpose = Literal["sign-in", "link", "invitation"]
LASTS = 600  # seconds


@dataclass(frozen=True, slots=True)
class Journey:
    """Kept in a cookie of this browser alone, for ten minutes.

    `state` ties the answer to this browser, `nonce` the token to this journey, `verifier` the code to
    whoever began (PKCE). `about`: the address to go to, the account to link, or the key of an invitation.
    """

    state: str
    nonce: str
    verifier: str
    purpose: Purpose
    about: str

    def answered_with(self, state: str) -> bool:
        """Whether an answer is to this journey."""
        return hmac.compare_digest(self.state.encode(), state.encode())


def new_journey(purpose: Purpose, about: str) -> Journey:
    """A journey that nobody can guess."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Journey(state, nonce, verifier, purpose, about)


def as_cookie(journey: Journey) -> str:
    """The journey as a cookie holds it."""
    return urlsafe_b64encode(json.dumps(asdict(journey)).encode()).decode()


def from_cookie(text: str) -> Journey | None:
    """The journey a cookie holds; None for anything else."""
    try:
        held = json.loads(urlsafe_b64decode(text.encode()))
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict) or set(held) != set(Journey.__slots__):
        return None
    if not all(isinstance(value, str) for value in held.values()) or held["purpose"] not in (
        "sign-in", "link", "invitation",
    ):  # fmt: skip
        return None
    return Journey(**held)
