"""Everybody with an account, and inviting somebody."""

from dataclasses import dataclass, replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import LONDON, now
from offer.db.errors import Refused
from offer.live import live_of
from offer.mail.letter import Letter
from offer.mail.post import server_of
from offer.pages.sharing import site_of
from offer.pages.staff.view import StaffPage, me_of, place_name, said, scope_choices, show
from offer.staff.accounts import Account, accounts, invite, invite_again, invited_before, read_email
from offer.staff.codes import INVITED_FOR
from offer.staff.inviting import Invited, letter_of, sent
from offer.staff.roles import ROLE_WORDS, Grant, Role, may_manage, read_role

PATH = "/staff/people"
STATES = {"active": "Active", "invited": "Invited, not set up yet", "closed": "Closed"}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account in the list. `roles`: place and role in words."""

    href: str
    name: str
    email: str
    team: str
    state: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed, and what is wrong with it."""

    email: str = ""
    name: str = ""
    team: str = ""
    role: str = ""
    scope: str = ""
    email_fault: str = ""
    name_fault: str = ""
    team_fault: str = ""

    @property
    def refused(self) -> bool:
        """Whether something is wrong."""
        return bool(self.email_fault or self.name_fault or self.team_fault)


BLANK = Typed()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(StaffPage):
    """The list and the form."""

    lines: tuple[AccountLine, ...]
    scopes: tuple[tuple[str, str], ...]
    roles: tuple[tuple[Role, str], ...]
    typed: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedPage(StaffPage):
    """The one-time address, shown this once; "" where it was sent by mail. `mail_failed`: it could not be."""

    address: str
    who: str
    mail_failed: bool


async def everybody(request: Request) -> Response:
    """GET /staff/people."""
    return await _list(request)


async def invite_one(request: Request) -> Response:
    """POST /staff/people: shows the one-time address to pass on; the form with its faults otherwise."""
    me, typed = me_of(request), _read(await request.form())
    role, known = read_role(typed.role), dict(scope_choices(request, me))
    if role is None or typed.scope not in known or typed.refused:
        return await _list(request, typed, 422)
    connection, whom = live_of(request).database, (typed.email, typed.name, typed.team)
    grant = Grant(typed.scope, role)
    try:
        before = await invited_before(connection, *whom, grant, me.by)
        made = await (
            invite_again(connection, before, me.by, now())
            if before
            else invite(connection, *whom, grant, me.by, now())
        )
    except Refused as fault:
        return await _list(request, replace(typed, email_fault=str(fault)), 422)
    place = place_name(request, typed.scope)
    return await invited_page(request, made.key, Invitee(typed.email, typed.name, place))


def _read(form: FormData) -> Typed:
    email, name, team = said(form, "email", 254), said(form, "name", 120), said(form, "team", 120)
    return Typed(
        read_email(email) or email,
        name,
        team,
        said(form, "role"),
        said(form, "scope"),
        "" if read_email(email) else "Type an email address, such as sam@council.example.",
        "" if name else "Type a name, so that others know whose account it is.",
        "" if team else "Type a team: the log names it in the place of the person.",
    )


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom an invitation is for. `place`: where they are to help; "" for an account that is reset."""

    email: str
    name: str
    place: str = ""


async def invited_page(request: Request, key: str, who: Invitee) -> Response:
    """Sends the one-time address by mail; where there is none, or it fails, the page shows the address.

    The address in a letter is of PUBLIC_URL, never of the Host header, which whoever asks could choose.
    """
    site, server = site_of(request), server_of(request.app.state.settings)
    tried = server is not None and bool(site)
    done = server is not None and tried and await sent(server, _letter(request, f"{site}{_at(key)}", who))
    if server is not None and tried:
        live_of(request).tally.mail("sent" if done else "away")
    here = site or f"{request.url.scheme}://{request.url.netloc}"
    view = InvitedPage(
        title="Invitation sent" if done else "Invitation made",
        path=PATH,
        me=me_of(request),
        who=who.email,
        address="" if done else f"{here}{_at(key)}",
        mail_failed=tried and not done,
    )
    return show(request, "invited", view)


def _at(key: str) -> str:
    return f"/staff/invitation/{key}"


def _letter(request: Request, address: str, who: Invitee) -> Letter:
    provider = live_of(request).provider
    until = (now() + INVITED_FOR).astimezone(LONDON).date()
    council = provider.config.name if provider else ""
    return letter_of(Invited(who.email, who.name, who.place, council, address, until, not who.place))


async def _list(request: Request, typed: Typed = BLANK, status: int = 200) -> Response:
    me = me_of(request)
    rows = await accounts(live_of(request).database)
    view = PeoplePage(
        title="Error: People" if typed.refused else "People",
        path=PATH,
        me=me,
        lines=tuple(_line(request, each) for each in rows if _is_mine(each, me.grants)),
        scopes=scope_choices(request, me),
        roles=tuple(ROLE_WORDS.items()),
        typed=typed,
    )
    return show(request, "people", view, status)


def _is_mine(account: Account, grants: frozenset[Grant]) -> bool:
    return may_manage(grants, [each.scope for each in account.grants])


def _line(request: Request, account: Account) -> AccountLine:
    roles = tuple(f"{place_name(request, each.scope)}: {each.role}" for each in sorted(account.grants))
    name = account.name or f"Account {account.id}"
    href = f"{PATH}/{account.id}"
    return AccountLine(href, name, account.email, account.team, STATES[account.state], roles)


ROUTES = (Route(PATH, everybody), Route(PATH, invite_one, methods=["POST"]))
