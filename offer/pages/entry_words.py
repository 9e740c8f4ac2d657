"""Codes of an entry's document in plain words: whose it is, how sure we are, until what age."""

from collections.abc import Mapping

from offer.documents import Ages
from offer.entitlements.schema import Entitlement
from offer.language import gettext as _
from offer.language import later

NATURE: Mapping[str, str] = {
    "law": later("This is in the law."),
    "national-scheme": later("This is a national scheme."),
    "council-choice": later("This is the council’s own choice, on top of the law. It can change."),
}
CONFIDENCE: Mapping[str, str] = {
    "found in source": later("We read this at the source."),
    "partly": later("We could not check every detail."),
    "existence only": later("We know that this exists, but not its terms."),
    "council paper": later("We know this only from a council’s meeting papers."),
}


def ages_words(ages: Ages) -> str:
    """When it starts and stops by age: "From 16 until you turn 25"; "" where age does not settle it."""
    start, before = ages
    if start is not None and before is not None:
        return _("From %(start)s until you turn %(before)s") % {"start": start, "before": before}
    if before is not None:
        return _("Until you turn %(before)s") % {"before": before}
    return _("From %(start)s. There is no top age.") % {"start": start} if start is not None else ""


def sure_words(entry: Entitlement) -> str:
    """How far to trust it, in one sentence."""
    return _(CONFIDENCE.get(entry.confidence, later("We could not confirm this.")))
