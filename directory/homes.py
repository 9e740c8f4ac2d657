"""Who owns the homes of a district, and where to join the list for one: what we found, dated and sourced.

A district without an entry is unknown, and is never taken for one or the other.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from directory.document import Document, Gss, Line, Text, Url
from directory.records import Phone, Source

FILE = Path(__file__).parent / "data" / "homes.yaml"


class Register(Document):
    """A list of people who want a home, which the directory has no record of."""

    name: Line
    says: Text  # how to join it
    url: Url | None = None
    sources: tuple[Source, ...] = Field(min_length=1)


class HousingTeam(Document):
    """A team for people without a home, which the directory has no record of."""

    name: Line
    phones: tuple[Phone, ...] = Field(min_length=1)
    caution: Line | None = None
    sources: tuple[Source, ...] = Field(min_length=1)


class DistrictHomes(Document):
    """One district. `says` is what we found, in plain words."""

    area: Gss
    owner: Literal["council", "housing-associations"]
    says: Text
    sources: tuple[Source, ...] = Field(min_length=1)
    register_: Register | None = Field(default=None, alias="register")
    team: HousingTeam | None = None


class Homes(Document):
    """All districts we know something of."""

    checked_on: date
    review_by: date
    districts: tuple[DistrictHomes, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        areas = [district.area for district in self.districts]
        if len(areas) != len(set(areas)):
            raise ValueError("a district stands in the list twice")
        return self

    @property
    def by_area(self) -> Mapping[str, DistrictHomes]:
        """Each district by its code."""
        return MappingProxyType({district.area: district for district in self.districts})


@lru_cache(maxsize=1)
def homes() -> Homes:
    """The list, read once a process."""
    return Homes.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
