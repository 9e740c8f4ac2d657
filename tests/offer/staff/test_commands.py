"""`local-offer staff` and what doctor says of the audit log."""

from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from offer.db.connections import orm
from offer.doctor import examine
from offer.errors import PlainError
from offer.settings import Settings
from offer.staff import commands
from offer.staff.audit import newest


async def test_the_first_admin_by_command_line(running: Starlette, stranger: httpx2.AsyncClient) -> None:
    settings: Settings = running.state.settings
    said = await commands.add(settings, " First@Council.example ", "admin", "england", "", "Service team")
    assert said[0].startswith("Send this address to first@council.example.")
    path = said[1].removeprefix("http://127.0.0.1:8000")
    assert "Hello first." in (await stranger.get(path)).text
    assert any("admin of england" in line for line in await commands.everybody(settings))
    again = await commands.reset(settings, "first@council.example")
    assert (await stranger.get(path)).status_code == 404, "the new one ends the old one"
    assert (await stranger.get(again[1].removeprefix("http://127.0.0.1:8000"))).status_code == 200
    await commands.change_role(settings, "first@council.example", "none", "england")
    assert any(line.endswith("no role") for line in await commands.everybody(settings))
    row = (await newest(running.state.live.database, 1))[0]
    assert (row.account, row.team, row.act) == (None, "command line", "changed role")


@pytest.mark.parametrize(
    ("email", "role", "scope", "words"),
    [
        ("sam", "admin", "england", "not an email address"),
        ("sam@council.example", "king", "england", "viewer, editor, approver, admin"),
        ("sam@council.example", "admin", "Lincolnshire", "not the code of a council"),
        ("sam@council.example", "admin", "E07000139", "not the code of a council"),
    ],
)
async def test_what_makes_no_sense_is_one_plain_line(
    running: Starlette, email: str, role: str, scope: str, words: str
) -> None:
    with pytest.raises(PlainError, match=words):
        await commands.add(running.state.settings, email, role, scope, "", "Team")


async def test_an_address_has_one_account(running: Starlette) -> None:
    settings: Settings = running.state.settings
    await commands.add(settings, "twice@council.example", "viewer", "england", "", "Team")
    with pytest.raises(PlainError, match="has an account already"):
        await commands.add(settings, "Twice@council.example", "viewer", "england", "", "Team")
    with pytest.raises(PlainError, match="has no account"):
        await commands.reset(settings, "never@council.example")


async def test_doctor_names_the_broken_row_and_the_missing_guard(running: Starlette, data_dir: Path) -> None:
    settings: Settings = running.state.settings
    await commands.add(settings, "doctor@council.example", "viewer", "england", "", "Team")

    async def said() -> str:
        return next(line for line in (await examine(settings))[0] if "audit log" in line)

    assert (await said()).startswith("ok ")
    async with orm(settings.database) as connection:
        await connection.execute_query("DROP TRIGGER audit_log_no_update")
    assert "local-offer staff guard" in await said()
    async with orm(settings.database) as connection:
        await connection.execute_query("UPDATE audit_log SET team = 'x' WHERE id = 1")
    await commands.mend_guard(settings)
    assert (await said()).startswith("broken   row 1 of the audit log")
