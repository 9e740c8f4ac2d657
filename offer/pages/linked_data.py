"""A page's facts for search engines: schema.org as JSON-LD, in a data block of the page.

A data block is not a script: browsers never run it, so the content security policy
has nothing to allow. Only what the page itself shows is in it.
"""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from directory.topics import TOPICS
from offer.documents import ages_of
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.licence import LICENCE
from offer.pages.listing import entry_href
from offer.published import Published

Data = dict[str, Any]
_SPECIAL = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def data_block(data: Mapping[str, Any]) -> Markup:
    """The JSON for between the tags of a data block: no text in it can end the block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_SPECIAL))  # noqa: S704 - nothing in it that HTML reads


def entry_data(published: Published, entry: Entitlement, whose: str, base: str) -> Data:
    """The page of an entitlement and the public service it is about; `whose` council, "" for England."""
    page = {
        **_page(f"{base}{entry_href(entry.id)}", entry.title, entry.checked_on.isoformat()),
        "citation": [source.url for source in entry.sources if source.url],
        "mainEntity": _without_blanks({
            "@type": "GovernmentService",
            "name": entry.title,
            "alternateName": list(entry.also_known_as),
            "description": entry.summary,
            "serviceType": TOPICS[entry.topic].title,
            "areaServed": areas(published, entry.areas or [entry.authority]),
            "provider": _council(entry.authority, whose),
            "audience": _audience(entry),
        }),
    }  # fmt: skip
    return _without_blanks(page)


def areas(published: Published, codes: list[str]) -> list[Data]:
    """Councils' areas by name, with their ONS codes."""
    return [
        {
            "@type": "AdministrativeArea",
            "name": "England" if code == ENGLAND else published.names.get(code, code),
            "identifier": code,
        }
        for code in codes
    ]


def _page(address: str, name: str, checked: str) -> Data:
    return {
        "@context": "https://schema.org", "@type": "WebPage", "@id": address, "url": address, "name": name,
        "inLanguage": "en-GB", "lastReviewed": checked, "license": LICENCE,
    }  # fmt: skip


def _council(authority: str, name: str) -> Data | None:
    """The council whose offer it is; who delivers a national right is told on the page, not here."""
    return {"@type": "GovernmentOrganization", "name": name, "identifier": authority} if name else None


def _audience(entry: Entitlement) -> Data | None:
    """The widest ages of the rule; the rule itself is on the page."""
    start, before = ages_of(entry.rule)
    audience = _without_blanks({
        "audienceType": "Care leavers" if entry.for_care_leavers else None,
        "requiredMinAge": start,
        "requiredMaxAge": before - 1 if before is not None else None,
    })  # fmt: skip
    return {"@type": "PeopleAudience", **audience} if audience else None


def _without_blanks(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
