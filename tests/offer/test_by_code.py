"""What is kept by council and district is the same as what walking everything finds."""

from datetime import date

from offer.by_code import by_code
from offer.entitlements.schema import ENGLAND
from offer.published import Published

ON = date(2026, 11, 22)


def test_each_thing_once_in_the_order_of_the_whole() -> None:
    held = by_code(["b", "a", "c"], {"a": ("X", "Y"), "b": ("Y", "Y"), "c": ()}.__getitem__)
    assert (held.of(["Y"]), held.of(["X", "Y"]), held.of(["Z"])) == (["b", "a"], ["b", "a"], [])


def test_the_entries_and_services_of_a_place_are_those_that_name_it(published: Published) -> None:
    for authority, district in (("E10000019", "E07000139"), ("E06000047", None), (None, "E07000136")):
        upper = published.places.authority_of(district, ON) if district else None
        codes = {ENGLAND, authority, district, upper.gss if upper else None}
        wanted = [
            entry
            for entry in published.entries.values()
            if entry.authority in codes or not codes.isdisjoint(entry.areas)
        ]
        assert published.entries_for(authority, district, ON) == wanted
        services = [
            each
            for each in published.services.values()
            if each.record.authority in codes or not codes.isdisjoint(each.record.areas)
        ]
        assert published.services_of(code for code in codes if code) == services


def test_what_may_be_found_is_what_is_in_force_or_shown(published: Published) -> None:
    findable = published.findable(ON)
    shown = {("service", slug) for slug, each in published.services.items() if each.is_shown}
    assert all(key in findable for key in shown)
    assert ("service", "nothing") not in findable and ("elsewhere", "bus-travel") not in findable
    coming = {("entitlement", slug) for slug, entry in published.entries.items() if entry.begins}
    assert not any(key in published.findable(date(2000, 1, 1)) for key in coming)
