"""What browsers and other programs send beside a form: headers, cookies, codes and addresses."""

from offer.api.check import wants_calendar
from offer.languages.address import in_language, is_translated, parted
from offer.languages.known import BY_CODE
from offer.published import Published
from offer.visits.codes import LENGTH, SIGNS, read_code, said
from offer.visits.cookies import Member, Waiting, member_cookie, read_member, read_waiting, waiting_cookie
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target

_SIGNING = "a signing key of one visit"
_MEMBER = Member("anna", "adviser", b"k" * 32)
_WAITING = Waiting("ben", b"p" * 32)


def make(published: Published) -> Feed:
    def feed(data: bytes) -> None:
        choices = Choices(data)
        match choices.number(4):
            case 0:
                assert wants_calendar(choices.rest().decode("latin-1")) in (True, False)
            case 1:
                _cookies(choices)
            case 2:
                _code(choices.rest().decode("utf-8", "replace"))
            case _:
                _address(choices.rest().decode("utf-8", "replace"))

    return feed


def _cookies(choices: Choices) -> None:
    """A cookie is the one that was given, or none at all."""
    for cookie, read, owner in (
        (member_cookie(_MEMBER, _SIGNING), read_member, _MEMBER),
        (waiting_cookie(_WAITING, _SIGNING), read_waiting, _WAITING),
    ):
        at, size = choices.number(len(cookie) + 1), choices.number(8)
        changed = cookie[:at] + choices.take(size).decode("latin-1") + cookie[at + choices.number(8) :]
        found = read(changed, _SIGNING)
        assert found is None or found == owner
        assert read(choices.text(), _SIGNING) is None
        assert read(cookie, "another key") is None


def _code(text: str) -> None:
    code = read_code(text)
    assert code is None or (len(code) == LENGTH and set(code) <= set(SIGNS) and read_code(said(code)) == code)


def _address(text: str) -> None:
    """An address in another language stays an address of ours."""
    path = f"/{text}"
    language, rest = parted(path)
    assert BY_CODE[language.code] is language and rest.startswith("/")
    for each in BY_CODE.values():
        found = in_language(path, each)
        assert found == path or not found.startswith(("//", "/\\")), "never another host's"
        if found != path and "?" not in path and "#" not in path:
            assert is_translated(path) and parted(found) == (each, path)


TARGET = Target(
    "headers", "Headers, cookies, visit codes and addresses", make,
    ("text/calendar", "application/json", "*/*", ";q=", "0.5", "1.0", ",", "/ar/", "/pl", "?", "#",
    "C4H K9T", "%2f"),
)  # fmt: skip
