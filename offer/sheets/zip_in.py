"""A zip that somebody sent, held against its own list of contents before anything of it is unpacked.

Python's zipfile never unpacks more of a file than the list says, and checks its sum at the end: so a list
that adds up to little is a zip that unpacks to little.
"""

import io
import zipfile
from collections.abc import Sequence
from zipfile import BadZipFile, ZipFile, ZipInfo

from offer.sheets import limits
from offer.sheets.grid import Refusal

BROKEN = "The file is damaged: it cannot be unpacked. Save it again and send it again."
TOO_MUCH = "The file unpacks to far more than any sheet of ours. We have not opened it."


def opened(data: bytes) -> ZipFile:
    """The zip, checked. Raises `Refusal` for a bomb, a locked one and a broken one."""
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError, zipfile.LargeZipFile) as fault:
        raise Refusal(BROKEN) from fault
    _check(archive.infolist())
    return archive


def _check(parts: Sequence[ZipInfo]) -> None:
    if len(parts) > limits.PARTS:
        raise Refusal(f"There are {len(parts):,} files in it, at most {limits.PARTS:,} are taken.")
    if len({part.filename for part in parts}) < len(parts):
        raise Refusal("The file names one of its parts twice, so we have not opened it. Save it again.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("The file is locked with a password. Save it without one.")
    if sum(part.file_size for part in parts) > limits.UNPACKED:
        raise Refusal(TOO_MUCH)
    for part in parts:
        if part.file_size > limits.UNPACKED_PART or _swells(part):
            raise Refusal(TOO_MUCH)


def _swells(part: ZipInfo) -> bool:
    """Whether a part of some size is packed as tightly as only a bomb is."""
    return part.file_size > 1024 * 1024 and part.file_size > limits.RATIO * max(1, part.compress_size)


def unpacked(archive: ZipFile, name: str) -> bytes:
    """One file of a checked zip. Raises `Refusal` where it is not what the list says."""
    try:
        return archive.read(name)
    except Exception as fault:  # zlib, lzma, bz2, zipfile: each has faults of its own for hostile bytes
        raise Refusal(BROKEN) from fault
