"""The rules of one edition as data for a phone: England's entries and those of up to two councils.

The phone's twin (templates/js/twin) answers from this alone, with no network. Shared
conditions are written out and every sentence is ready-made, so that nothing of the law
or of its wording is written twice. The facts of nobody are in it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from offer.eligibility.evaluate import Step
from offer.eligibility.fact import Fact, Value
from offer.eligibility.facts import FACTS
from offer.eligibility.implications import AGE_FLOORS, IMPLICATIONS
from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Leaf, Node, Not
from offer.eligibility.stated_dates import ENDINGS, Ending
from offer.eligibility.wording import Names, Wording
from offer.entitlements.amounts import Worth, amount_days
from offer.entitlements.in_force import doubt_days, validity_days
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.entry_day import entry_day
from offer.notes import notes_on
from offer.published import Published
from offer.questions import FIRST, SENSITIVE, question
from offer.reasons import reasons
from offer.validity import TOO_LATE

FORMAT = 2  # what templates/js/twin/twin.mjs reads; another number when a field changes its meaning
Data = dict[str, Any]

_WORDS = {
    "unreadable": "We could not read this answer, so it counts as not known.",
    "birth": "Check the date of birth: it is in the future, or more than 120 years ago.",
    "care": "Some of your answers about care do not fit together.",
    "too_late": TOO_LATE,
}
_AREAS = tuple(fact.name for fact in FACTS.values() if fact.type == "area")
_NOTED: tuple[tuple[str, Data, Value], ...] = (
    # fact, the test under which a note is said, and one value of it
    ("age_years", {"before": 16}, 15),
    ("age_years", {"from": 26}, 26),
    *(
        (fact, {"in": [nation]}, nation)
        for fact in ("residence_nation", "responsible_authority_nation")
        for nation in ("wales", "scotland", "northern_ireland")
    ),
)


def pack(published: Published, today: date, by: str | None = None, lives_in: str | None = None) -> Data:
    """Everything the twin needs, as JSON data; takes some 50 ms.

    `by`: GSS code of the council that looked after somebody; `lives_in`: of a district.
    `valid_until` is the first day on which some rule, law or figure of the catalogue changes;
    what counts from then on is in `stretches` and in the entries' `stands` too, so that an old
    pack still answers rightly. `law_days` are all days on which a rule changes or a law starts or ends.
    """
    codes = (by, lives_in, _upper(published, lives_in, today) if lives_in else None)
    return _pack(published, today, published.entries_for(by, lives_in, today), codes)


def pack_of_council(published: Published, today: date, by: str) -> Data:
    """The same for everybody whom a council looked after and who lives in any of its districts."""
    districts = [
        district.gss
        for district in published.places.districts(today)
        if _upper(published, district.gss, today) == by
    ]
    entries = {
        entry.id: entry for each in (by, *districts) for entry in published.entries_for(by, each, today)
    }
    return _pack(published, today, [*entries.values()], (by, *districts))


def _pack(
    published: Published, today: date, entries: Sequence[Entitlement], codes: Iterable[str | None]
) -> Data:
    later = [start for start in published.rulebook.starts if start > today]
    law_days = [day for day in published.stretch_starts if day > today]
    changes = [day for day in (*law_days, *published.amount_days) if day > today]
    upper = {
        district.gss: _upper(published, district.gss, today) for district in published.places.districts(today)
    }
    return {
        "format": FORMAT,
        "catalogue_version": published.version,
        "made_on": today.isoformat(),
        "valid_until": min(changes).isoformat() if changes else None,
        "councils": sorted({ENGLAND, *filter(None, codes)}),
        "entries": [_entry(entry, today) for entry in entries],
        "law_days": [day.isoformat() for day in law_days],
        **_rules(published, entries, [today, *later]),
        "facts": [_fact(fact) for fact in FACTS.values()],
        "implications": [[rule.fact, list(rule.values), rule.then, rule.is_] for rule in IMPLICATIONS],
        "age_floors": [list(floor) for floor in AGE_FLOORS],
        "endings": [_ending(ending) for ending in ENDINGS],
        "questions": {"first": list(FIRST), "weights": list(SENSITIVE)},
        "tested": {
            "ages": list(published.ages),
            "ages_in_months": list(published.ages_in_months),
            "days_to_18": list(published.days_to_18),
            "ages_on_31_august": list(published.ages_on_31_august),
        },
        "notes": [{"fact": fact, **test, "text": notes_on({fact: value})[0]} for fact, test, value in _NOTED],
        "open_places": {name: _open_place(name, published.names) for name in _AREAS},
        "words": _WORDS,
        "names": dict(published.names),
        "upper": upper,
    }


def _ending(ending: Ending) -> Data:
    """What a stated date puts an end to. `along`: [fact, value, facts that end with it]."""
    return {
        "date": ending.date_fact,
        "state": ending.state,
        "outside": list(ending.outside),
        "over": sorted(ending.over),
        "along": [[fact, value, sorted(over)] for fact, value, over in ending.along],
    }


def _upper(published: Published, district: str, today: date) -> str:
    authority = published.places.authority_of(district, today)
    return authority.gss if authority else district


def _entry(entry: Entitlement, today: date) -> Data:
    """What an offline list shows of an entry. `stands`: what its dates make of it, from each day on."""
    days = sorted({*validity_days([entry]), *amount_days([entry]), *doubt_days([entry])})
    stands = [_stand(entry, day) for day in (today, *(day for day in days if day > today))]
    return {
        "slug": entry.id,
        "part_of": entry.part_of,
        "title": entry.title,
        "summary": entry.summary,
        "topic": entry.topic,
        "authority": entry.authority,
        "areas": entry.areas,
        "ask": entry.ask,
        "begins": _iso(entry.begins),
        "ends": _iso(entry.ends),
        "stands": [{**stands[0], "from": None}, *stands[1:]],
    }


def _stand(entry: Entitlement, day: date) -> Data:
    """An entry from a day on.

    `certain`: whether it can be a yes at all; `against`: why its dates keep it from one.
    """
    then = entry_day(entry, day)
    return {
        "from": day.isoformat(),
        "standing": then.standing,
        "strength": then.strength,
        "certain": then.certain,
        "against": [reason._asdict() for reason in then.against],
        "warnings": list(then.warnings),
        "worth": _worth(then.worth),
    }


def _worth(worth: Worth | None) -> Data | None:
    if worth is None:
        return None
    now, after = (each.model_dump(mode="json") if each else None for each in (worth.amount, worth.after))
    return {"text": worth.text, "amount": now, "old": worth.old, "after": after}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _rules(published: Published, entries: Sequence[Entitlement], days: Sequence[date]) -> Data:
    """Rules that stay the same whatever the day once, and those of each stretch by themselves."""
    sets = [published.rules_on(day) for day in days]
    fixed = [entry.id for entry in entries if all(each[entry.id] is sets[0][entry.id] for each in sets)]
    dated = [entry.id for entry in entries if entry.id not in fixed]
    starts = [None, *(day.isoformat() for day in days[1:])]
    return {
        "rules": {slug: tree(sets[0][slug].node, published.names) for slug in fixed},
        "stretches": [
            {"from": start, "rules": {slug: tree(rules[slug].node, published.names) for slug in dated}}
            for start, rules in zip(starts, sets, strict=True)
        ],
    }


def tree(node: Node, names: Names, *, negated: bool = False) -> Data:
    """A rule as the twin reads it: the grammar of rule.py, each leaf with its sentence (`text`).

    `own`: the sentence is said even where what the person said fits the condition.
    """
    match node:
        case AllOf(parts=parts):
            return {"all": [tree(part, names, negated=negated) for part in parts]}
        case AnyOf(parts=parts):
            return {"any": [tree(part, names, negated=negated) for part in parts]}
        case Not(part=part):
            return {"not": tree(part, names, negated=not negated)}
        case _:
            return {"id": node.id, **_test(node), **_words(node, names, negated)}


def _test(leaf: Leaf) -> Data:
    match leaf:
        case Ask(text=text):
            return {"ask": text}
        case Is(fact=fact, value=value):
            return {"fact": fact, "is": value}
        case In(fact=fact, values=values):
            return {"fact": fact, "in": sorted(values)}
        case Between(fact=fact, start=start, before=before):
            ends = {"from": start, "before": before}
            return {"fact": fact} | {
                name: end.isoformat() if isinstance(end, date) else end
                for name, end in ends.items()
                if end is not None
            }


def _words(leaf: Leaf, names: Names, negated: bool) -> Data:
    words: Data = {"text": Wording({}, names).reason(Step(leaf, None, negated))}
    if leaf.cite:
        words["cite"] = leaf.cite
    if leaf.why or isinstance(leaf, Between):
        words["own"] = True
    return words


def _open_place(fact: str, names: Names) -> str:
    """What is said while nobody knows where somebody lives, or which council looked after them."""
    leaf = In(id=fact, fact=fact, values=frozenset({ENGLAND}))
    return reasons([Step(leaf, None)], Wording({}, names))[0].text


def _fact(fact: Fact) -> Data:
    """One fact of the registry: how to ask for it, read it and say it back."""
    data: Data = {
        "name": fact.name,
        "type": fact.type,
        "question": fact.question,
        "why": fact.why,
        "options": [{"value": each.value, "you": each.you} for each in fact.options],
        "answers": [{"value": each.value, "label": each.label} for each in question(fact, 0).options],
        "yes": fact.yes,
        "no": fact.no,
        "sensitivity": fact.sensitivity,
        "needs": [[gate.fact, list(gate.allowed)] for gate in fact.needs],
        "derived": fact.derived,
        "inputs": list(fact.inputs),
        "unit": fact.unit,
        "most": fact.most,
    }
    always = ("sensitivity", "derived", "options", "needs", "inputs")
    return {name: value for name, value in data.items() if name in always or value not in (None, "")}
