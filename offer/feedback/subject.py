"""What a report is about: an entitlement, by its slug as before, or a service, as "service/its-slug"."""

from dataclasses import dataclass

from offer.addresses import OFFER, SERVICE, entry_href, service_href
from offer.published import Published

LONGEST = 80  # signs of the column that keeps it
_BEFORE = f"{SERVICE}/"


@dataclass(frozen=True, slots=True)
class Subject:
    """A public page that can be reported."""

    key: str
    href: str
    title: str


def key_of(kind: str, slug: str) -> str:
    """How a report names an entitlement or a service; "" for what it cannot name."""
    key = {OFFER: slug, SERVICE: f"{_BEFORE}{slug}"}.get(kind, "")
    return key if len(key) <= LONGEST else ""


def read_key(key: str) -> tuple[str, str]:
    """Kind and slug of what a report is about."""
    return (SERVICE, key.removeprefix(_BEFORE)) if key.startswith(_BEFORE) else (OFFER, key)


def subject_of(published: Published, key: str) -> Subject | None:
    """What a report is about; None where that is not public now."""
    kind, slug = read_key(key)
    if kind == OFFER:
        entry = published.entries.get(slug)
        return Subject(key, entry_href(slug), entry.title) if entry else None
    service = published.services.get(slug)
    return Subject(key, service_href(slug), service.name) if service and service.is_shown else None


def title_of(published: Published, key: str) -> str:
    """The public title of what a report is about; its slug where that is not public."""
    subject = subject_of(published, key)
    return subject.title if subject else read_key(key)[1]
