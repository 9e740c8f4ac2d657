"""POST /api/v1/check: the shape of the Answer, and what may not be sent."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.offer.api.conftest import ON, Person

Facts = Callable[..., Person]


async def check(api: httpx2.AsyncClient, **body: Any) -> httpx2.Response:
    return await api.post("/api/v1/check", json=body)


def faults(reply: httpx2.Response) -> dict[str, str]:
    assert reply.status_code == 422, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    body = reply.json()
    assert {"type", "title", "status", "detail", "errors"} <= set(body)
    assert body["status"] == 422
    return {fault["pointer"]: fault["detail"] for fault in body["errors"]}


async def test_the_answer_has_the_fields_of_the_contract(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    reply = await check(api, on=ON, facts=from_lincolnshire())
    body = reply.json()
    assert {"on", "catalogue_version", "not_included", "care_status", "outcomes", "next_question"} <= set(
        body
    )
    assert body["on"] == ON
    assert body["catalogue_version"] == 1
    assert set(body["care_status"]) == {"value", "because", "cite", "warnings"}
    for outcome in body["outcomes"]:
        assert set(outcome) == {
            "slug", "part_of", "title", "outcome", "strength", "because", "missing", "asks", "warnings",
            "from", "until", "until_age", "sure_until", "sure_until_age", "ask",
            "standing", "begins", "ends", "worth",
        }  # fmt: skip
        assert outcome["ask"]
        assert outcome["outcome"] == "unknown" or not outcome["missing"]
        for reason in outcome["because"]:
            assert set(reason) == {"id", "text", "holds", "cite"}
    question = body["next_question"]
    assert set(question) == {"fact", "text", "why", "kind", "options", "settles"}
    assert question["settles"] > 0


async def test_explain_false_leaves_out_reasons_asks_and_the_next_question(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    full = (await check(api, on=ON, facts=from_lincolnshire())).json()
    short = (await check(api, on=ON, facts=from_lincolnshire(), explain=False)).json()
    assert "next_question" not in short
    assert all("because" not in each and "asks" not in each for each in short["outcomes"])
    pairs = [(each["slug"], each["outcome"], each["until_age"]) for each in short["outcomes"]]
    assert sorted(pairs) == sorted(
        (each["slug"], each["outcome"], each["until_age"]) for each in full["outcomes"]
    )


async def test_without_a_day_it_is_today_and_without_facts_all_is_open(api: httpx2.AsyncClient) -> None:
    body = (await check(api)).json()
    assert body["care_status"]["value"] is None
    assert body["outcomes"]


async def test_a_postcode_is_resolved_and_never_echoed(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    for postcode in ("NG34 7EF", "ng347ef", "NG34 7E F"):
        reply = await check(api, on=ON, facts=from_lincolnshire(postcode=postcode))
        assert "North Kesteven" in reply.text
        assert "NG34" not in reply.text.upper()
    reply = await check(api, facts={"postcode": "ZZ99 9ZZ"})
    assert "ZZ99" not in reply.text
    assert "/facts/postcode" in faults(reply)


async def test_every_fault_is_named_at_once(api: httpx2.AsyncClient) -> None:
    body = {
        "on": "2026-02-30",
        "colour": "blue",
        "facts": {
            "age_years": "nineteen",
            "shoe_size": 7,
            "savings_gbp": 1.005,
            "care": [{"start": "2020-01-01", "end": "2019-01-01", "kind": "full"}],
            "responsible_authority": "E07000139",
        },
    }
    assert set(faults(await check(api, **body))) == {
        "/on",
        "/colour",
        "/facts/age_years",
        "/facts/shoe_size",
        "/facts/savings_gbp",
        "/facts/care/0/end",
        "/facts/responsible_authority",
    }


@pytest.mark.parametrize(
    ("facts", "pointer", "words"),
    [
        (
            {"age_years": 17, "care_status": "former_relevant"},
            "/facts/care_status",
            ("age_years", "care_status"),
        ),
        (
            {"age_years": 19, "date_of_birth": "2000-01-01"},
            "/facts/age_years",
            ("age_years", "date_of_birth"),
        ),
        ({"date_of_birth": "2030-01-01"}, "/facts/date_of_birth", ("future",)),
        ({"date_of_birth": "2001-02-29"}, "/facts/date_of_birth", ("date",)),
        ({"postcode": "LN1"}, "/facts/postcode", ("Lincoln", "full postcode")),
        ({"postcode": "BFPO 57"}, "/facts/postcode", ("armed forces",)),
        ({"postcode": "not a place"}, "/facts/postcode", ("do not know",)),
        ({"lives_in": "E10000019"}, "/facts/lives_in", ("county", "district")),
        ({"lives_in": "E99999999"}, "/facts/lives_in", ("not a district",)),
        ({"responsible_authority": "E07000138"}, "/facts/responsible_authority", ("Lincolnshire",)),
        (
            {"postcode": "NG34 7EF", "lives_in": "E06000047"},
            "/facts/postcode",
            ("North Kesteven", "lives_in"),
        ),
        ({"savings_gbp": -1}, "/facts/savings_gbp", ("less than 0",)),
        ({"immigration": "yes"}, "/facts/immigration", ("one of",)),
    ],
)
async def test_what_cannot_be_is_refused_in_words_that_name_it(
    api: httpx2.AsyncClient, facts: Person, pointer: str, words: tuple[str, ...]
) -> None:
    found = faults(await check(api, on=ON, facts=facts))
    assert pointer in found
    for word in words:
        assert word in found[pointer]


async def test_a_letter_o_for_a_nought_is_put_right(api: httpx2.AsyncClient) -> None:
    reply = await check(api, on=ON, facts={"postcode": "DH1 5UL".replace("1", "I")})
    assert reply.status_code == 200
    reply = await check(api, on=ON, facts={"age_years": 19, "postcode": "YO1O 3HG"})
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[1,]",
        '{"facts": NaN}',
        '{"facts": {"savings_gbp": Infinity}}',
        "[" * 5000,
        "1" * 5000,
        "\ud800",
    ],
)
async def test_what_is_not_json_is_400_in_plain_words(api: httpx2.AsyncClient, body: str) -> None:
    raw = body.encode("utf-8", "surrogatepass")
    reply = await api.post("/api/v1/check", content=raw, headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", ["null", "[]", '"facts"', "3", '{"facts": []}', '{"facts": null}'])
async def test_json_of_another_shape_is_422(api: httpx2.AsyncClient, body: str) -> None:
    reply = await api.post("/api/v1/check", content=body, headers={"Content-Type": "application/json"})
    assert faults(reply)


async def test_a_name_said_twice_and_half_a_character_are_refused(api: httpx2.AsyncClient) -> None:
    for body in ('{"facts": {"age_years": 17, "age_years": 19}}', '{"facts": {"\\ud800": 1}}'):
        reply = await api.post("/api/v1/check", content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code == 400


async def test_another_content_type_is_415_and_too_long_a_body_413(api: httpx2.AsyncClient) -> None:
    form = await api.post("/api/v1/check", data={"facts": "x"})
    assert form.status_code == 415
    assert form.headers["content-type"] == "application/problem+json"
    big = await check(api, facts={"x": "y" * 70_000})
    assert big.status_code == 413
    assert big.headers["content-type"] == "application/problem+json"


async def test_null_means_unknown(api: httpx2.AsyncClient) -> None:
    with_null = await check(api, on=ON, facts={"age_years": 19, "parent": None, "care": None})
    without = await check(api, on=ON, facts={"age_years": 19})
    assert with_null.json() == without.json()
