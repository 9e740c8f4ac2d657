"""Which nation a place code belongs to: the first letter of a GSS code says it."""

from __future__ import annotations

from collections.abc import Mapping

from offer.eligibility.fact import Value

_NATION_OF_LETTER = {"E": "england", "W": "wales", "S": "scotland", "N": "northern_ireland"}
NATION_OF = (("responsible_authority", "responsible_authority_nation"), ("lives_in", "residence_nation"))


def nation_of_code(code: object) -> str | None:
    """`E06000047` is in England; None for what is not a GSS code."""
    return _NATION_OF_LETTER.get(code[:1]) if isinstance(code, str) else None


def nations_of(known: Mapping[str, Value]) -> dict[str, Value]:
    """The nations of the council that looked after you and of where you live."""
    found = ((nation, nation_of_code(known.get(place))) for place, nation in NATION_OF)
    return {name: value for name, value in found if value is not None}
