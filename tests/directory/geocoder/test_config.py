"""Settings of the geocoder: who we are is not optional."""

import pytest

from directory.geocoder import Misconfigured, config_of


def test_the_public_servers_are_known_and_we_say_who_we_are() -> None:
    config = config_of("nominatim", None, "people@example.org", "1.2")
    assert (config.scheme, config.domain, config.port) == ("https", "nominatim.openstreetmap.org", 443)
    assert config.user_agent == "care-leaver-local-offer/1.2 (people@example.org)"
    assert config_of("photon", None, "https://example.org/us", "1").host == "photon.komoot.io"


@pytest.mark.parametrize(
    "contact", [None, "", "  ", "us", "http://example.org", "a@b", "a@b.c (x)", "a@b.c\r\nX: y"]
)
def test_without_a_contact_it_does_not_start(contact: str | None) -> None:
    with pytest.raises(Misconfigured, match="GEOCODER_CONTACT"):
        config_of("nominatim", None, contact, "1")


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://maps.example.org/nominatim/", "maps.example.org/nominatim"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://10.1.2.3", "10.1.2.3"),
        ("http://geocoder:8080", "geocoder:8080"),
    ],
)
def test_a_server_of_ones_own(address: str, domain: str) -> None:
    assert config_of("nominatim", address, "people@example.org", "1").domain == domain


@pytest.mark.parametrize(
    "address", ["maps.example.org", "ftp://maps.example.org", "https://", "https://a:b@maps.example.org",
                "https://maps.example.org?q=", "https://maps.example.org:port", "http://maps.example.org"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_or_is_open_to_all_ears(address: str) -> None:
    with pytest.raises(Misconfigured, match="GEOCODER_URL"):
        config_of("nominatim", address, "people@example.org", "1")


def test_another_provider_is_none_of_ours() -> None:
    with pytest.raises(Misconfigured, match="nominatim or photon"):
        config_of("google", None, "people@example.org", "1")
