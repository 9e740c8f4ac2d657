"""The staff pages, under /staff. Each route is served only behind its rule in offer/staff/rules.py.

English only, never kept by a browser, asked of the database: unlike every public page.
"""

from starlette.routing import Route

from offer.pages.staff import (
    account,
    as_yaml,
    change,
    change_acts,
    changes,
    council,
    council_settings,
    councils,
    door,
    earlier,
    edit,
    entries,
    entry,
    exchange,
    exchange_files,
    feeds,
    full_copy,
    gaps,
    history,
    home,
    incoming,
    invitation,
    linking,
    links,
    log,
    me,
    money,
    new,
    one_council,
    own,
    people,
    report,
    reports,
    rule,
    scrutiny,
    terms,
    withdraw,
    words,
    you_said,
)
from offer.pages.staff.guard import guarded


def views() -> list[Route]:
    """Every staff page as its module names it, not yet behind its rule; `new` before what it looks like."""
    modules = (
        door,
        council,
        invitation,
        home,
        entries,
        new,
        rule,
        terms,
        as_yaml,
        entry,
        edit,
        history,
        withdraw,
        changes,
        change,
        change_acts,
        reports,
        report,
        you_said,
        gaps,
        scrutiny,
        earlier,
        money,
        exchange,
        exchange_files,
        councils,
        council_settings,
        one_council,
        full_copy,
        incoming,
        feeds,
        links,
        me,
        own,
        linking,
        people,
        account,
        log,
        words,
    )
    return [route for module in modules for route in module.ROUTES]


def routes() -> list[Route]:
    """Every staff page behind its rule. Raises KeyError for one that has none."""
    return [guarded(route) for route in views()]
