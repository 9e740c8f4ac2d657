"""The day on which councils merge takes effect by itself: nobody publishes, nothing is started again."""

import asyncio
import shutil
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import offer.app
from directory.places import Areas, Places
from directory.places.changes import Change
from offer import new_councils, taking_up
from offer.app import create_app
from offer.new_councils import new_councils_followed
from offer.published import COUNCIL_TAX, Published
from offer.settings import Settings

EVE, DAY = date(2027, 3, 31), date(2027, 4, 1)
LINCOLN, LINCOLNSHIRE, NEWLAND = "E07000138", "E10000019", "E06000901"
PATIENCE = 300  # seconds


def with_newland(areas: Areas) -> Areas:
    """Lincoln becomes Newland, a council of its own, on 1 April 2027."""
    rows, retired = areas._districts.values(), areas._retired.values()
    return Areas(rows, retired, areas._outside, areas._aliases, [Change(LINCOLN, DAY, "Newland", NEWLAND)])


def test_the_days_between_which_councils_differ() -> None:
    areas = with_newland(Areas.load())
    assert DAY in areas.days
    assert areas.are_others(DAY, EVE) and areas.are_others(EVE, DAY), "a clock may be put back too"
    assert not areas.are_others(DAY, DAY) and not areas.are_others(date(2027, 5, 1), DAY)


async def test_a_running_process_takes_the_day_up_without_a_publication(
    tmp_path: Path, places_file: Path, starter_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "places.bin").symlink_to(places_file)
    shutil.copy(starter_file, tmp_path)
    areas, clock = with_newland(Areas.load()), [EVE]
    opened = Places.open(places_file, areas)
    monkeypatch.setattr(offer.app, "Places", SimpleNamespace(open=lambda path: opened))
    for module in (taking_up, new_councils):
        monkeypatch.setattr(module, "today", lambda: clock[0])
    monkeypatch.setattr(offer.app, "new_councils_followed", partial(new_councils_followed, every=0.05))
    app = create_app(Settings(data_dir=tmp_path))
    async with app.router.lifespan_context(app):
        before = app.state.live.published
        assert authority_of_lincoln(before) == LINCOLNSHIRE
        clock[0] = DAY
        async with asyncio.timeout(PATIENCE):
            while app.state.live.published is before:  # noqa: ASYNC110 - what goes on beside it
                await asyncio.sleep(0.05)
        after = app.state.live.published
        assert (after.made_for, after.version) == (DAY, before.version)
        assert authority_of_lincoln(after) == NEWLAND
        assert after.entries == before.entries
        await asyncio.sleep(0.3)
        assert app.state.live.published is after, "once"


def authority_of_lincoln(edition: Published) -> str:
    """The council that the edition's own rule of Lincoln's council tax belongs to."""
    assert COUNCIL_TAX in edition.entries
    return next(row.authority for row in edition.council_tax if row.district == LINCOLN)
