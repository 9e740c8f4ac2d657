"""What a typed place comes to, and the plain sentences that go with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from directory.phrase import listed, phrase
from directory.places.areas import Area

Kind: TypeAlias = Literal[
    "postcode", "outcode", "sector", "town", "district", "authority", "nation", "forces", "point",
    "place", "none",
]  # fmt: skip
Online: TypeAlias = Literal["found", "nothing", "failed"]
Precision: TypeAlias = Literal["exact", "about", "several", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """One district a place may be in.

    `lat`, `lon`: WGS84 degrees of the postcode, or of the middle of the area or town;
    None for a council's name, a PO box and the islands. `share`: the part, 0 to 1, of the
    area's postcodes in use that lie in this district; None where nothing was counted.
    `place`: the town's name when a town was typed.
    """

    district: Area
    authority: Area
    lat: float | None = None
    lon: float | None = None
    share: float | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """How typed text was read. Only `exact` and `about` settle a district, and then on one match.

    `read_as` is set when letters or figures were put right (say so: "We read that as …").
    `nation`: england, scotland, wales, northern_ireland, jersey, guernsey or isle_of_man; None
    when the place is unknown or lies in two of them. `note`: one plain sentence, or None.
    `online`: how a geocoder on the internet answered, where one was asked: its "found" is a
    suggestion to be confirmed, and its "failed" never means that the place does not exist.
    """

    query_kind: Kind
    precision: Precision
    matches: tuple[Match, ...] = ()
    read_as: str | None = None
    note: str | None = None
    nation: str | None = None
    online: Online | None = None

    @property
    def district(self) -> Area | None:
        """The one district, or None while it must still be asked: always, of one found online."""
        return self.matches[0].district if len(self.matches) == 1 and self.online is None else None

    @property
    def authority(self) -> Area | None:
        """The upper-tier council that is the same in all matches, if it is."""
        councils = {match.authority for match in self.matches}
        return councils.pop() if len(councils) == 1 else None

    def corrected(self, read_as: str) -> "PlaceAnswer":
        """The same, saying what the text was read as."""
        return replace(
            self, read_as=read_as, note=self.note or phrase("We read that as %(place)s.", place=read_as)
        )


EMPTY = PlaceAnswer("none", "none", note=phrase("Type a postcode, a town or the name of your council."))
UNKNOWN = PlaceAnswer(
    "none", "none",
    note=phrase(
        "We do not know that place: "
        "check the spelling, or try a postcode, a town nearby or your council."
    ),
)  # fmt: skip
FORCES = PlaceAnswer(
    "forces", "none",
    note=phrase(
        "That is an armed forces address, which no council covers: "
        "type the name of your home council."
    ),
)  # fmt: skip
NO_DISTRICT = PlaceAnswer(
    "postcode", "none",
    note=phrase("That postcode belongs to no council on our list: type your town or your council instead."),
)  # fmt: skip
ENGLAND_ONLY = PlaceAnswer(
    "nation",
    "none",
    nation="england",
    note=phrase("That is all of England: type a postcode, a town or a council."),
)
NOWHERE_NEAR = PlaceAnswer(
    "point", "none",
    note=phrase(
        "No home on our list is within 3 miles of there: "
        "type a postcode, a town or your council instead."
    ),
)  # fmt: skip

_UK_NAMES = {
    "scotland": phrase("Scotland"),
    "wales": phrase("Wales"),
    "northern_ireland": phrase("Northern Ireland"),
}
_ISLAND_NAMES = {
    "jersey": phrase("Jersey"),
    "guernsey": phrase("Guernsey"),
    "isle_of_man": phrase("the Isle of Man"),
}


NO_SUCH_POSTCODE = PlaceAnswer(
    "none", "none",
    note=phrase("We do not know that postcode: check it, or type your town or the name of your council."),
)  # fmt: skip


def no_such_postcode(outcode: str) -> PlaceAnswer:
    """The first half is known and the whole is not: a slip, or newer than our list."""
    return PlaceAnswer(
        "postcode", "none",
        note=phrase(
            "We do not know that postcode: check it, or type only its first half, %(half)s.", half=outcode
        ),
    )  # fmt: skip


def abroad(nation: str) -> str:
    """What living outside England changes, in one sentence."""
    if nation in _UK_NAMES:
        return phrase(
            "That is in %(nation)s, which has its own rules for housing and council tax, but a council in "
            "England that looked after you may still have to help you: ask its leaving care team.",
            nation=_UK_NAMES[nation],
        )
    return phrase(
        "That is in %(island)s, where the law is different, but a council in England that "
        "looked after you may still have to help you: ask its leaving care team.",
        island=_ISLAND_NAMES[nation],
    )


ENDED = phrase("That may be an old postcode, or a very new one: check that it is right.")
LETTERS_ONLY = phrase(
    "That postcode is only for letters, so it may not show where you live: use your home postcode if you can."
)
MIDDLE_OF_AREA = phrase("We only know roughly where you are, so every distance starts with “about”.")


def which_district(readings: Sequence[str], matches: Sequence[Match]) -> str:
    """Asks for the whole postcode, naming the districts when they are few."""
    if len(readings) > 1:
        return phrase(
            "That may be %(postcodes)s: type your full postcode, or choose your council.",
            postcodes=listed(readings, "or"),
        )
    names = listed([match.district.name for match in matches], "and")
    where = names if len(matches) <= 4 else phrase("%(num)s council areas", num=len(matches))
    return phrase(
        "%(half)s is in more than one council area (%(areas)s): type your full postcode, or choose yours.",
        half=readings[0],
        areas=where,
    )


def in_the_middle_of(town: str) -> str:
    """A town is not a street: the district may differ at its edge."""
    return phrase(
        "We have used the middle of %(town)s: if you live outside it, your postcode is safer.", town=town
    )


def phone_says(district: str) -> str:
    """A phone may be wrong, or not at home: the person decides."""
    return phrase(
        "Your phone puts you in %(district)s: if you live somewhere else, type that place instead.",
        district=district,
    )


def near_a_border(names: Sequence[str]) -> str:
    """The nearest postcodes lie in different districts."""
    return phrase(
        "You are near the border of %(districts)s: choose yours, or type your postcode.",
        districts=listed(names, "and"),
    )
