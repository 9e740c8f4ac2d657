"""The files to download: sheets of a place as a workbook or as CSV, and its documents as YAML."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import today
from offer.eligibility.wording import said_day
from offer.live import live_of
from offer.pages.staff.exchange import PATH, names_of
from offer.pages.staff.rule_words import rule_words_of
from offer.pages.staff.view import place_name
from offer.sheets.codecs import Names
from offer.sheets.columns import SHEETS, Sheet
from offer.sheets.documents import Held, RuleWords, row_of
from offer.sheets.out import Filled, csv_of, workbook_of
from offer.sheets.parameters import PARAMETERS, Row, cells_of, chosen, next_april
from offer.sheets.yaml_files import zip_of
from offer.staff.exchange import held_of, shared_with
from offer.staff.roles import authorities_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET_OF: Mapping[str, Sheet] = MappingProxyType({each.name.lower(): each for each in SHEETS})


async def download(request: Request) -> Response:
    """GET /staff/exchange/{place}/files/{name}: `entries.xlsx`, `april.csv`, `yaml.zip` …"""
    place, (stem, _, ending) = request.path_params["place"], request.path_params["name"].partition(".")
    connection = live_of(request).database
    held = list((await held_of(connection, place)).values())
    shared = list((await shared_with(connection, place)).values())
    names, words = names_of(request), rule_words_of(live_of(request).published)
    if (stem, ending) == ("yaml", "zip"):
        return _file(await asyncio.to_thread(zip_of, held), f"{place}-yaml.zip", "application/zip")
    make = _sheets(request, stem, held, shared, names, words)
    if make is None or ending not in ("xlsx", "csv") or (stem == "everything" and ending == "csv"):
        raise HTTPException(404)
    about = _read_me(place_name(request, place), today(), is_april=stem == "april")
    return await asyncio.to_thread(_made, make, ending, f"{place}-{stem}.{ending}", about)


def _sheets(
    request: Request, stem: str, held: list[Held], shared: list[Held], names: Names, words: RuleWords
) -> Callable[[], list[Filled]] | None:
    """What makes the sheets of a name; None for a name that is none."""
    areas = _areas(request)
    if stem in _SHEET_OF:
        return lambda: [_filled(_SHEET_OF[stem], held, names, words)]
    if stem == "everything":
        return lambda: [
            *(_filled(sheet, held, names, words) for sheet in SHEETS),
            Filled(PARAMETERS, [cells_of(row, names, None) for row in chosen(held, None)]),
        ]
    if stem in ("amounts-and-terms", "april"):
        day = next_april(today()) if stem == "april" else None
        own = [*chosen(held, areas), *chosen(shared, authorities_of(request.path_params["place"]))]
        return lambda: [_parameters(own, names, day)]
    return None


def _areas(request: Request) -> frozenset[str] | None:
    """The districts of the council that `of` names, and the council itself; None for all places."""
    council, places = request.query_params.get("of", ""), live_of(request).published.places
    if not council:
        return None
    districts = {each.gss for each in places.districts_of(council, today())}
    return frozenset(districts | {council})


def _filled(sheet: Sheet, held: list[Held], names: Names, words: RuleWords) -> Filled:
    return Filled(sheet, [row_of(each, sheet, names, words) for each in held if each.kind == sheet.kind])


def _parameters(rows: Iterable[Row], names: Names, new_from: date | None) -> Filled:
    """The rows, those of one entry together and by the name of the place."""
    listed = sorted(
        rows, key=lambda row: (row.entry.slug, row.what, names.get(row.values.get("area", ""), ""))
    )
    return Filled(PARAMETERS, [cells_of(row, names, new_from) for row in listed])


def _made(make: Callable[[], list[Filled]], ending: str, name: str, about: list[str]) -> Response:
    sheets = make()
    if ending == "csv":
        return _file(csv_of(sheets[0]), name, "text/csv; charset=utf-8")
    return _file(workbook_of(sheets, about), name, XLSX)


def _file(body: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, headers=headers, media_type=media_type)


def _read_me(place: str, on: date, *, is_april: bool) -> list[str]:
    words = [
        f"Sheets of {place}, as they stood on {said_day(on)}. They hold drafts: do not publish them.",
        "Change cells, add rows at the end, then send the file back on the same page. You are shown what"
        " would change, row by row, before anything is written. What you leave out stays as it is.",
        "Leave the headings and the hidden columns alone. Grey columns are only for reading.",
        "Alt+Enter makes a new line in a cell. Formulas are not read: paste values.",
    ]
    if is_april:
        day = said_day(next_april(on))
        words.append(
            f"“New from” says {day} in each row that counts then. Write the new figure over the old one:"
            f" the old row then ends on {day} and a new one begins. Rows you do not change stay as they are."
        )
    return words


ROUTES = (Route(f"{PATH}/{{place}}/files/{{name}}", download),)
