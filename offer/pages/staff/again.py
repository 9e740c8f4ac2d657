"""Signing in, and forms sent after a session was lost: what was typed stays in the page, never on the server.

Such a form comes back with the page that signs in; after that it is shown whole, to be sent once
more by a person. It is never sent by itself, so nobody can have it sent by way of a link.
"""

import re
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from offer.live import live_of
from offer.pages.staff.view import StaffPage, show
from offer.staff.sessions import Person

KEPT = "kept."  # before the names of fields that wait for a sign-in
NEVER = ("token", "old", "password", "repeat", "code", "new_code", "secret")
# What forms carry for the service alone; nobody typed it, and nobody is shown it.
SILENT = (
    "act", "base", "change", "do", "edition", "kind", "never", "opened", "plan", "row", "seen", "slug", "was",
)  # fmt: skip
_VALUE = r"[\w-]+=[\w.%+-]*"
_OURS = re.compile(rf"/staff(/[\w.-]+)*(\?{_VALUE}(&{_VALUE})*)?", re.ASCII)

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(StaffPage):
    """`to`: where to go then. `kept`: fields of a form that waits. `ended`: a session was lost.

    `council`: what the council's own sign-in is called; "" where there is none.
    """

    email: str
    to: str
    kept: Fields
    ended: bool
    council: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainPage(StaffPage):
    """A form as it was typed, to be sent again to `to`.

    A long one, such as an entry's, is not shown here field by field: it can be looked at in its own form.
    """

    to: str
    kept: Fields

    @property
    def is_long(self) -> bool:
        """Whether it is the form of a document or of a rule."""
        return self.to.endswith(("/edit", "/rule")) or "/entries/new/" in self.to

    @property
    def silent(self) -> Fields:
        """What goes along unseen: all of a long form but the button that was pressed."""
        if self.is_long:
            return tuple(each for each in self.kept if each[0] != self.look[0])
        return tuple(each for each in self.kept if each[0] in SILENT)

    @property
    def typed(self) -> Fields:
        """What somebody typed or chose."""
        return tuple(each for each in self.kept if each[0] not in SILENT)

    @property
    def look(self) -> tuple[str, str]:
        """The button of a long form that only shows it: its name and value."""
        return ("do", "look") if self.to.endswith("/rule") else ("act", "preview")


def carried(form: FormData) -> Fields:
    """What was typed, without marks and secrets."""
    pairs = ((name, value) for name, value in form.multi_items() if isinstance(value, str))
    return tuple((name, value) for name, value in pairs if name not in NEVER)


def read_kept(form: FormData) -> Fields:
    """The fields that waited in the page that signed in."""
    inside = ((name, value) for name, value in carried(form) if name.startswith(KEPT))
    return tuple((name.removeprefix(KEPT), value) for name, value in inside)


def wanted(request: Request) -> str:
    """The staff address that somebody asked for, with what stands behind its question mark."""
    path, query = request.url.path, request.url.query
    whole = f"{path}?{query}" if query else path
    return whole if read_to(whole) == whole else read_to(path)


def read_to(text: str) -> str:
    """A staff address somebody wanted; the home page for anything else, such as another site's."""
    return text if _OURS.fullmatch(text) else "/staff"


def sign_in_page(
    request: Request,
    *,
    email: str = "",
    to: str = "/staff",
    kept: Fields = (),
    ended: bool = False,
    error: str = "",
    status: int = 200,
) -> Response:
    """The page that asks for email address, password and code."""
    title = "Error: Staff sign in" if error else "Staff sign in"
    provider = live_of(request).provider
    view = SignInPage(
        title=title, email=email, to=to, kept=kept, ended=ended, error=error,
        council=provider.config.name if provider else "",
    )  # fmt: skip
    return show(request, "sign-in", view, status)


def again_page(request: Request, me: Person, to: str, kept: Fields, status: int = 200) -> Response:
    """A form to be looked at and sent once more."""
    return show(request, "again", AgainPage(title="Send it again", me=me, to=to, kept=kept), status)
