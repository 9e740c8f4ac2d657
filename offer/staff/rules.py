"""Who may do what: every staff route with the role it needs, and in which scope. The one place that decides.

A route that is not here is not served: offer/pages/staff asks for the rule of each when it starts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from offer.staff.roles import NATIONAL, Grant, Role, may, may_manage, may_somewhere

# Where a role must hold: in any scope; for national content; in the scope of the entry, of the report's
# entry, of the change or of the "you said" that the address names; in the scope a form asks for ("here");
# and for who looks after accounts: for every scope of the account an address names, or that a form asks for.
# "rows": in the scope of the entry, or of any district that has rows, or could have, in a national one.
# "council": the scope that an address names; "managed": there, or as an admin of England.
Where = Literal[
    "anywhere", "national", "entry", "rows", "report", "change", "said", "here", "place", "item", "council",
    "managed", "account", "scope",
]  # fmt: skip
NOBODY, ANYBODY = "nobody", "anybody"  # no session needed; any session will do


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route needs."""

    needs: Role | Literal["nobody", "anybody"]
    where: tuple[Where, ...] = ()


_DOOR, _SIGNED_IN = Rule(NOBODY), Rule(ANYBODY)  # type: ignore[arg-type]
_SEES = Rule("viewer", ("anywhere",))
_EDITS = Rule("editor", ("anywhere",))
_ADMIN = Rule("admin", ("anywhere",))
_ADMIN_OF = Rule("admin", ("account",))
_WRITES, _APPROVES = Rule("editor", ("change",)), Rule("approver", ("change",))

Key = tuple[str, str]  # method and path

RULES: Mapping[Key, Rule] = MappingProxyType(
    {
        ("GET", "/staff/sign-in"): _DOOR,
        ("POST", "/staff/sign-in"): _DOOR,
        ("GET", "/staff/invitation/{key}"): _DOOR,
        ("POST", "/staff/invitation/{key}"): _DOOR,
        ("GET", "/staff/sign-in/council"): _DOOR,
        ("GET", "/staff/sign-in/council/back"): _DOOR,
        ("GET", "/staff/invitation/{key}/council"): _DOOR,
        ("POST", "/staff/sign-out"): _SIGNED_IN,
        ("GET", "/staff"): _SIGNED_IN,
        ("GET", "/staff/me"): _SIGNED_IN,
        ("POST", "/staff/me/sessions/{session:int}/end"): _SIGNED_IN,
        ("GET", "/staff/me/password"): _SIGNED_IN,
        ("POST", "/staff/me/password"): _SIGNED_IN,
        ("GET", "/staff/me/app"): _SIGNED_IN,
        ("POST", "/staff/me/app"): _SIGNED_IN,
        ("GET", "/staff/me/council"): _SIGNED_IN,
        ("POST", "/staff/me/council"): _SIGNED_IN,
        ("POST", "/staff/me/council/end"): _SIGNED_IN,
        ("GET", "/staff/entries"): _SEES,
        ("GET", "/staff/entries/{kind}/{slug}"): Rule("viewer", ("entry",)),
        ("POST", "/staff/entries/{kind}/{slug}/still-right"): Rule("editor", ("entry",)),
        ("GET", "/staff/entries/entitlement/{slug}/rule"): Rule("editor", ("entry",)),
        ("POST", "/staff/entries/entitlement/{slug}/rule"): Rule("editor", ("entry",)),
        ("GET", "/staff/entries/entitlement/{slug}/terms"): Rule("editor", ("rows",)),
        ("POST", "/staff/entries/entitlement/{slug}/terms"): Rule("editor", ("rows",)),
        ("GET", "/staff/entries/{kind}/{slug}/yaml"): Rule("editor", ("entry",)),
        ("POST", "/staff/entries/{kind}/{slug}/yaml"): Rule("editor", ("entry",)),
        ("GET", "/staff/entries/{kind}/{slug}/history"): Rule("viewer", ("entry",)),
        ("GET", "/staff/entries/{kind}/{slug}/history/{number:int}"): Rule("viewer", ("entry",)),
        ("POST", "/staff/entries/{kind}/{slug}/history/{number:int}/back"): Rule("approver", ("entry",)),
        ("GET", "/staff/entries/{kind}/{slug}/words"): Rule("viewer", ("entry",)),
        ("POST", "/staff/words"): _SEES,
        ("GET", "/staff/entries/new/{kind}"): _EDITS,
        ("POST", "/staff/entries/new/{kind}"): _EDITS,
        ("GET", "/staff/entries/{kind}/{slug}/edit"): Rule("editor", ("entry",)),
        ("POST", "/staff/entries/{kind}/{slug}/edit"): Rule("editor", ("entry",)),
        ("GET", "/staff/entries/{kind}/{slug}/withdraw"): Rule("approver", ("entry",)),
        ("POST", "/staff/entries/{kind}/{slug}/withdraw"): Rule("approver", ("entry",)),
        ("GET", "/staff/changes"): _SEES,
        ("GET", "/staff/changes/{change:int}"): Rule("viewer", ("change",)),
        ("POST", "/staff/changes/{change:int}/name"): _WRITES,
        ("POST", "/staff/changes/{change:int}/submit"): _WRITES,
        ("POST", "/staff/changes/{change:int}/send-back"): _WRITES,
        ("POST", "/staff/changes/{change:int}/approve"): _APPROVES,
        ("POST", "/staff/changes/{change:int}/publish"): _APPROVES,
        ("POST", "/staff/changes/{change:int}/schedule"): _APPROVES,
        ("POST", "/staff/changes/{change:int}/drop"): _WRITES,
        ("POST", "/staff/changes/{change:int}/take-out"): _WRITES,
        ("POST", "/staff/changes/{change:int}/comment"): _WRITES,
        ("GET", "/staff/reports"): _SEES,
        ("GET", "/staff/reports/{report:int}"): Rule("viewer", ("report",)),
        ("POST", "/staff/reports/{report:int}"): Rule("editor", ("report",)),
        ("POST", "/staff/reports/{report:int}/you-said"): Rule("editor", ("report",)),
        ("GET", "/staff/you-said"): _SEES,
        ("POST", "/staff/you-said"): Rule("editor", ("here",)),
        ("POST", "/staff/you-said/{said:int}/remove"): Rule("editor", ("said",)),
        ("GET", "/staff/gaps"): _SEES,
        ("GET", "/staff/scrutiny"): _SEES,
        ("GET", "/staff/scrutiny.csv"): _SEES,
        ("GET", "/staff/earlier"): _SEES,
        ("GET", "/staff/money"): _SEES,
        ("GET", "/staff/exchange"): _SEES,
        ("GET", "/staff/exchange/{place}"): Rule("viewer", ("place",)),
        ("GET", "/staff/exchange/{place}/files/{name}"): Rule("viewer", ("place",)),
        ("POST", "/staff/exchange/{place}/try"): Rule("editor", ("place",)),
        ("POST", "/staff/exchange/{place}/change"): Rule("editor", ("place",)),
        ("GET", "/staff/councils"): _SEES,
        ("GET", "/staff/councils/new"): Rule("admin", ("national",)),
        ("POST", "/staff/councils/new"): Rule("admin", ("national",)),
        ("GET", "/staff/councils/{scope}"): Rule("viewer", ("managed",)),
        ("POST", "/staff/councils/{scope}/contacts"): Rule("editor", ("council",)),
        ("GET", "/staff/councils/{scope}/settings"): Rule("admin", ("managed",)),
        ("POST", "/staff/councils/{scope}/settings"): Rule("admin", ("managed",)),
        ("POST", "/staff/exchange/{place}/copy"): Rule("admin", ("place",)),
        ("GET", "/staff/items/{item:int}"): Rule("viewer", ("item",)),
        ("POST", "/staff/items/{item:int}/take"): Rule("editor", ("item",)),
        ("POST", "/staff/items/{item:int}/decline"): Rule("editor", ("item",)),
        ("GET", "/staff/feeds"): _SEES,
        ("GET", "/staff/feeds/{feed:int}/{kind}/{slug}"): Rule("viewer", ("entry",)),
        ("POST", "/staff/feeds/{feed:int}/{kind}/{slug}/take"): Rule("editor", ("entry",)),
        ("POST", "/staff/feeds/{feed:int}/{kind}/{slug}/decline"): Rule("editor", ("entry",)),
        ("GET", "/staff/links"): _SEES,
        ("POST", "/staff/links/{link:int}/looked-at"): _EDITS,
        ("GET", "/staff/people"): _ADMIN,
        ("POST", "/staff/people"): Rule("admin", ("scope",)),
        ("GET", "/staff/people/{account:int}"): _ADMIN_OF,
        ("POST", "/staff/people/{account:int}/roles"): Rule("admin", ("account", "scope")),
        ("POST", "/staff/people/{account:int}/invite"): _ADMIN_OF,
        ("POST", "/staff/people/{account:int}/sessions/{session:int}/end"): _ADMIN_OF,
        ("POST", "/staff/people/{account:int}/close"): _ADMIN_OF,
        ("GET", "/staff/log"): Rule("admin", ("national",)),
    }
)


def allows(rule: Rule, grants: Iterable[Grant], scopes: Mapping[Where, frozenset[str]]) -> bool:
    """Whether somebody signed in with these grants may. `scopes`: what each place of the rule stands for."""
    held = tuple(grants)
    if rule.needs in (NOBODY, ANYBODY):
        return True
    return all(_holds(rule, held, where, scopes.get(where, frozenset())) for where in rule.where)


def _holds(rule: Rule, held: tuple[Grant, ...], where: Where, scopes: frozenset[str]) -> bool:
    needed: Role = rule.needs  # type: ignore[assignment]
    if where == "anywhere":
        return may_somewhere(held, needed)
    if where == "national":
        return may(held, needed, NATIONAL)
    if where == "account" and not scopes and "scope" not in rule.where:  # nobody's: not any admin's to take
        return may(held, "admin", NATIONAL)
    if where in ("account", "scope"):
        return may_somewhere(held, needed) and may_manage(held, scopes)
    if where == "rows":
        return any(may(held, needed, scope) for scope in scopes)
    if where == "managed" and may(held, "admin", NATIONAL):
        return True
    return bool(scopes) and all(may(held, needed, scope) for scope in scopes)
