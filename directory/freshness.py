"""Whether what we say was looked at again in time."""

from datetime import date

from directory.phrase import day_phrase, phrase


def is_overdue(review_by: date, on: date) -> bool:
    """Whether the day by which it was to be checked again is over; on that day itself it is not."""
    return review_by < on


def overdue_words(checked_on: date, review_by: date, on: date, who: str) -> str:
    """For the public: "We have not checked this since May 2026. Ask your adviser before you count on it."

    `who` as it stands after "Ask"; "" while the check is not overdue.
    """
    if not is_overdue(review_by, on):
        return ""
    month = day_phrase(checked_on, "month")
    return phrase(
        "We have not checked this since %(month)s. Ask %(who)s before you count on it.", month=month, who=who
    )
