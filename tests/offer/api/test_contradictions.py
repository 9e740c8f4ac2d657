"""Two answers that cannot both be true are refused, naming both; on the page they are asked about again."""

from typing import Any

import httpx2
import pytest

BORN_2007 = {"date_of_birth": "2007-03-10"}  # 19 on most days of 2026
PAIRS: list[dict[str, Any]] = [
    {"age_years": 17, "care_status": "former_relevant"},
    {"age_years": 30, **BORN_2007},
    {"age_years": 16, "age_months": 300},
    {"age_years": 19, "currently_looked_after": True},
    {"age_years": 17, "care_when": "left_at_18"},
    {"currently_looked_after": True, "care_status": "none"},
    {"counted_care_days_since_14": 10, "care_13_weeks": True},
    {"lives_in": "E06000047", "residence_nation": "wales"},
    {"responsible_authority": "E06000047", "responsible_authority_nation": "scotland"},
    {**BORN_2007, "care": [{"start": "2005-01-01", "end": "2020-01-01", "kind": "full"}]},
]


@pytest.mark.parametrize("facts", PAIRS, ids=" and ".join)
async def test_the_api_refuses_them_and_names_both(api: httpx2.AsyncClient, facts: dict[str, Any]) -> None:
    reply = await api.post("/api/v1/check", json={"on": "2026-11-22", "facts": facts})
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    for name in facts:
        assert f"({name})" in reply.text


@pytest.mark.parametrize("facts", PAIRS, ids=" and ".join)
async def test_either_answer_alone_is_taken(api: httpx2.AsyncClient, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        reply = await api.post("/api/v1/check", json={"on": "2026-11-22", "facts": {name: value}})
        assert reply.status_code == 200, (name, reply.text)
