"""What people told us, in plain lines for staff."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from offer.db.models import Feedback
from offer.eligibility.wording import said_day
from offer.feedback.subject import subject_of
from offer.feedback.told import KINDS, shown_code
from offer.published import Published

SHOWN_FROM = 5  # a smaller count of thanks is never shown


def lines(published: Published, reports: Sequence[Feedback], thanks: Mapping[str, int]) -> Iterator[str]:
    """Reports by entry, then how often each entry helped."""
    yield from _reports(published, reports) if reports else ("Nobody has told us anything in this time.",)
    often = sorted(((count, slug) for slug, count in thanks.items() if count >= SHOWN_FROM), reverse=True)
    yield ""
    if not often:
        yield f"No entry was marked as helpful {SHOWN_FROM} times or more."
        return
    yield "“This helped”:"
    yield from (f"{count:6}  {_title(published, slug)}" for count, slug in often)


def _reports(published: Published, reports: Sequence[Feedback]) -> Iterator[str]:
    for slug, told in groupby(reports, lambda report: report.slug):
        yield f"{_title(published, slug)} [{slug}]"
        for report in told:
            day = said_day(report.day)
            kind = KINDS.get(report.kind, report.kind)
            yield f"- {shown_code(report.code)}  {day}, list {report.version}, {report.state}: {kind}"
            yield from (f"    {line}" for line in report.text.splitlines() if line)


def _title(published: Published, slug: str) -> str:
    subject = subject_of(published, slug)
    return subject.title if subject else f"{slug} (not public now)"
