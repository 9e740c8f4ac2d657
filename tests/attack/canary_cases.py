"""What each address takes from somebody, so that a test can send canaries in it.

Every public address and method stands here, once: a new one without its line fails the test. Those of
NOTHING take nothing of their own and get noise alone, as all do. Addresses under /staff need no line: each
is sent everything without an account, and refused at the door before its view is reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from offer.api import OPERATIONS
from tests.attack.canaries import TOLD, Person

Key = tuple[str, str]  # method and pattern of a route


@dataclass(frozen=True, slots=True)
class Case:
    """What one request carries."""

    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    json: Any = None


# What stands in the place of a part of an address where a page is to be found there.
PARTS = {
    "slug": "setting-up-home-allowance", "topic": "money", "gss": "E07000139", "area": "E07000139",
    "code": "E10000019", "day": "2026-11-22", "id": "no-such-id", "visit": "no-such-visit",
}  # fmt: skip
NOTHING = """
    /start-again /entitlements/{slug}/easy /entitlements/{slug}/what-changed /feedback/thanks /print/{day}.css
    /topics /council-tax/map /council-tax/map/{area} /caseload /pack/council/{code} /organisations/{slug}
    /languages /no-signal /saved-list /pack/saved /sw.js /about /words /privacy /cookies /accessibility /docs
    /docs/api /manifest.webmanifest /sitemap.xml /robots.txt /open-data/changes.atom
    /open-data/changes/{gss}.atom /open-data/changes/entitlement/{slug}.atom /open-data/entitlements.csv
    /open-data/entitlements.csv-metadata.json /open-data/services.csv /open-data/services.csv-metadata.json
    /open-data/council-tax.csv /open-data/council-tax.csv-metadata.json /services/{slug}/times.ics
    /openapi.json /healthz /readyz /metrics /pack/rules /visit/{visit}/live /visit/{visit} /visit /print
    /print/custody /adviser /what-happens-when /routes /coverage.csv /what-changed /what-changed/{gss}
    /entitlements/{slug}/feedback /services/{slug}/feedback /feedback /feedback/{code} /housing/{gss}
    /results /api/v1/facts
""".split()  # noqa: SIM905 - read as a list
DOCS = "/docs/"  # written pages, each an address of its own


def door_email(person: Person) -> str:
    """What is typed where staff sign in."""
    return f"a@{person.word('door')}.example"


def staff_cases(person: Person) -> dict[Key, list[Case]]:
    """What a stranger types at the doors of staff."""
    tried = {
        "email": door_email(person),
        "password": person.word("password"),
        "code": "123456",
    }
    return {("POST", "/staff/sign-in"): [Case(form=tried), Case(form={**tried, "next": person.word("next")})]}


def cases(person: Person) -> dict[Key, list[Case]]:
    """Every public address with what it takes, filled with the facts of a person."""
    form, search = person.form, person.word("search")
    mail, phone = f"a@{person.word('mail')}.example", f"07700900{person.number:03}"
    told = {"kind": "wrong", "text": f"{TOLD} {person.postcode} {mail} {phone}"}
    posts: dict[str, list[Mapping[str, str]]] = {
        "/results": [form, {**form, "place": person.word("place")}, {**form, "look": "1", "q": search}],
        "/remember": [form],
        "/adviser": [form, {**form, "age_years": "19"}],
        "/entitlements/{slug}": [form],
        "/entitlements/{slug}/feedback": [
            told, {**told, "kind": person.word("kind")}, {**told, "text": person.word("text") * 200}
        ],
        "/services/{slug}/feedback": [told, {"kind": "helped"}],
        "/feedback": [{"code": person.word("code")}],
        "/what-happens-when": [form],
        "/what-happens-when/calendar": [form, {"anybody": "1", **form}],
        "/print/plan": [form],
        "/print": [form, {**form, "answers": "with"}],
        "/print/custody": [form, {**form, "answers": "with"}],
        "/search": [
            {"q": search}, {"q": f"rent {person.postcode}"}, {"q": "rent", "place": person.postcode},
            {"q": f"i want to kill myself {search}"}, {"q": "rent", "age": person.birthday},
            {**form, "mine": "1", "q": search},
        ],
        "/housing": [{"place": person.postcode}, {"place": person.word("town")}],
        "/council-tax": [
            {"place": person.postcode}, {"place": f"{person.postcode}X"}, {"lat": "53.21", "lon": "-0.61"}
        ],
        "/council-tax/{gss}/compare": [
            {"place": person.postcode, "age": "19"}, {"place": person.word("town")},
        ],
        "/help-nearby": [
            {"place": person.postcode}, {"place": person.word("street")}, {"place": person.postcode[:-1]}
        ],
        "/visit": [{**form, "role": "young_person"}, {**form, "role": "adviser"}, form],
        "/join": [{"code": person.word("join")}],
        **{
            f"/visit/{{visit}}/{deed}": [{**form, "knock": person.word("knock"), "fact": "immigration"}]
            for deed in (
                "knock", "enter", "answer", "leave-out", "point", "admit", "turn-away", "language", "leave",
                "wipe",
            )
        },
    }  # fmt: skip
    gets: dict[str, list[Mapping[str, str]]] = {
        "/": [form],
        "/entitlements/{slug}": [{"in": person.postcode}, form],
        "/my-list": [{"things": person.word("things")}],
        "/my-list/share": [{"things": person.word("things")}],
        "/search": [{"q": search}, {"q": f"rent {person.postcode}"}, {"q": "rent", "place": person.postcode}],
        "/search/names": [{"q": search}],
        "/topics/{topic}": [{"by": person.word("by"), "place": person.postcode}],
        "/housing": [{"place": person.postcode}],
        "/council-tax": [{"place": person.postcode}],
        "/council-tax/{area}": [{"from": person.postcode}],
        "/council-tax/{gss}/compare": [{"with": person.word("with"), "age": person.birthday}],
        "/help-nearby": [{"place": person.postcode}, {"in": person.word("in")}],
        "/coverage": [{"council": person.word("council")}],
        "/compare": [{"areas": person.postcode}],
        "/compare.csv": [{"areas": person.word("areas")}],
        "/services/{slug}": [{"near": person.postcode}],
        "/services": [{"in": person.postcode, "near": person.postcode}],
        "/help-now": [{"by": person.word("by"), "place": person.postcode}],
        "/join": [{"code": person.word("code")}],
        "/you-said": [{"by": person.word("by")}],
    }
    found: dict[Key, list[Case]] = {("GET", path): [Case()] for path in NOTHING}
    found |= {("GET", path): [Case(query=each) for each in listed] for path, listed in gets.items()}
    found |= {("POST", path): [Case(form=each) for each in listed] for path, listed in posts.items()}
    return found | _of_the_api(person)


def _of_the_api(person: Person) -> dict[Key, list[Case]]:
    """Every operation of the one table, with facts, in its body or its parameters."""
    facts = dict(person.facts)
    wrong = {**facts, "date_of_birth": person.word("day"), person.word("fact"): person.word("value")}
    bodies: dict[str, list[Any]] = {
        "check": [
            {"facts": facts},
            {"facts": wrong},
            {"on": person.word("on"), "facts": facts},
        ],
        "timeline": [{"facts": facts}, {"facts": wrong}],
        "search-posted": [{"q": person.word("search")}, {"q": "rent", "near": person.postcode}],
        "places-posted": [{"q": person.postcode}, {"q": person.word("town")}],
        "services-posted": [{"near": person.postcode}, {"near": person.word("street")}],
    }
    queries: dict[str, list[Mapping[str, str]]] = {
        "search": [{"q": f"rent {person.postcode}"}, {"q": person.word("search"), "near": person.postcode}],
        "places": [{"q": person.postcode}, {"q": person.word("town")}],
        "services": [{"near": person.postcode}],
        "entitlements": [{"topic": person.word("topic")}],
        "entitlement": [{"as_published_on": person.word("day")}, {"lang": person.word("lang")}],
        "service": [{person.word("field"): person.postcode}],
        "council-tax": [{"in": person.postcode}],
        "coverage": [{"council": person.word("council")}],
        "compare": [{"areas": f"{person.postcode},{person.word('area')}"}],
        "facts": [{person.word("field"): person.birthday}],
    }
    return {
        (each.method, each.path): (
            [Case(json=body) for body in bodies[each.name]]
            if each.method == "POST"
            else [Case(query=query) for query in queries[each.name]]
        )
        for each in OPERATIONS
    }
