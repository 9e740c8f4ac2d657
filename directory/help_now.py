"""Help now: which numbers to show first to somebody in danger, without food, or with nowhere to sleep.

The rules are those of the reviewed list (`data/help_now.yaml`): only lines that may be shown,
999 once and first, the council's own team before national lines, at most four open. A council
team's number comes from its service record; where there is none, none is made up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import Field, StringConstraints

from directory.assembled import ServiceView
from directory.document import Document, Gss, Line, PhoneNumber, Slug, Text, Url
from directory.records import ENGLAND, Phone
from directory.schedules import Schedule
from directory.time_marks import state_at

FILE = Path(__file__).parent / "data" / "help_now.yaml"
MOST_OPEN = 4
EMERGENCY = "emergency-999"


class TextTo(Document):
    """A number to send a message to, and the word to send."""

    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,11}$")]
    word: Line | None = None


class HelpLine(Document):
    """One line as the list holds it. A null is not found, never guessed."""

    slug: Slug
    name: Line
    phone: PhoneNumber | None = None
    text: TextTo | None = None
    online: Url | None = None
    hours: Line | None = None
    free: bool | None = None
    age_note: Line | None = None
    age_from: int | None = None
    age_before: int | None = None
    areas: tuple[Gss, ...] = (ENGLAND,)
    note: Line | None = None
    show: Literal["yes", "confirm-first", "no"]
    page_for: tuple[str, ...] = ()  # needs it answers on the page only, not in the banner
    service: Slug | None = None
    sources: list[Url]
    confidence: Literal["found in source", "partly", "unconfirmed"]
    staff_note: Text | None = None

    def takes_age(self, age: int | None) -> bool:
        """Whether somebody of that age may ring; an unknown age sees the line with its age beside."""
        if age is None:
            return True
        return (self.age_from is None or age >= self.age_from) and (
            self.age_before is None or age < self.age_before
        )


class LocalTeam(Document):
    """A council team or local service, by the slug of its record or of its line above."""

    service: Slug | None = None
    line: Slug | None = None
    team: Literal["day", "night", "other"]
    areas: list[Gss]
    when: Line
    needs: list[str] = Field(alias="for")
    office: tuple[Schedule, ...] = ()  # outside these hours the duty team answers


class Need(Document):
    """A need that search recognises, its title and the national lines that answer it, in order."""

    title: Line
    lines: list[Slug]


class _List(Document):
    checked_on: date
    review_by: date
    needs: dict[str, Need]
    local: list[LocalTeam]
    lines: list[HelpLine]


@dataclass(frozen=True, slots=True)
class Asker:
    """What is known of the person: age in years, codes of councils, and the time (Europe/London)."""

    age: int | None = None
    responsible_authority: str | None = None
    lives_in: str | None = None
    lives_in_authority: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """One line to show. `phones` in order, each with its label; `when` is in words, beside the name."""

    slug: str
    name: str
    phones: tuple[Phone, ...]
    text: TextTo | None
    online: str | None
    when: str | None
    free: bool | None
    age_note: str | None
    note: str | None
    service: str | None  # slug of its record in the directory
    local: bool

    @property
    def message(self) -> str | None:
        """The `sms:` link, which works without script and offline."""
        return f"sms:{self.text.number}" if self.text else None


@dataclass(frozen=True, slots=True)
class Banner:
    """`open` stands unfolded, `more` one tap away."""

    needs: tuple[str, ...]
    open: tuple[Help, ...]
    more: tuple[Help, ...]


def tel(number: str) -> str:
    """The `tel:` link of a number: spaces left out."""
    return f"tel:{number.replace(' ', '')}"


class HelpNow:
    """The list, read and checked once."""

    def __init__(self, content: _List) -> None:
        self.needs: Mapping[str, Need] = content.needs
        self.checked_on, self.review_by = content.checked_on, content.review_by
        self._local = tuple(content.local)
        self._lines = {line.slug: line for line in content.lines}

    @property
    def councils(self) -> frozenset[str]:
        """Codes of the councils whose own team, by day or by night, stands in the list."""
        return frozenset(area for team in self._local if team.team != "other" for area in team.areas)

    @classmethod
    def load(cls, file: Path = FILE) -> Self:
        """The list that comes with the service. Raises pydantic's error when the file is wrong."""
        return cls(_List.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))))

    def numbers(self, slugs: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Name and number of these lines, where they may be shown and have one."""
        lines = (self._lines[slug] for slug in slugs)
        return tuple((line.name, line.phone) for line in lines if line.show == "yes" and line.phone)

    def banner(self, needs: Iterable[str], services: Mapping[str, ServiceView], asker: Asker) -> Banner:
        """What to show above the results for the needs that the words point to; empty for none."""
        wanted = set(needs)
        ordered = tuple(need for need in self.needs if need in wanted)
        shown = _once(help_ for need in ordered for help_ in self._answer(need, services, asker))
        first = [each for each in shown if each.slug == EMERGENCY]
        rest = [each for each in shown if each.slug != EMERGENCY]
        lines = (*first, *rest)
        return Banner(ordered, lines[:MOST_OPEN], lines[MOST_OPEN:])

    def page(
        self, services: Mapping[str, ServiceView], asker: Asker
    ) -> tuple[tuple[Need, tuple[Help, ...]], ...]:
        """The whole list for the "help now" page: each need with its lines, the page-only ones last."""
        return tuple(
            (need, tuple(_once((*self._answer(name, services, asker), *self._page_only(name, asker)))))
            for name, need in self.needs.items()
        )

    def _answer(self, need: str, services: Mapping[str, ServiceView], asker: Asker) -> Iterator[Help]:
        """One need: 999, the council's teams, the national lines; last the team that is not on now."""
        lines = [line for slug in self.needs[need].lines if (line := self._shown(slug, asker))]
        yield from (_of_line(line) for line in lines if line.slug == EMERGENCY)
        teams = [team for team in self._local if need in team.needs and _is_theirs(team, asker)]
        now, later = self._by_time(teams, asker.at)
        yield from self._helps(now, services, asker)
        yield from (_of_line(line) for line in lines if line.slug != EMERGENCY)
        yield from self._helps(later, services, asker)

    def _by_time(
        self, teams: Sequence[LocalTeam], at: datetime | None
    ) -> tuple[list[LocalTeam], list[LocalTeam]]:
        """Teams to show first and teams to show last; without a time all stand first, as listed."""
        office = next((team.office for team in teams if team.office), ())
        if at is None or not office:
            return list(teams), []
        off = "night" if state_at(office, (), at) == "open" else "day"
        if {team.team for team in teams} >= {"day", "night"}:
            return [t for t in teams if t.team != off], [t for t in teams if t.team == off]
        return list(teams), []

    def _helps(
        self, teams: Iterable[LocalTeam], services: Mapping[str, ServiceView], asker: Asker
    ) -> Iterator[Help]:
        for team in teams:
            if team.line and (line := self._shown(team.line, asker)):
                yield _of_line(line, local=True)
            service = services.get(team.service or "")
            if service and service.is_shown and service.phones:
                yield _of_service(service, team.when)

    def _page_only(self, need: str, asker: Asker) -> Iterator[Help]:
        for line in self._lines.values():
            if need in line.page_for and self._shown(line.slug, asker):
                yield _of_line(line)

    def _shown(self, slug: str, asker: Asker) -> HelpLine | None:
        line = self._lines[slug]
        return line if line.show == "yes" and line.takes_age(asker.age) else None


def _is_theirs(team: LocalTeam, asker: Asker) -> bool:
    """The leaving care team is that of the council that looked after you, others those where you live.

    Where one of the two is unknown the other stands in for it.
    """
    home = {asker.lives_in, asker.lives_in_authority} - {None}
    own = {asker.responsible_authority} - {None}
    codes = (own or home) if team.team == "day" else (home or own)
    return not codes.isdisjoint(team.areas)


def _once(helps: Iterable[Help]) -> list[Help]:
    """Each line once, and each number once: SafeCall and Missing People share theirs."""
    kept: list[Help] = []
    for each in helps:
        numbers = {phone.number for phone in each.phones}
        if not any(each.slug == k.slug or numbers & {p.number for p in k.phones} for k in kept):
            kept.append(each)
    return kept


def _of_line(line: HelpLine, *, local: bool = False) -> Help:
    phones = (Phone(number=line.phone),) if line.phone else ()
    return Help(
        line.slug, line.name, phones, line.text, line.online, line.hours, line.free, line.age_note,
        line.note, line.service, local,
    )  # fmt: skip


def _of_service(service: ServiceView, when: str) -> Help:
    return Help(
        slug=service.id,
        name=f"{service.run_by}: {service.name}" if service.run_by else service.name,
        phones=service.phones,
        text=None,
        online=service.record.website,
        when=service.record.opening_hours or when,
        free=None,
        age_note=None,
        note=service.record.summary,
        service=service.id,
        local=True,
    )
