"""The short code that one person reads out and the other types. It finds a visit, and opens nothing.

No vowels, so that no code is a word; no signs that are mistaken for others when read aloud or by hand.
"""

import hashlib
import re
import secrets

SIGNS = "34679CDFGHJKMNPQRTVWXY"
LENGTH = 6  # 22⁶ = 113 million
_SALT = b"local-offer visit code"
_COST = 2**13  # about 20 ms a try: 113 million tries of somebody who reads the database are 26 days


def new_code() -> str:
    """A code that nobody can foretell, as "C4HK9T"."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def said(code: str) -> str:
    """The code in two halves, as it is shown and read out: "C4H K9T"."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def read_code(typed: str) -> str | None:
    """The code somebody typed, whatever its case, spaces and dashes; None where it cannot be one."""
    code = re.sub(r"[\s.–-]", "", typed[:40]).upper()
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else None


def fingerprint(code: str) -> str:
    """What the database holds instead of the code, in hexadecimal. Takes about 20 ms: run it in a thread."""
    return hashlib.scrypt(code.encode(), salt=_SALT, n=_COST, r=8, p=1, dklen=32).hex()
