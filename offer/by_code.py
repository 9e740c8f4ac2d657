"""What is listed, by the councils and districts it is for: no page about one place walks the country."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class ByCode(Generic[Thing]):
    """Everything in its order, and where the things of each GSS code stand in it."""

    listed: tuple[Thing, ...]
    places: Mapping[str, tuple[int, ...]]

    def of(self, codes: Iterable[str]) -> list[Thing]:
        """The things of any of these codes, each once, in the order of the whole."""
        return [self.listed[at] for at in sorted({at for code in codes for at in self.places.get(code, ())})]


def by_code(things: Iterable[Thing], codes_of: Callable[[Thing], Iterable[str]]) -> ByCode[Thing]:
    """Sorts them once. `codes_of`: the GSS codes a thing is for; one may come twice."""
    listed = tuple(things)
    places = dict[str, list[int]]()
    for at, thing in enumerate(listed):
        for code in set(codes_of(thing)):
            places.setdefault(code, []).append(at)
    return ByCode(listed, {code: tuple(held) for code, held in places.items()})
