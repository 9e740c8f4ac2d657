"""Where the public finds us: the setting, else the address asked, never what is not an address."""

import pytest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request

from offer.addresses import base_of
from offer.errors import Problem
from offer.settings import Settings


def asked(host: str, **given: object) -> Request:
    app = Starlette()
    app.state.settings = Settings.model_validate({"public_url": None, "https": False} | given)
    headers = [(b"host", host.encode())]
    return Request({"type": "http", "scheme": "http", "path": "/", "headers": headers, "app": app})


def test_the_setting_wins_over_the_address_asked() -> None:
    assert base_of(asked("10.0.0.1:80", public_url="https://offers.example")) == "https://offers.example"


@pytest.mark.parametrize("host", ["offers.example", "127.0.0.1:8000", "[::1]:8000", "local_offer:8000"])
def test_the_address_asked(host: str) -> None:
    assert base_of(asked(host)) == f"http://{host}"
    assert base_of(asked(host, https=True)) == f"https://{host}"


@pytest.mark.parametrize("host", ['evil"><script>', "a b", "user@evil", "evil:port"])
def test_an_odd_host_is_refused(host: str) -> None:
    with pytest.raises(Problem) as refused:
        base_of(asked(host))
    assert refused.value.status == 400


@pytest.mark.parametrize("text", ["offers.example", "https://offers.example/", "https://a/b", "ftp://a", ""])
def test_the_setting_is_a_bare_address(text: str) -> None:
    with pytest.raises(ValidationError):
        Settings(public_url=text)
