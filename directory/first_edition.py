"""Services as the first edition kept them, read as the documents they are now.

Then one document held everything: the organisation by its name, and one address.
Databases, backups and files of that time are read through here and never rewritten:
a person's next change saves the document in its new shape.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.records import PO_BOX

Body = Mapping[str, Any]

_OF_THE_PLACE = ("confidential", "address", "town", "postcode")
_SHARED = ("authority", "stage", "sources", "confidence", "checked_on", "review_by")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The bodies that one old body held; no location where it named neither street nor town."""

    service: dict[str, Any]
    organisation: dict[str, Any]
    location: dict[str, Any] | None


def is_first_edition(body: Body) -> bool:
    """Whether a service's body is of the old shape: it has an address, or names its organisation in words."""
    organisation = body.get("organisation")
    in_words = isinstance(organisation, str) and not _SLUG.fullmatch(organisation)
    return in_words or any(key in body for key in _OF_THE_PLACE)


def upgraded(body: Body) -> Upgraded:
    """The new documents of an old body. What is wrong in it stays wrong, for the new schema to say."""
    name = body.get("organisation")
    slug = slug_of_name(name) if isinstance(name, str) else ""
    location = _location(body)
    service = {key: value for key, value in body.items() if key not in _OF_THE_PLACE}
    if slug:
        service["organisation"] = slug
    if location:
        service["at"] = [{"location": location["id"]}]
    return Upgraded(service, {"id": slug, "name": name, **_shared(body)}, location)


def slug_of_name(name: str) -> str:
    """ "Barnardo's" → "barnardos": letters and digits, at most 80; "" where there is none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-")


def _location(body: Body) -> dict[str, Any] | None:
    if not any(body.get(key) for key in _OF_THE_PLACE):
        return None
    lines = body.get("address") or []
    postal = isinstance(lines, list) and any(PO_BOX.match(str(line)) for line in lines)
    given = {key: body[key] for key in _OF_THE_PLACE if body.get(key)}
    areas = {"areas": body.get("areas")} if body.get("confidential") else {}
    kind = {"location_type": "postal"} if postal else {}
    return {"id": body.get("id"), "name": body.get("name"), **_shared(body), **kind, **areas, **given}


def _shared(body: Body) -> dict[str, Any]:
    return {key: body[key] for key in _SHARED if key in body}
