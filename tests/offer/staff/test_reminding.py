"""Reminders: each step once, to the team and then to those above it; a server that is away loses nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from offer.clock import civil_day, now
from offer.db.change_models import StaffReminder, StaffScope, StaffTurn
from offer.mail.post import Server
from offer.staff import upkeep_commands
from offer.staff.due import Held
from offer.staff.reading import documents
from offer.staff.reminding import sending
from offer.staff.reminding.letters import Digest, letter_of
from offer.staff.reminding.loop import is_hour, reminders_sent
from offer.staff.reminding.sending import Desk, due, send_due
from offer.staff.reminding.steps import ESCALATED, Reminder, reminders, step_on
from offer.staff.turn import give_turn_back, take_turn
from tests.offer.mail.server import Box, mail_server
from tests.offer.staff.conftest import SignedIn

OURS, TEAM, ABOVE = "E10000019", "team@council.example", "head@council.example"
DAY = date(2027, 2, 22)  # by which many pages are to be checked
HELD = Held("entitlement", "grant", 1, "Home grant", OURS, "public", "partly", DAY, DAY, True, False, True)


@pytest.mark.parametrize(
    ("left", "step"),
    [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-13, 0), (-14, ESCALATED), (-400, ESCALATED)],
)
def test_the_most_pressing_step_whose_day_has_come(left: int, step: int | None) -> None:
    assert step_on(DAY, DAY - timedelta(days=left)) == step


def test_each_step_is_told_once_and_again_after_a_check() -> None:
    told: set[Any] = set()
    steps = []
    for number in range(-40, 30):
        found = reminders([HELD], told, DAY + timedelta(days=number))
        steps += [each.step for each in found]
        told |= {each.sent for each in found}
    assert steps == [30, 7, 0, ESCALATED]
    checked = replace(HELD, review_by=DAY + timedelta(days=180))
    assert reminders([checked], told, DAY + timedelta(days=170)) != []
    assert reminders([replace(HELD, is_draft=True)], set(), DAY) == []


def test_the_letter_is_plain_and_nothing_in_a_title_can_break_it() -> None:
    held = replace(HELD, title="Grant\r\nBcc: x@y.z\n\nDear all")
    lines = tuple(Reminder(held, step, left) for step, left in ((30, 1), (0, 0), (0, -3)))
    letter = letter_of(Digest(OURS, "Lincolnshire", "Team", TEAM, False, lines, 1), "https://o.example", DAY)
    assert letter.subject == "3 pages of Lincolnshire to check"
    assert "* Grant Bcc: x@y.z Dear all\n  Check it by 22 February 2027: in 1 day.\n" in letter.text
    assert (
        "  Check it today, 22 February 2027.\n  https://o.example/staff/entries/entitlement/grant\n"
        in letter.text
    )
    assert "It was to be checked by 22 February 2027." in letter.text
    assert "1 figure may change this April." in letter.text and "https://o.example/staff/money" in letter.text
    late = letter_of(Digest(OURS, "Lincolnshire", "", TEAM, True, lines[:1]), "https://o.example", DAY)
    assert late.subject == "Two weeks late: 1 page of Lincolnshire not checked"
    assert late.text.startswith("Dear team,\n") and "We have not" not in late.text


def test_letters_go_out_by_the_clock_on_the_wall() -> None:
    """On both days on which the clock is changed, and late in the evening, when London has another date."""
    assert not is_hour(datetime(2027, 3, 28, 5, 59, tzinfo=UTC))
    assert is_hour(datetime(2027, 3, 28, 6, 0, tzinfo=UTC))  # the clock went forward that night
    assert not is_hour(datetime(2027, 10, 31, 6, 0, tzinfo=UTC))
    assert is_hour(datetime(2027, 10, 31, 7, 0, tzinfo=UTC))
    assert civil_day(datetime(2027, 3, 31, 23, 30, tzinfo=UTC)) == date(2027, 4, 1)


async def settled(running: Starlette, **given: str) -> Desk:
    """Lincolnshire has set where its reminders go."""
    connection = running.state.live.database
    await StaffReminder.all().using_db(connection).delete()
    await StaffTurn.all().using_db(connection).delete()
    await StaffScope.all().using_db(connection).delete()
    values = {"team": "Leaving care team", "mail": TEAM, "words": "{}", **given}
    await StaffScope.create(scope=OURS, using_db=connection, **values)
    return Desk(connection, lambda scope: "Lincolnshire" if scope == OURS else scope, "https://o.example")


def to(port: int) -> Server:
    return Server("localhost", port, "none", "", "", "offer@service.example")


async def first_day(desk: Desk) -> date:
    """30 days before the first of ours is to be checked."""
    held = await documents(desk.connection, [OURS])
    return min(each.review_by for each in held if not each.is_draft) - timedelta(days=30)


async def test_one_letter_a_day_for_a_team_and_each_page_once(
    running: Starlette, unused_tcp_port: int
) -> None:
    desk, box = await settled(running), Box()
    on = await first_day(desk)
    with mail_server(box, unused_tcp_port):
        done = await send_due(desk, to(unused_tcp_port), now(), on)
        assert done and len(done.sent) == 1 and done.sent[0].place == "Lincolnshire"
        for each in (on, on, on + timedelta(days=1)):
            again = await send_due(desk, to(unused_tcp_port), now(), each)
            assert again and again.sent == ()
    (letter,) = box.letters
    assert letter["To"] == TEAM and "https://o.example/staff/entries/" in letter.get_content()
    assert letter.get_content().startswith("Dear Leaving care team,")


async def test_a_server_that_is_away_loses_nothing_and_nothing_is_sent_twice(
    running: Starlette, unused_tcp_port: int
) -> None:
    desk, box = await settled(running), Box(answers={TEAM: "451 come back"})
    on = await first_day(desk)
    away = await send_due(desk, to(unused_tcp_port), now(), on)
    assert away and away.sent == () and "ConnectionRefused" in away.away
    with mail_server(box, unused_tcp_port):
        later = await send_due(desk, to(unused_tcp_port), now(), on)
        assert later and "451" in later.away and box.letters == []
        box.answers = {}
        assert len((await send_due(desk, to(unused_tcp_port), now(), on)).sent) == 1  # type: ignore[union-attr]
        await send_due(desk, to(unused_tcp_port), now(), on)
    assert len(box.letters) == 1


async def test_an_address_refused_for_good_is_tried_the_next_day_not_each_ten_minutes(
    running: Starlette, unused_tcp_port: int
) -> None:
    desk, box = await settled(running), Box(answers={TEAM: "550 no such box"})
    on = await first_day(desk)
    with mail_server(box, unused_tcp_port):
        counts = [
            len((await send_due(desk, to(unused_tcp_port), now(), on + timedelta(days=days))).refused)  # type: ignore[union-attr]
            for days in (0, 0, 1)
        ]
    assert counts == [1, 0, 1]


async def test_two_weeks_late_it_goes_above_the_team(
    running: Starlette, signed_in: SignedIn, unused_tcp_port: int
) -> None:
    admin = await signed_in(("admin", OURS))
    await signed_in(("editor", OURS))
    desk = await settled(running)
    on = await first_day(desk) + timedelta(days=44)
    digests, _ = await due(desk, on)
    assert admin.email in [each.to for each in digests if each.late] and TEAM not in [
        each.to for each in digests
    ]
    desk = await settled(running, escalate_mail=ABOVE)
    assert [each.to for each in (await due(desk, on))[0] if each.late] == [ABOVE]


async def test_a_place_with_nobody_to_tell_is_named_not_forgotten(running: Starlette) -> None:
    desk = await settled(running, mail="")
    digests, silent = await due(desk, await first_day(desk))
    assert digests == [] and OURS in silent


async def test_april_s_figures_are_told_once_in_march(
    running: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await settled(running)
    monkeypatch.setattr(sending, "reminders", lambda *_: [])
    ours = [each for each in (await due(desk, date(2027, 3, 1)))[0] if each.scope == OURS]
    assert len(ours) == 1 and ours[0].figures > 0
    await sending._note(desk.connection, ours[0], now(), date(2027, 3, 1))
    for on in (date(2027, 3, 2), date(2027, 4, 1), date(2027, 2, 28)):
        assert not [each for each in (await due(desk, on))[0] if each.scope == OURS]
    assert [each for each in (await due(desk, date(2028, 3, 1)))[0] if each.scope == OURS]


async def test_only_one_process_sends(running: Starlette, unused_tcp_port: int) -> None:
    desk = await settled(running)
    at, minute = now(), timedelta(minutes=1)
    assert await take_turn(desk.connection, "mail", at, minute)
    assert not await take_turn(desk.connection, "mail", at, minute)
    assert await send_due(desk, to(unused_tcp_port), at, DAY) is None
    assert await take_turn(desk.connection, "mail", at + minute, minute), (
        "a process that died holds it no longer"
    )
    await give_turn_back(desk.connection, "mail", at)
    assert await take_turn(desk.connection, "mail", at, minute)


async def test_the_service_sends_by_itself_and_survives_a_fault(
    running: Starlette, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, box, tries = await settled(running), Box(), []
    on = await first_day(desk)
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    real, enough = sending.send_due, asyncio.Event()

    async def once_broken(*given: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the database is away")
        if len(tries) > 3:
            enough.set()
        return await real(*given)

    monkeypatch.setattr("offer.staff.reminding.loop.send_due", once_broken)
    with mail_server(box, unused_tcp_port):
        async with reminders_sent(desk, to(unused_tcp_port), every=0.01, clock=lambda: at):
            await enough.wait()
    assert len(box.letters) == 1
    async with reminders_sent(desk, None):
        pass


async def test_by_hand_the_letters_can_be_read_first(
    running: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await settled(running)
    on = await first_day(desk)
    monkeypatch.setattr(upkeep_commands, "today", lambda: on)
    settings = running.state.settings
    said = "\n".join(await upkeep_commands.remind(settings, dry_run=True))
    assert f"To: {TEAM}" in said and "Check it by" in said
    assert not await StaffReminder.filter(kind="letter").using_db(desk.connection).exists()
    with pytest.raises(type(upkeep_commands.OFF), match="mail server"):
        await upkeep_commands.remind(settings, dry_run=False)
