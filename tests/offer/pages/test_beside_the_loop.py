"""Pages that take long to make are made beside the event loop, so that nobody else waits for them."""

import threading
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from offer.pages import adviser_columns, council_tax_england, council_tax_map, coverage, suggesting

SLOW = (
    (council_tax_england, "england_view", "/council-tax/map"),
    (council_tax_map, "council_view", "/council-tax/map/E10000016"),
    (suggesting, "_names", "/search/names"),
    (coverage, "coverage_of", "/coverage"),
)


@pytest.mark.parametrize(("module", "name", "address"), SLOW)
async def test_it_is_made_in_another_thread(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, module: object, name: str, address: str
) -> None:
    made_in: list[threading.Thread] = []
    make: Callable[..., Any] = getattr(module, name)

    def noted(*given: Any) -> Any:
        made_in.append(threading.current_thread())
        return make(*given)

    monkeypatch.setattr(module, name, noted)
    assert (await client.get(address)).status_code == 200
    assert made_in and threading.current_thread() not in made_in


@pytest.mark.parametrize("name", ["next_birthday", "worked_out"])
async def test_what_ifs_are_worked_out_in_another_thread(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made_in: list[threading.Thread] = []
    make: Callable[..., Any] = getattr(adviser_columns, name)

    def noted(*given: Any) -> Any:
        made_in.append(threading.current_thread())
        return make(*given)

    monkeypatch.setattr(adviser_columns, name, noted)
    born = {"dob-day": "20", "dob-month": "4", "dob-year": "2007", "if1-course": "in_education:he_ft"}
    assert (await client.post("/adviser", data=born)).status_code == 200
    assert made_in and threading.current_thread() not in made_in
