"""A district's council tax rule in plain words: what a row of terms says, and what it leaves open."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from directory.phrase import Phrase, phrase, template
from offer.council_tax import is_weak
from offer.eligibility.wording import said_month
from offer.entitlements.schema import ParameterRow

NOT_FOUND = phrase("not found")
_ORDINALS = {
    "st": template("%(num)sst"),
    "nd": template("%(num)snd"),
    "rd": template("%(num)srd"),
    "th": template("%(num)sth"),
}

_WHOSE_SHORT = {
    "own": phrase("its own care leavers"),
    "any": phrase("any care leaver"),
    "own-and-neighbours": phrase("its own and nearby councils’ care leavers"),
    "not-stated": phrase("whose care leavers: not said"),
}
_SURE = {
    "found in source": phrase("We read this on a public page."),
    "partly": phrase("We could only confirm part of this. Ask before you rely on it."),
    "council paper": phrase(
        "We know this from council papers, not from a page written for you. Ask to be sure."
    ),
    "existence only": phrase("We only know that there is something. Ask what it is."),
}


@dataclass(frozen=True, slots=True)
class SourceLink:
    """Where a fact was read: a page on the web, or the name of a paper (then `href` is "")."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One row of a district's terms as a person reads it. Empty texts and lists are left out."""

    headline: str
    points: tuple[str, ...]
    asks: tuple[str, ...]
    note: str
    since: str
    sure: str
    sources: tuple[SourceLink, ...]
    checked: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One district in the table of all. Cells say "not found" rather than stay empty."""

    gss: str
    name: str
    until: str
    off: str
    whose: str


def rule_words(row: ParameterRow, upper: str, *, after: int | None = None) -> RuleWords:
    """A row in words. `upper`: the council with the leaving care team; `after`: the age before."""
    weak = is_weak(row)
    return RuleWords(
        headline=_headline(row, after),
        points=() if weak else (*_points(row), *_whose(row, upper), *row.asks),
        asks=() if weak else tuple(row.asks),
        note=row.note or "",
        since="" if weak else (row.since or ""),
        sure=_SURE[row.confidence],
        sources=source_links(row.source),
        checked=said_month(row.checked_on),
    )


def rules_in_words(rows: Sequence[ParameterRow], upper: str) -> tuple[RuleWords, ...]:
    """Rows in force together, in order; each carries on from the age where the one before it stops."""
    ages = [None, *(row.age_before for row in rows)]
    return tuple(rule_words(row, upper, after=after) for row, after in zip(rows, ages, strict=False))


def table_row(gss: str, name: str, rows: Sequence[ParameterRow]) -> TableRow:
    """The cells of one district; `rows` are those in force."""
    shown = [row for row in rows if not is_weak(row)]
    if not shown:
        return TableRow(gss, name, NOT_FOUND, NOT_FOUND, phrase("may have one: ask"))
    first, ages = shown[0], [row.age_before for row in shown if row.age_before]
    until = f"{ages[0]}" if ages else NOT_FOUND
    if len(ages) > 1:
        until = phrase("%(age)s (ask to %(last)s)", age=ages[0], last=ages[-1])
    off = f"{first.percent}%" if first.percent is not None else NOT_FOUND
    if first.bands:
        off = phrase("up to %(off)s", off=off)
    return TableRow(gss, name, until, off, _WHOSE_SHORT[first.who])


def source_links(text: str) -> tuple[SourceLink, ...]:
    """A row's sources, parted by semicolons: pages by their host, papers by their name."""
    parts = [part.strip() for part in re.split(r";\s*", text) if part.strip()]
    return tuple(
        SourceLink(urlsplit(part).netloc.removeprefix("www."), part)
        if part.startswith("http")
        else SourceLink(part, "")
        for part in parts
    )


def ordinal(age: int) -> Phrase:
    """ "21st"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(age % 10, "th") if age // 10 != 1 else "th"
    return Phrase(_ORDINALS[ending], {"num": age})


def _headline(row: ParameterRow, after: int | None) -> str:
    until = row.age_before
    if is_weak(row):
        return phrase("This council may have a discount for care leavers: ask.")
    if after and until:
        return phrase("From %(age)s until you turn %(until)s, it may go on: ask.", age=after, until=until)
    return _amount_until(row, until) if until else _amount(row)


def _amount_until(row: ParameterRow, until: int) -> str:
    if row.percent == 100:
        return phrase("You may pay no council tax until you turn %(age)s.", age=until)
    if row.percent is None:
        return phrase("You may pay less council tax until you turn %(age)s.", age=until)
    return phrase(
        "Up to %(percent)s%% may come off your bill until you turn %(age)s.", percent=row.percent, age=until
    )


def _amount(row: ParameterRow) -> str:
    if row.percent == 100:
        return phrase("You may pay no council tax.")
    if row.percent is None:
        return phrase("You may pay less council tax.")
    return phrase("Up to %(percent)s%% may come off your bill.", percent=row.percent)


def _points(row: ParameterRow) -> Iterable[str]:
    yield from (f"{band[:1].upper()}{band[1:]}." for band in row.bands)
    if row.age_before is None:
        yield phrase("We did not find the age at which it stops.")
    else:
        yield phrase("It stops on your %(age)s birthday.", age=ordinal(row.age_before))
    if row.percent is None and not row.bands:
        yield phrase("We did not find how much comes off.")


def whose_words(who: str, upper: str) -> str:
    """Whose care leavers a rule covers, in a sentence; `upper` is the council that looks after children."""
    return {
        "own": phrase("Only for care leavers that %(council)s looked after.", council=upper),
        "any": phrase("For any care leaver who lives in the district, whichever council looked after you."),
        "own-and-neighbours": phrase(
            "For care leavers of %(council)s and of some councils nearby: ask which.", council=upper
        ),
        "not-stated": phrase("We did not find whose care leavers it covers. Ask, whoever looked after you."),
    }[who]


def _whose(row: ParameterRow, upper: str) -> Iterable[str]:
    if row.who == "not-stated" and "whose care leavers" in (row.note or ""):
        return  # the note says so already
    yield whose_words(row.who, upper)
