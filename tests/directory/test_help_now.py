"""Crisis lines: none missing, none invented, the council's own team first, four open."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory.assembled import ServiceView
from directory.help_now import MOST_OPEN, Asker, Banner, HelpNow, tel
from directory.time_marks import state_at
from tests.directory.starter import starter_services

DURHAM, LINCOLNSHIRE, LINCOLN, NORTH_KESTEVEN = "E06000047", "E10000019", "E07000138", "E07000139"
LONDON = ZoneInfo("Europe/London")


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


DAY, NIGHT = london("2026-11-23 11:00"), london("2026-11-22 23:00")  # a Monday and a Sunday


@pytest.fixture(scope="module")
def help_now() -> HelpNow:
    return HelpNow.load()


@pytest.fixture(scope="module")
def services() -> Mapping[str, ServiceView]:
    return starter_services()


def in_durham(at: datetime | None = None, age: int | None = None) -> Asker:
    return Asker(age, DURHAM, DURHAM, DURHAM, at)


def slugs(banner: Banner) -> list[str]:
    return [each.slug for each in (*banner.open, *banner.more)]


def test_the_lines_are_those_of_the_facts(help_now: HelpNow, shared: Path) -> None:
    facts = json.loads((shared / "facts" / "help_now.json").read_text(encoding="utf-8"))
    assert {name: need.lines for name, need in help_now.needs.items()} == facts["banner"]
    assert list(help_now.needs) == list(facts["banner"])
    for theirs in facts["lines"]:
        ours = help_now._lines[theirs["slug"]]
        assert ours.show == theirs["show"], ours.slug
        if ours.show == "yes":
            assert ours.phone == theirs["phone"], ours.slug
            assert (ours.text is None) == (theirs["text"] is None), ours.slug
            assert ours.online == theirs["online"], ours.slug
            assert ours.free == theirs["free"], ours.slug
            assert (ours.hours is None) == (theirs["hours"] is None), ours.slug
            assert ours.service == theirs["services_slug"], ours.slug
    local = {each.service or each.line: (set(each.needs), each) for each in help_now._local}
    assert set(local) == {each["services_slug"] or each["line_slug"] for each in facts["local"]}
    for each in facts["local"]:
        assert local[each["services_slug"] or each["line_slug"]][0] == set(each["for"])


def test_numbers_agree_with_the_directory(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    for line in help_now._lines.values():
        if line.service:
            assert line.phone in [phone.number for phone in services[line.service].phones], line.slug
    for team in help_now._local:
        assert team.line or services[team.service or ""].phones


def test_only_lines_that_may_be_shown(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    hidden = {slug for slug, line in help_now._lines.items() if line.show != "yes"}
    assert hidden == {"the-mix", "streetlink", "citizens-advice", "turn2us"}
    for _, lines in help_now.page(services, Asker()):
        assert not hidden & {line.slug for line in lines}


@pytest.mark.parametrize(
    "need", ["nowhere-tonight", "no-food-or-heat", "exploited-or-missing", "being-hurt-or-controlled"]
)
@pytest.mark.parametrize("at", [DAY, NIGHT, None])
def test_the_councils_own_team_comes_first(
    help_now: HelpNow, services: Mapping[str, ServiceView], need: str, at: datetime | None
) -> None:
    shown = [
        each for each in slugs(help_now.banner([need], services, in_durham(at))) if each != "emergency-999"
    ]
    expected = "durham-emergency-duty-team" if at == NIGHT else "durham-care-leavers-service"
    assert shown[0] == expected
    assert {"durham-emergency-duty-team", "durham-care-leavers-service"} <= set(shown)


def test_999_once_and_first(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    banner = help_now.banner(list(reversed(list(help_now.needs))), services, in_durham())
    assert slugs(banner)[0] == "emergency-999"
    assert slugs(banner).count("emergency-999") == 1
    assert banner.needs == tuple(help_now.needs)
    assert len(banner.open) == MOST_OPEN
    assert "emergency-999" not in slugs(help_now.banner(["nowhere-tonight"], services, in_durham()))


def test_each_number_once(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    banner = help_now.banner(help_now.needs, services, in_durham())
    numbers = [phone.number for each in (*banner.open, *banner.more) for phone in each.phones]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("age", "childline", "papyrus", "safecall", "centrepoint"),
    [
        (15, True, True, True, False),
        (18, True, True, True, True),
        (19, False, True, True, True),
        (25, False, True, True, True),
        (26, False, True, False, False),
        (35, False, False, False, False),
        (None, True, True, True, True),
    ],
)
def test_lines_for_an_age(
    help_now: HelpNow, services: Mapping[str, ServiceView], age: int | None, childline: bool, papyrus: bool,
    safecall: bool, centrepoint: bool,
) -> None:  # fmt: skip
    shown = slugs(help_now.banner(["harm-to-self", "nowhere-tonight"], services, Asker(age=age)))
    names = ("childline", "papyrus-hopeline247", "safecall", "centrepoint-helpline")
    assert tuple(name in shown for name in names) == (childline, papyrus, safecall, centrepoint)


def test_an_unknown_age_sees_the_age_beside(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    lines = {each.slug: each for each in help_now.banner(["harm-to-self"], services, Asker()).more}
    assert lines["childline"].age_note == "Under 19"


def test_two_councils_one_person(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    """Looked after by Durham, living in Lincoln: Durham's team by day, Lincolnshire's at night."""
    asker = Asker(19, DURHAM, LINCOLN, LINCOLNSHIRE, NIGHT)
    assert slugs(help_now.banner(["nowhere-tonight"], services, asker))[0] == "lincolnshire-edt"
    by_day = Asker(19, DURHAM, LINCOLN, LINCOLNSHIRE, DAY)
    assert slugs(help_now.banner(["nowhere-tonight"], services, by_day))[0] == "durham-care-leavers-service"


def test_a_districts_own_service(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    there = Asker(19, LINCOLNSHIRE, NORTH_KESTEVEN, LINCOLNSHIRE)
    elsewhere = Asker(19, LINCOLNSHIRE, LINCOLN, LINCOLNSHIRE)
    assert "housing-north-kesteven" in slugs(help_now.banner(["nowhere-tonight"], services, there))
    assert "housing-north-kesteven" not in slugs(help_now.banner(["nowhere-tonight"], services, elsewhere))


def test_no_team_is_invented(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    kent = Asker(19, "E10000016", "E07000106", "E10000016")
    for banner in (
        help_now.banner(help_now.needs, services, kent),
        help_now.banner(help_now.needs, {}, Asker(19, LINCOLNSHIRE, LINCOLN, LINCOLNSHIRE)),
        help_now.banner(help_now.needs, services, Asker()),
    ):
        assert not any(each.local for each in (*banner.open, *banner.more))


def test_no_need_no_banner(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    assert help_now.banner([], services, Asker()) == Banner((), (), ())
    assert help_now.banner(["no-such-need"], services, Asker()) == Banner((), (), ())


def test_links_work_without_script(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    assert tel("0808 2000 247") == "tel:08082000247"
    shout = next(e for e in help_now.banner(["harm-to-self"], services, Asker()).open if e.slug == "shout")
    assert shout.message == "sms:85258"
    assert shout.phones == ()


def test_the_page_holds_more_than_the_banner(help_now: HelpNow, services: Mapping[str, ServiceView]) -> None:
    page = {need.title: {line.slug for line in lines} for need, lines in help_now.page(services, Asker())}
    everything = set().union(*page.values())
    assert {"crimestoppers", "childrens-commissioner-help-at-hand"} <= everything
    assert "crimestoppers" not in slugs(help_now.banner(help_now.needs, services, Asker()))
    shown = {slug for slug, line in help_now._lines.items() if line.show == "yes"}
    assert shown - everything <= {"durham-emergency-duty-team", "missing-people"}  # local; SafeCall's number


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (london("2026-11-23 08:44"), False),
        (london("2026-11-23 08:45"), True),
        (london("2026-11-26 16:59"), True),
        (london("2026-11-26 17:00"), False),
        (london("2026-11-27 16:45"), False),  # a Friday
        (london("2026-11-28 12:00"), False),  # a Saturday
        (london("2026-12-28 12:00"), False),  # a bank holiday
    ],
)
def test_office_hours(help_now: HelpNow, at: datetime, is_open: bool) -> None:
    office = next(team.office for team in help_now._local if team.service == "lincolnshire-edt")
    assert (state_at(office, (), at) == "open") is is_open
