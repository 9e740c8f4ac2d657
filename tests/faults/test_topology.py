"""The whole of offer/deploy at once: three processes, Caddy, PostgreSQL with a standby; parts of it die."""

import asyncio
import json
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench.serving import free_port
from tests.faults.machine import slow
from tests.faults.old_code import Code
from tests.faults.postgres_pair import address_of, postgres_pair
from tests.faults.topology import FORM, ROOT, Instance, a_crowd, behind_caddy, get, three_processes, until
from tests.strength import survived, tries
from tests.visiting import together

HOW = "make strength ARGS='-k topology'"
ENTRY = "bus-travel"


@slow
def test_parts_of_the_topology_die_and_it_goes_on(tmp_path: Path, places_file: Path) -> None:
    shutil.copy(places_file, tmp_path / "places.bin")
    with ExitStack() as stack:
        primary, standby = stack.enter_context(postgres_pair())
        database, port = address_of(primary, standby), free_port()
        settings = {
            "DATABASE_URL": database, "HTTPS": "true", "PUBLIC_URL": f"https://localhost:{port}",
            "RATE_LIMITS": "false",  # all of the crowd is on one machine
        }  # fmt: skip
        three = stack.enter_context(three_processes(tmp_path, settings))
        site = stack.enter_context(behind_caddy(three, tmp_path, port))
        code = Code(ROOT, tmp_path, database)
        everything_answers(site)
        asyncio.run(a_visit_goes_on(site))
        published_and_followed(code, three, "Said by the primary.")
        restarted_one_after_the_other(site, three)
        killed(site, three[1])
        taken_over(site, three, primary, standby)
        published_and_followed(code, three, "Said by the standby.")
        asyncio.run(a_visit_goes_on(site))


def everything_answers(site: str) -> None:
    """Pages and calls do; what is for those inside does not."""
    assert get(f"{site}/entitlements/{ENTRY}").status == 200
    body = json.dumps({"facts": {"age_years": 19, "lives_in": "E07000139"}}).encode()
    checked = get(f"{site}/api/v1/check", body, {"Content-Type": "application/json"})
    assert checked.status == 200 and json.loads(checked.text)["outcomes"], checked.text[:300]
    assert "Sleaford" in get(f"{site}/results", b"age_years=19&place=Sleaford", FORM).text
    assert [get(f"{site}/{name}").status for name in ("readyz", "metrics", "healthz")] == [404] * 3


async def a_visit_goes_on(site: str) -> None:
    """Two phones through the proxy, each with a stream; every answer is heard by the other at once."""
    rounds = tries(2, 20)
    async with asyncio.timeout(300):
        adviser, young = await together(site, age_years="19")
        async with adviser.listening() as heard:
            for number in range(rounds):
                town = ("Boston", "Sleaford")[number % 2]
                assert (await young.post("answer", place=town)).status == 303
                while town not in (await anext(heard)).room:
                    pass
        assert (await adviser.post("wipe")).status == 200
    survived("fault", "visits through the proxy: an answer is heard at once", rounds, rounds, HOW)


def published_and_followed(code: Code, three: list[Instance], words: str) -> None:
    """Staff publish; all three show it."""
    code.change(ENTRY, words)
    for each in three:
        until(lambda: words in get(f"{each.address}/entitlements/{ENTRY}").text)  # noqa: B023 - asked now


def restarted_one_after_the_other(site: str, three: list[Instance]) -> None:
    """As running.md says, under the eyes of a crowd: nobody notices."""
    rounds = tries(1, 3)
    with a_crowd(site) as crowd:
        for _ in range(rounds):
            for each in three:
                each.stop()
                each.start()
                until(lambda: each.is_ready)  # noqa: B023 - asked now
    assert crowd.failed == [], crowd.failed[:20]
    assert crowd.asked > 100
    survived("fault", "rolling restart behind Caddy: requests meanwhile", crowd.asked, crowd.asked, HOW)


def killed(site: str, instance: Instance) -> None:
    """What is read is asked again by the proxy; only a form on its way to that very process may be lost."""
    kills, asked, lost = tries(1, 5), 0, 0
    for _ in range(kills):
        with a_crowd(site) as crowd:
            until(lambda: crowd.asked > 30)
            instance.kill()
            instance.start_again()
            until(lambda: instance.is_ready)
        assert [each for each in crowd.failed if each.startswith("GET")] == []
        assert len(crowd.failed) <= 2, crowd.failed
        asked, lost = asked + crowd.asked, lost + len(crowd.failed)
    survived("fault", "kill -9 of one process behind Caddy: requests meanwhile", asked, asked - lost, HOW)


def taken_over(site: str, three: list[Instance], primary: Any, standby: Any) -> None:
    """The primary dies, and some seconds later its standby is promoted: reading goes on all the while."""
    with a_crowd(site) as crowd:
        primary.stop()
        until(lambda: not any(reaches(each) for each in three))
        standby.take_over()
        until(lambda: all(reaches(each) for each in three))
    assert crowd.failed == []
    what = "the primary dies and its standby takes over: requests meanwhile"
    survived("fault", what, crowd.asked, crowd.asked, HOW)


def reaches(instance: Instance) -> bool:
    """Whether the process has a database; it stays ready without."""
    said = get(f"{instance.address}/readyz")
    assert said.status == 200
    return bool(json.loads(said.text)["database"]["reachable"])
