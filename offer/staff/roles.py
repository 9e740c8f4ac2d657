"""What a role allows, and where. Pure but for the list of districts, which comes with the service.

The four roles are a ladder: each may do what those before it may. A role counts
in one scope only: a council's GSS code, or "england" for national content. An
admin of England may also look after the accounts of every council, so that the
first admin of a council can be invited; it does not let them change its entries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from directory.places.areas import Areas
from offer.entitlements.schema import ENGLAND

Role = Literal["viewer", "editor", "approver", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        "viewer": "Viewer: sees drafts and what is due",
        "editor": "Editor: changes entries and answers reports",
        "approver": "Approver: also approves and rolls back",
        "admin": "Admin: also invites and manages accounts",
    }
)
NATIONAL = "england"


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role in a scope."""

    scope: str
    role: Role


def read_role(text: str) -> Role | None:
    """The role of that name; None for no role."""
    return next((role for role in ROLES if role == text), None)


def scope_of(authority: str) -> str:
    """The scope of what belongs to an authority, by its GSS code.

    What a district council decides (its council tax) is looked after with its county's offer: the
    county owes these young people help, and seven districts are one sheet and one approval.
    """
    return NATIONAL if authority == ENGLAND else _counties().get(authority, authority)


def authorities_of(scope: str) -> frozenset[str]:
    """The GSS codes whose documents belong to a scope: the council itself, and the districts in its area."""
    if scope == NATIONAL:
        return frozenset([ENGLAND])
    return frozenset([scope, *(gss for gss, county in _counties().items() if county == scope)])


@cache
def _counties() -> Mapping[str, str]:
    """The upper-tier council of each district that is not one itself, by code."""
    areas = Areas.load()
    found = ((area.gss, areas.council_of(area.gss)) for area in areas.districts())
    return MappingProxyType({gss: council.gss for gss, council in found if council})


def may(grants: Iterable[Grant], needed: Role, scope: str) -> bool:
    """Whether these grants reach a role in a scope."""
    return any(each.scope == scope and _reaches(each.role, needed) for each in grants)


def may_somewhere(grants: Iterable[Grant], needed: Role) -> bool:
    """Whether these grants reach a role in any scope."""
    return any(_reaches(each.role, needed) for each in grants)


def may_manage(grants: Iterable[Grant], scopes: Iterable[str]) -> bool:
    """Whether these grants let somebody look after accounts that hold roles in all those scopes."""
    held = tuple(grants)
    return may(held, "admin", NATIONAL) or all(may(held, "admin", scope) for scope in scopes)


def scopes_with(grants: Iterable[Grant], needed: Role) -> frozenset[str]:
    """The scopes in which these grants reach a role."""
    return frozenset(each.scope for each in grants if _reaches(each.role, needed))


def _reaches(held: Role, needed: Role) -> bool:
    return ROLES.index(held) >= ROLES.index(needed)
