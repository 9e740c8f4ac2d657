"""The search for canaries finds one in every shape it is meant to find: else it proves nothing."""

import base64
import hashlib
from urllib.parse import quote

import pytest

from tests.attack.canaries import WORD, Person, Sieve

PERSON = Person(0)
SIEVE = Sieve([PERSON], secrets=["a-key-of-a-cookie"])


@pytest.mark.parametrize("text", [PERSON.postcode, PERSON.birthday, WORD])
def test_in_other_codes(text: str) -> None:
    raw = text.encode()
    shapes = [
        raw, raw.lower(), raw.upper(), b"\0\xff" + raw + b"\n", quote(text).encode(), raw.hex().encode(),
        *(base64.b64encode(before + raw + b"abc") for before in (b"", b"x", b"xy")),
        hashlib.sha256(raw).digest(), hashlib.sha1(raw).hexdigest().encode(), text.encode("utf-16-le"),
    ]  # fmt: skip
    for shape in shapes:
        assert any(SIEVE.found(b"before" + shape + b"after")), shape


@pytest.mark.parametrize("text", ["LN63RF", "ln6+3rf", "LN6%203RF", "11 August 2006", "11/08/2006", "471930"])
def test_written_another_way(text: str) -> None:
    assert any(SIEVE.found(text.encode()))


def test_a_secret_as_it_stands_and_nothing_else() -> None:
    assert any(SIEVE.found(b"x a-key-of-a-cookie y"))
    assert not any(SIEVE.found(b"LN6 and 3RF, 2006, August, nothing of theirs"))
