"""Where the thing is that a staff address names: the scopes in which a role must hold."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from offer.clock import today
from offer.live import live_of
from offer.staff.accounts import account_of
from offer.staff.change_rows import open_changes_of
from offer.staff.reading import scope_of_change, scope_of_entry, scope_of_report
from offer.staff.review_items import scope_of_item
from offer.staff.roles import NATIONAL
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
    if where == "entry":
        return await _of_entry(request)
    if where == "rows":
        return await _of_rows(request)
    if where == "place":
        return frozenset([request.path_params["place"]])
    if where in ("council", "managed"):
        return _named(request)
    if where in ("report", "change", "said", "item"):
        return await _of_thing(request, where)
    return await _asked(request)


def _named(request: Request) -> frozenset[str]:
    """The council of the address, or England. 404 for what is neither."""
    scope = request.path_params["scope"]
    if scope != NATIONAL and live_of(request).published.places.authority(scope) is None:
        raise HTTPException(404)
    return frozenset([scope])


async def _of_account(request: Request) -> frozenset[str]:
    account = await account_of(live_of(request).database, request.path_params["account"])
    if account is None:
        raise HTTPException(404)
    return frozenset(grant.scope for grant in account.grants)


async def _of_entry(request: Request) -> frozenset[str]:
    """The document's scope; of one that is only in a change yet, the scope of the change that is named."""
    connection, named = live_of(request).database, request.path_params
    kind, slug = named.get("kind", "entitlement"), named["slug"]
    scope = await scope_of_entry(connection, kind, slug)
    if scope is None:
        number = await _asked_change(request)
        changes = await open_changes_of(connection, kind, slug)
        scope = next((each.scope for each in changes if each.id == number), None)
    if scope is None:
        raise HTTPException(404)
    return frozenset([scope])


async def _of_rows(request: Request) -> frozenset[str]:
    """The entry's scope; of a national one with rows by district every council's too."""
    (scope,), live = await _of_entry(request), live_of(request)
    published = live.published.entries.get(request.path_params["slug"])
    if scope != NATIONAL or published is None or not published.terms:
        return frozenset([scope])
    return frozenset([scope, *(area.gss for area in live.published.places.authorities(today()))])


async def _asked_change(request: Request) -> int:
    """The change of `?change=` or of the form's hidden field; 0 for none."""
    form = await request.form() if request.method == "POST" else {}
    text = form.get("change") or request.query_params.get("change", "")
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _of_thing(request: Request, where: Where) -> frozenset[str]:
    connection, named = live_of(request).database, request.path_params
    if where == "change":
        scope = await scope_of_change(connection, named["change"])
    elif where == "item":
        scope = await scope_of_item(connection, named["item"])
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
