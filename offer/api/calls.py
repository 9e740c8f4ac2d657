"""One call: what a handler may know of the request, and how its reply is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from directory.places import Area
from offer.api.bodies import cannot_be_used
from offer.api.shapes.common import Shape
from offer.caching import PRIVATE, PUBLIC
from offer.clock import today
from offer.entitlements.schema import ENGLAND
from offer.errors import FieldFault
from offer.live import live_of
from offer.person import council_fault, district_fault
from offer.published import Published


@dataclass(frozen=True, slots=True)
class Call:
    """A request, read. `published` stays the same for the whole call, whatever is published meanwhile."""

    request: Request
    published: Published
    today: date

    @classmethod
    def of(cls, request: Request) -> "Call":
        """Raises Problem 503 before the first edition is there."""
        return cls(request, live_of(request).published, today())

    @property
    def slug(self) -> str:
        """The slug in the address."""
        return str(self.request.path_params["slug"])

    def area(self, gss: str) -> Area:
        """A place code with its name; the code itself where we have none."""
        if gss == ENGLAND:
            return Area(gss, "England")
        places = self.published.places
        return places.district(gss) or places.authority(gss) or Area(gss, gss)

    def codes(self, given: Mapping[str, str | None]) -> dict[str, str | None]:
        """Place codes of the parameters, those that ended followed. Raises Problem 422 naming every fault."""
        places, checks = self.published.places, {"responsible_authority": council_fault}
        faults: list[FieldFault] = []
        found: dict[str, str | None] = {}
        for name, code in given.items():
            found[name] = code and places.areas.current(code, self.today)
            fault = code and checks.get(name, district_fault)(code, places, self.today)
            if fault:
                faults.append(FieldFault(f"/{name}", fault))
        if faults:
            raise cannot_be_used(faults)
        return found


def written(call: Call, shape: Shape, *, private: bool = False, status: int = 200) -> Response:
    """The JSON of a reply with the catalogue's version. `private`: the address or body tells of a person."""
    data = shape.model_copy(update={"catalogue_version": call.published.version})
    headers = dict(PRIVATE if private else PUBLIC)
    return Response(to_json(data), status, headers, media_type="application/json")


def to_json(shape: Shape) -> str:
    """Fields that were not set are left out."""
    return shape.model_dump_json(by_alias=True, exclude_unset=True)


def to_data(shape: Shape) -> dict[str, Any]:
    """The same as plain values."""
    return shape.model_dump(mode="json", by_alias=True, exclude_unset=True)
