"""A stranger's location as the fields of ours."""

import re
from typing import Any

from directory.openreferral.cleaning import plain_line, plain_text
from directory.openreferral.given import Given, lines_in, phones_in, postcode_in, records_in
from directory.openreferral.writing import ADDRESS_NOT_PUBLISHED, ADDRESS_PRIVATE
from directory.places import Places

UNITED_KINGDOM = frozenset({"GB", "UK", "GBR", "UNITED KINGDOM", "ENGLAND"})
_PO_BOX = re.compile(r"p\.?\s?o\.?\s+box\b", re.IGNORECASE)


def location_fields(
    record: Given, service: str, areas: list[str], places: Places, doubts: list[str]
) -> dict[str, Any]:
    """Everything but id, council and sources. A place kept private keeps nothing of its address."""
    said = [each for each in (plain_text(record.get("description"), 2000) or "").split("\n\n") if each]
    private = ADDRESS_PRIVATE in said
    directions = "\n\n".join(
        each for each in said if not each.startswith((ADDRESS_PRIVATE, ADDRESS_NOT_PUBLISHED))
    )
    fields: dict[str, Any] = {
        "name": plain_line(record.get("name")) or service,
        "location_type": record.get("location_type"),
        "accessibility": lines_in(record.get("accessibility"), "description", "details"),
        "phones": phones_in(record.get("phones"), doubts),
    }
    if fields["location_type"] not in ("physical", "postal", "virtual"):
        fields["location_type"] = "physical"
    if private:
        return {**fields, "confidential": True, "areas": areas}
    fields |= {"directions": directions or None}
    if fields["location_type"] == "virtual":
        return fields
    address = _address(record, doubts)
    if any(_PO_BOX.match(line) for line in address.get("address", ())):
        fields["location_type"] = "postal"
    row = places.find(address["postcode"]) if address.get("postcode") else None
    district = places.district(row.district) if row else None
    return {**fields, **address, "areas": [district.gss] if district and district.gss.startswith("E") else []}


def _address(record: Given, doubts: list[str]) -> dict[str, Any]:
    """The first address that is in this country; the one to go to before the one for letters."""
    found = sorted(records_in(record.get("addresses")), key=lambda each: each.get("address_type") == "postal")
    here = [each for each in found if (plain_line(each.get("country")) or "GB").upper() in UNITED_KINGDOM]
    if found and not here:
        doubts.append("its address is not in the United Kingdom, so we hold none")
    if not here:
        return {}
    each = here[0]
    postcode = postcode_in(each.get("postal_code"))
    if postcode is None:
        doubts.append("an address has no postcode that we can read")
    lines = (plain_line(each.get("address_1")), plain_line(each.get("address_2")))
    return {
        "address": [line for line in lines if line],
        "town": plain_line(each.get("city")),
        "county": plain_line(each.get("state_province")),
        "postcode": postcode,
    }
