"""The public pages: route → view → pure function → view model → template."""

from starlette.routing import Route

from offer.pages import (
    about,
    compare,
    council_tax,
    council_tax_compare,
    council_tax_england,
    council_tax_map,
    coverage,
    custody_sheet,
    docs,
    entry,
    feedback,
    help_now,
    housing,
    my_list,
    nearby,
    results,
    searching,
    service_list,
    services,
    sheet,
    sheet_day,
    start,
    suggesting,
    timeline,
    topics,
    visit_door,
    visit_live,
    visit_room,
    ways,
    web_manifest,
)


def routes() -> list[Route]:
    """Every public page. Each module of this folder names its own in `ROUTES`."""
    groups: tuple[tuple[Route, ...], ...] = (
        start.ROUTES,
        results.ROUTES,
        entry.ROUTES,
        feedback.ROUTES,
        timeline.ROUTES,
        my_list.ROUTES,
        sheet_day.ROUTES,
        sheet.ROUTES,
        custody_sheet.ROUTES,
        searching.ROUTES,
        suggesting.ROUTES,
        topics.ROUTES,
        housing.ROUTES,
        ways.ROUTES,
        council_tax_england.ROUTES,  # before council_tax, which would read "map" as a council
        council_tax_map.ROUTES,
        council_tax.ROUTES,
        council_tax_compare.ROUTES,
        nearby.ROUTES,
        coverage.ROUTES,
        compare.ROUTES,
        services.ROUTES,
        service_list.ROUTES,
        help_now.ROUTES,
        about.ROUTES,
        docs.ROUTES,
        visit_door.ROUTES,
        visit_live.ROUTES,
        visit_room.ROUTES,
        web_manifest.ROUTES,
    )
    return [route for group in groups for route in group]
