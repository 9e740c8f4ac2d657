"""Which entitlements are services, and how they read as one.

A service is something that somebody delivers. So an entitlement is one where a council chose to give it
or a national scheme gives it, and where it is said who does. A status ("you are a care leaver"), a duty
that the law lays on every council, and a piece of information are no services; nor is what is not yet law,
what may have ended, what was only proposed, or what depends on a policy that nobody found. What the
directory holds as a service already is not listed twice.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from directory.openreferral.listed import Listed, Runner, paragraphs, runner_of
from directory.openreferral.taxonomies import SUPPORT
from directory.records import Organisation
from offer.documents import ages_of, is_findable
from offer.entitlements.schema import Entitlement

DELIVERED = frozenset(
    {"entitled", "entitled_amount_local", "entitled_if_needed", "entitled_or_limited", "can_apply",
     "assessed", "local_offer"}
)  # fmt: skip
BY_SOMEBODY = frozenset({"council-choice", "national-scheme"})
STANDING = frozenset({"current", "check", "pilot"})
CHECK_FIRST = "Check that this is still given: we could not confirm all of it."


def is_service(entry: Entitlement) -> bool:
    """Whether an entitlement is a service: see the rule at the top."""
    return (
        is_findable(entry)
        and entry.strength in DELIVERED
        and entry.nature in BY_SOMEBODY
        and entry.status in STANDING
        and names_somebody(entry.decided_by)
    )


def is_held(entry: Entitlement, services: frozenset[tuple[str, str]]) -> bool:
    """Whether the council's directory holds the very thing: `durham-durhamworks` is Durham's `durhamworks`.

    `services`: authority and slug of each service.
    """
    _, *ends = entry.id.split("-")
    return any((entry.authority, "-".join(ends[at:])) in services for at in range(len(ends)))


def names_somebody(decided_by: str) -> bool:
    """Whether the words name one body: "The Department for Education", not "The college or school"."""
    first, *rest = decided_by.split()
    if first not in ("The", "Your", "A", "An"):
        return True
    return first != "Your" and any(word[0].isupper() for word in rest[:2])


def listed_of(entry: Entitlement, runners: Mapping[str, Runner], modified: datetime) -> Listed:
    """An entitlement as the feed lists it. `runners`: the organisations of the directory by name."""
    age_from, age_before = ages_of(entry.rule)
    check = [CHECK_FIRST] if entry.status == "check" else []
    return Listed(
        key=f"entitlement/{entry.id}",
        name=entry.title,
        description=paragraphs(entry.summary, "\n".join(entry.what_you_get)),
        status="active",
        runner=_runner(entry.decided_by, runners),
        modified=modified,
        assured=entry.checked_on,
        areas=tuple(entry.areas) or (entry.authority,),
        topics=tuple(dict.fromkeys((entry.topic, *entry.more_topics))),
        kind=SUPPORT,
        alert=" ".join([*check, *entry.not_sure]) or None,
        website=next((source.url for source in entry.sources if source.url), None),
        minimum_age=age_from,
        maximum_age=None if age_before is None else age_before - 1,
        who_for=entry.who_for,
        how_to_use="\n".join(entry.steps),
        also_known_as=tuple(entry.also_known_as),
    )


def by_name(organisations: Iterable[Organisation]) -> dict[str, Runner]:
    """The directory's organisations by their names, small."""
    return {each.name.casefold(): runner_of(each) for each in organisations}


def _runner(decided_by: str, known: Mapping[str, Runner]) -> Runner:
    """The body that the words name first: "Durham County Council, Revenues and Benefits" is the council."""
    name = re.split(r",|\(", decided_by)[0].strip().removeprefix("The ")
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return known.get(name.casefold()) or Runner(f"organisation/{slug}", name)
