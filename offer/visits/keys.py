"""The keys of a visit (libsodium, through PyNaCl): one seals its answers, a pair hands that one over."""

import base64
import json
from hashlib import blake2b
from typing import Any

from nacl.bindings import crypto_scalarmult, sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead
from nacl.utils import random

SIZE = 32  # bytes of each key
_NONCE = 24
_STEP = 1024  # sealed texts are filled up to a multiple of this, so that their length tells little


class NotForThisKey(Exception):  # noqa: N818 - it is an answer
    """The key does not open it, or somebody changed it."""


class NotAKey(Exception):  # noqa: N818 - it is an answer
    """What a browser sent as its public key is none that a key may be sealed to."""


def new_key() -> bytes:
    """The key of a visit: 256 random bits, never derived from its code."""
    return bytes(random(SIZE))


def new_pair() -> tuple[bytes, bytes]:
    """A private key, for the cookie of somebody whose browser makes none, and its public key."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def read_public(text: str) -> bytes:
    """A public key that a browser made. Raises NotAKey.

    Refused too are the few points of low order, with which anybody could open what is sealed (RFC 7748, 6.1).
    """
    try:
        public = to_bytes(text)
        if len(public) != SIZE or to_text(public) != text:
            raise NotAKey
        crypto_scalarmult(bytes(PrivateKey.generate()), public)
    except (ValueError, CryptoError) as fault:
        raise NotAKey from fault
    return public


def seal(key: bytes, visit: str, data: object) -> str:
    """Data as sealed text. It opens with this key and for the visit of this id only."""
    plain = sodium_pad(json.dumps(data, separators=(",", ":")).encode(), _STEP)
    return to_text(bytes(Aead(key).encrypt(plain, visit.encode())))


def unseal(key: bytes, visit: str, sealed: str) -> Any:
    """The data again. Raises NotForThisKey."""
    try:
        plain = Aead(key).decrypt(to_bytes(sealed), visit.encode())
    except (CryptoError, ValueError) as fault:
        raise NotForThisKey from fault
    return json.loads(sodium_unpad(plain, _STEP))


def hand_over(key: bytes, public: bytes) -> str:
    """The visit's key, sealed so that only the holder of the private key can take it out."""
    return to_text(bytes(SealedBox(PublicKey(public)).encrypt(key)))


def take_over(private: bytes, handed: str) -> bytes:
    """The visit's key out of what was handed over. Raises NotForThisKey."""
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(to_bytes(handed)))
    except (CryptoError, ValueError) as fault:
        raise NotForThisKey from fault


def for_browser(handed: str, public: bytes) -> str:
    """What was handed over as a NaCl box: 32 bytes of a public key used once, 24 of the nonce, 48 of the box.

    A sealed box has its nonce from BLAKE2b of both public keys (libsodium, "Sealed boxes"), which the small
    library of the browser has not: so it is worked out here. No secret goes into it.
    """
    raw = to_bytes(handed)
    nonce = blake2b(raw[:SIZE] + public, digest_size=_NONCE).digest()
    return to_text(raw[:SIZE] + nonce + raw[SIZE:])


def to_text(raw: bytes) -> str:
    """Bytes as text that a cookie and an address can carry."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """The bytes again. Raises ValueError for what is none of ours."""
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
