"""The audit log on a page: the last rows, and whether the chain holds."""

import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.db.staff_models import AuditRow
from offer.live import live_of
from offer.pages.staff.me import said_moment
from offer.pages.staff.view import StaffPage, me_of, show
from offer.staff.audit import Standing, newest, standing

PATH, MOST = "/staff/log", 200


@dataclass(frozen=True, slots=True)
class LogLine:
    """One row in words."""

    number: int
    at: str
    who: str
    act: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage(StaffPage):
    """The newest rows first. `broken`: the first row that is not as it was written; None for none."""

    rows: int
    broken: int | None
    guarded: bool
    last: str
    lines: tuple[LogLine, ...]


async def read(request: Request) -> Response:
    """GET /staff/log."""
    connection = live_of(request).database
    stands: Standing = await standing(connection)
    lines = tuple(_line(row) for row in await newest(connection, MOST))
    view = LogPage(
        title="Log", path=PATH, me=me_of(request), lines=lines,
        rows=stands.rows, broken=stands.broken, guarded=stands.guarded, last=stands.last[:12],
    )  # fmt: skip
    return show(request, "log", view)


def _line(row: AuditRow) -> LogLine:
    who = f"{row.team}, account {row.account}" if row.account else row.team
    detail = ", ".join(f"{name} {value}" for name, value in json.loads(row.detail).items())
    return LogLine(row.id, said_moment(row.at), who, row.act, row.about, detail)


ROUTES = (Route(PATH, read),)
