"""Codes of an app (TOTP, RFC 6238), codes that stand in for them once, and one-time addresses."""

import hmac
import re
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

import pyotp

from offer.feedback.told import SIGNS

PERIOD = 30  # seconds; the value every app assumes
RECOVERY_CODES, RECOVERY_LENGTH = 10, 16  # 22^16: more than 70 bits, so that a plain hash keeps them
_SECRET = re.compile(r"^[A-Z2-7]{32}$")


def new_secret() -> str:
    """What this service and an app will share: 160 bits in base 32."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether a page sent back a secret of ours."""
    return _SECRET.fullmatch(text) is not None


def app_address(secret: str, email: str, issuer: str) -> str:
    """What a QR code tells the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def in_groups(secret: str) -> str:
    """The secret to type by hand: "ABCD EFGH …"."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_of(secret: str, typed: str, at: datetime) -> int | None:
    """The half minute a code is of: this one, or the one before or after, as clocks differ; None for none."""
    code = re.sub(r"\s", "", typed)
    now = int(at.timestamp()) // PERIOD
    for step in (now, now - 1, now + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).at(step * PERIOD).encode(), code.encode()):
            return step
    return None


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes to keep on paper: "CDFG-HJKM-NPQR-TVWX"."""
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def _recovery_code() -> str:
    signs = "".join(secrets.choice(SIGNS) for _ in range(RECOVERY_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, RECOVERY_LENGTH, 4))


def read_recovery_code(typed: str) -> str | None:
    """A recovery code as people type it; None for none."""
    code = re.sub(r"[\s–-]", "", typed).upper()
    return code if len(code) == RECOVERY_LENGTH and set(code) <= set(SIGNS) else None


def new_key() -> str:
    """A random key of 192 bits, for a cookie or a one-time address."""
    return secrets.token_urlsafe(24)


def fingerprint(key: str) -> str:
    """What the database keeps of a random key. It needs no salt: nobody can guess so many."""
    return sha256(key.encode()).hexdigest()


def form_token(session_key: str) -> str:
    """What the forms of a session carry; nobody without its cookie can make it."""
    return hmac.new(session_key.encode(), b"form", sha256).hexdigest()[:32]


INVITED_FOR = timedelta(days=7)
