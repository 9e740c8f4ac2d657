"""Where the thing is that a staff address names: the scopes in which a role must hold."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from offer.staff.accounts import account_of
from offer.staff.reading import scope_of_change, scope_of_entry, scope_of_report
from offer.staff.rules import Rule, Where
from offer.staff.you_said import said_of


async def scopes_for(request: Request, rule: Rule) -> dict[Where, frozenset[str]]:
    """The scopes of each place the rule asks about. 404 for what is not there."""
    return {
        where: await _scopes(request, where) for where in rule.where if where not in ("anywhere", "national")
    }


async def _scopes(request: Request, where: Where) -> frozenset[str]:
    if where == "account":
        return await _of_account(request)
    if where in ("entry", "report", "change", "said"):
        return await _of_thing(request, where)
    return await _asked(request)


async def _of_account(request: Request) -> frozenset[str]:
    account = await account_of(request.app.state.live.database, request.path_params["account"])
    if account is None:
        raise HTTPException(404)
    return frozenset(grant.scope for grant in account.grants)


async def _of_thing(request: Request, where: Where) -> frozenset[str]:
    connection, named = request.app.state.live.database, request.path_params
    if where == "entry":
        scope = await scope_of_entry(connection, named.get("kind", "entitlement"), named["slug"])
    elif where == "change":
        scope = await scope_of_change(connection, named["change"])
    elif where == "said":
        held = await said_of(connection, named["said"])
        scope = held.scope if held else None
    else:
        scope = await scope_of_report(connection, named["report"])
    if scope is None:
        raise HTTPException(404)
    return frozenset([scope])


async def _asked(request: Request) -> frozenset[str]:
    """What a form asks for; whatever stands there is compared, never trusted."""
    scope = (await request.form()).get("scope")
    return frozenset([scope if isinstance(scope, str) else ""])
