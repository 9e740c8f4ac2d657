"""What `local-offer doctor` says of the geocoder."""

from pathlib import Path
from typing import Any

import pytest

from offer.doctor import examine
from offer.settings import Settings
from tests.geocoders import loopback, nominatim


async def line_about_it(data_dir: Path, **settings: Any) -> str:
    lines, _ = await examine(Settings(data_dir=data_dir, **settings))
    (line,) = [line for line in lines if "GEOCODER" in line or "nominatim" in line]
    return line


async def test_off(tmp_path: Path) -> None:
    assert await line_about_it(tmp_path) == "ok       places are read offline (GEOCODER is off)"


async def test_on_and_there_without_asking_it_anything(tmp_path: Path) -> None:
    async with loopback(nominatim()) as server:
        url = f"http://{server.host}"
        line = await line_about_it(
            tmp_path, geocoder="nominatim", geocoder_url=url, geocoder_contact="a@example.org"
        )
        assert line.startswith("ok       nominatim at 127.0.0.1 can be reached, as care-leaver-local-offer/")
        assert server.heard == []
    gone = await line_about_it(
        tmp_path, geocoder="nominatim", geocoder_url=url, geocoder_contact="a@example.org"
    )
    assert gone.startswith("away     nominatim at 127.0.0.1")


@pytest.mark.parametrize("contact", [None, "nobody"])
async def test_on_and_nobody_to_reach(tmp_path: Path, contact: str | None) -> None:
    line = await line_about_it(tmp_path, geocoder="nominatim", geocoder_contact=contact)
    assert line.startswith("missing  GEOCODER_CONTACT is needed")
