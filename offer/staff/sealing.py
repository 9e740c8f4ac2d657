"""The secrets of code apps, sealed with a key that is not in the database (XChaCha20-Poly1305, libsodium).

A copy of the database alone is then not enough to make codes. A sealed text names its form and its key,
"x1.3f0a91c2.…", so that keys and methods can be exchanged: the newest key seals, all of them open, and
`local-offer staff seal` seals anew what an older one sealed. It opens for its own account only.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from offer.errors import PlainError
from offer.settings import Settings

SIZE = 32  # bytes of a key
_FORM = "x1"
_CURE = "Make a key with: openssl rand -base64 32"


@dataclass(frozen=True, slots=True)
class Kept:
    """A secret as its row keeps it: readable or sealed, never both."""

    totp: str | None
    sealed: str | None


@dataclass(frozen=True, slots=True)
class Seals:
    """The keys of the settings, the newest first. Without any, secrets are kept as they are."""

    keys: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"Seals({len(self.keys)} keys)"

    def kept(self, account: int, secret: str) -> Kept:
        """How the secret of an account is kept from now on."""
        if not self.keys:
            return Kept(secret, None)
        newest = self.keys[0]
        sealed = Aead(newest).encrypt(secret.encode(), _owner(account))
        return Kept(None, f"{_FORM}.{name_of(newest)}.{base64.urlsafe_b64encode(bytes(sealed)).decode()}")

    def opened(self, account: int, kept: Kept) -> str | None:
        """The secret; None for none, for one of a key we do not have, or one that somebody changed."""
        if kept.totp is not None or kept.sealed is None:  # readable: written later, by a release before this
            return kept.totp
        form, _, rest = kept.sealed.partition(".")
        named, _, text = rest.partition(".")
        key = next((each for each in self.keys if name_of(each) == named), None)
        if form != _FORM or key is None:
            return None
        try:
            return Aead(key).decrypt(base64.urlsafe_b64decode(text), _owner(account)).decode()
        except (CryptoError, binascii.Error, ValueError):
            return None

    def is_newest(self, kept: Kept) -> bool:
        """Whether it is kept as it would be today."""
        if not self.keys or (kept.totp is None and kept.sealed is None):
            return True
        return kept.totp is None and str(kept.sealed).startswith(f"{_FORM}.{name_of(self.keys[0])}.")


def name_of(key: bytes) -> str:
    """What a sealed text says of its key: nobody can make the key from it."""
    return sha256(b"name of " + key).hexdigest()[:8]


def _owner(account: int) -> bytes:
    return f"code app of account {account}".encode()


def seals_of(settings: Settings) -> Seals:
    """The keys of the setting SEAL_KEYS. Raises PlainError for what is no key."""
    given = settings.seal_keys.get_secret_value().split()
    try:
        keys = tuple(base64.b64decode(each, validate=True) for each in given)
    except (binascii.Error, ValueError):
        raise PlainError("SEAL_KEYS holds what is no key.", _CURE) from None
    if any(len(each) != SIZE for each in keys):
        raise PlainError(f"A key in SEAL_KEYS has not {SIZE} bytes.", _CURE)
    return Seals(keys)
