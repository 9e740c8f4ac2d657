"""Shared conditions, written once and spelt out before a rule is compiled.

`{id: x, use: care-leaver-of, authority: E06000047}` becomes the tree it stands
for, with ids below `x`. The council tax rows are chosen by date here, and only
here, so that every reader of a rule sees one tree.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from offer.eligibility.rule import RuleError

Tree = dict[str, Any]

_LEAVING_CARE = "Children Act 1989 s.23A to s.24B"
_QUALIFYING = ["qualifying_sgo", "qualifying_other", "past_qualifying"]


@dataclass(frozen=True, slots=True)
class CouncilTaxRow:
    """One district's care leaver discount for a stretch of dates: start inclusive, end exclusive.

    `authority` is the council that has the district's children's services. A null
    `age_before` means the rule was not found, or is too weak to show.
    """

    district: str
    district_name: str
    authority: str
    start: date | None
    end: date | None
    age_before: int | None
    who: str  # own, any, own-and-neighbours, not-stated
    asks: tuple[str, ...]
    cite: str

    def in_force(self, on: date) -> bool:
        """Whether the row is the district's rule on that day."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Terms:
    """What shared conditions read: the council tax rows and the day."""

    on: date
    council_tax: tuple[CouncilTaxRow, ...] = ()

    def rows(self) -> tuple[CouncilTaxRow, ...]:
        """The rows in force on the day, by district; of two that overlap, the one with the newest start.

        Rows of one district with the same start stand side by side, as "to 21" and
        "to 25, if the council agrees": either may hold.
        """
        newest = dict[str, date]()
        in_force = [row for row in self.council_tax if row.in_force(self.on)]
        for row in in_force:
            begun = row.start or date.min
            newest[row.district] = max(begun, newest.get(row.district, begun))
        kept = [row for row in in_force if (row.start or date.min) == newest[row.district]]
        return tuple(sorted(kept, key=lambda row: (row.district, row.age_before or 0)))


def changes(rows: Iterable[CouncilTaxRow]) -> tuple[date, ...]:
    """The days on which some row starts or ends: a rule is compiled once for each stretch between."""
    return tuple(sorted({day for row in rows for day in (row.start, row.end) if day is not None}))


def resolve(rule: Mapping[str, Any], terms: Terms, path: str = "rule") -> Tree:
    """The rule with each `use` spelt out. Raises RuleError for an unknown condition."""
    if not isinstance(rule, Mapping):
        raise RuleError(path, "must be a mapping")
    if "use" in rule:
        return _spelt_out(rule, terms, path)
    tree = dict(rule)
    for key in ("all", "any"):
        if isinstance(tree.get(key), list):
            tree[key] = [resolve(part, terms, f"{path}.{key}[{n}]") for n, part in enumerate(tree[key])]
    if "not" in tree:
        tree["not"] = resolve(tree["not"], terms, f"{path}.not")
    return tree


def _spelt_out(node: Mapping[str, Any], terms: Terms, path: str) -> Tree:
    condition = CONDITIONS.get(str(node["use"]))
    if condition is None:
        raise RuleError(f"{path}.use", f"'{node['use']}' is not a shared condition")
    if not isinstance(node.get("id"), str):
        raise RuleError(f"{path}.id", "is missing")
    unknown = set(node) - {"id", "use", "why", "cite", "authority"}
    if unknown:
        raise RuleError(path, f"does not know {', '.join(sorted(unknown))}")
    tree = condition(node, terms, path)
    for key in ("why", "cite"):
        if key in node:
            tree[key] = node[key]
    return tree


def _authorities(node: Mapping[str, Any], path: str) -> list[str]:
    given = node.get("authority")
    values = [given] if isinstance(given, str) else given
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise RuleError(f"{path}.authority", "needs a council's code or a list of them")
    return values


def _council(node: Mapping[str, Any], path: str) -> Tree:
    return {
        "id": f"{node['id']}.council",
        "fact": "responsible_authority",
        "in": _authorities(node, path),
        "cite": node.get("cite", "Children Act 1989 s.23A(4), s.23C"),
    }


def _status(name: str, values: Sequence[str], cite: str) -> Tree:
    return {"id": name, "fact": "care_status", "in": list(values), "cite": cite}


def _by_status(node: Mapping[str, Any], path: str, holds: Sequence[str]) -> Tree:
    """These statuses hold; a qualifying person asks, because councils differ."""
    name = node["id"]
    asks = {
        "id": f"{name}.qualifying",
        "all": [
            _status(f"{name}.qualifying-status", _QUALIFYING, "Children Act 1989 s.24, s.24B"),
            {"id": f"{name}.councils-differ",
             "ask": "Councils differ on whether they count people with your time in care: ask yours."},
        ],
    }  # fmt: skip
    status = {"id": f"{name}.status", "any": [_status(f"{name}.care-leaver", holds, _LEAVING_CARE), asks]}
    return {"id": name, "all": [_council(node, path), status]}


def _care_leaver_of(node: Mapping[str, Any], _: Terms, path: str) -> Tree:
    return _by_status(node, path, ["relevant", "former_relevant"])


def _young_people_in_care_of(node: Mapping[str, Any], _: Terms, path: str) -> Tree:
    return _by_status(node, path, ["eligible", "relevant", "former_relevant"])


def _in_care_of_now(node: Mapping[str, Any], _: Terms, path: str) -> Tree:
    return _with_fact(node, path, "currently_looked_after", "Children Act 1989 s.22(1)")


def _ever_in_care_of(node: Mapping[str, Any], _: Terms, path: str) -> Tree:
    return _with_fact(node, path, "ever_looked_after", "Children Act 1989 s.22(1)")


def _with_fact(node: Mapping[str, Any], path: str, fact: str, cite: str) -> Tree:
    leaf = {"id": f"{node['id']}.care", "fact": fact, "is": True, "cite": cite}
    return {"id": node["id"], "all": [_council(node, path), leaf]}


def _immigration(node: Mapping[str, Any], _: Terms, __: str) -> Tree:
    """Adults with no leave and appeals used up get money and housing only after an assessment."""
    name, cite = node["id"], "Nationality, Immigration and Asylum Act 2002 Sch.3"
    settled = ["citizen_or_settled", "leave_public_funds", "leave_nrpf", "asylum_pending"]
    assessed = [
        {
            "id": f"{name}.used-up",
            "fact": "immigration",
            "in": ["no_leave_appeal_rights_exhausted"],
            "cite": cite,
        },
        {"id": f"{name}.assessed", "fact": "human_rights_assessment_supports", "is": True, "cite": cite},
    ]
    return {
        "id": name,
        "any": [
            {"id": f"{name}.under-18", "fact": "age_years", "before": 18, "cite": cite},
            {"id": f"{name}.leave", "fact": "immigration", "in": settled, "cite": cite},
            {"id": f"{name}.assessment", "all": assessed},
        ],
    }


def _council_tax(node: Mapping[str, Any], terms: Terms, _: str) -> Tree:
    """Each district's own terms on the day; a district whose rule we do not hold asks."""
    name, rows = node["id"], terms.rows()
    groups = dict[tuple[object, ...], list[CouncilTaxRow]]()
    for row in rows:
        groups.setdefault(_same_terms(row), []).append(row)
    branches = [_district_terms(_branch_name(name, group[0]), group) for group in groups.values()]
    districts = sorted({row.district for row in rows})
    ask = {"id": f"{name}.not-held.ask", "ask": _ASK_DISTRICT, "cite": _COUNCIL_TAX_POWER}
    branches.append(
        {"id": f"{name}.not-held", "all": [_elsewhere(name, districts), ask]} if districts else ask
    )
    return {"id": name, "any": branches}


def _branch_name(name: str, row: CouncilTaxRow) -> str:
    """Unique among the branches: a district's rows that stand side by side differ in age."""
    return f"{name}.{row.district.lower()}.{row.age_before or 'ask'}"


_COUNCIL_TAX_POWER = "Local Government Finance Act 1992 s.13A(1)(c)"
_ASK_DISTRICT = "We do not hold this council's own rule: ask its council tax team about care leavers."
_ASK_OTHERS = "Ask this council whether it counts people who were looked after by another council."


def _elsewhere(name: str, districts: list[str]) -> Tree:
    inside = {"id": f"{name}.held", "fact": "lives_in", "in": districts, "cite": _COUNCIL_TAX_POWER}
    return {"id": f"{name}.elsewhere", "not": inside}


def _same_terms(row: CouncilTaxRow) -> tuple[object, ...]:
    """Districts with the same key share a branch; own-only rules are also one council's."""
    own = row.authority if row.who != "any" and row.age_before is not None else None
    cite = row.cite if row.age_before is not None else None
    return row.age_before, row.who if row.age_before is not None else None, row.asks, own, cite


def _district_terms(name: str, rows: Sequence[CouncilTaxRow]) -> Tree:
    first = rows[0]
    lives = {
        "id": f"{name}.lives",
        "fact": "lives_in",
        "in": [row.district for row in rows],
        # Districts whose terms we do not know stand together: no one page is the source for all.
        "cite": _COUNCIL_TAX_POWER if first.age_before is None else first.cite,
    }
    if first.age_before is None:
        ask = "We know this council may have a discount, but not its terms: ask its council tax team."
        return {"id": name, "all": [lives, {"id": f"{name}.ask", "ask": ask, "cite": _COUNCIL_TAX_POWER}]}
    parts: list[Tree] = [
        lives,
        {"id": f"{name}.age", "fact": "age_years", "before": first.age_before, "cite": first.cite},
        *_whose(name, first),
        *({"id": f"{name}.ask-{n}", "ask": text, "cite": first.cite} for n, text in enumerate(first.asks)),
    ]
    return {"id": name, "all": parts}


def _whose(name: str, row: CouncilTaxRow) -> list[Tree]:
    """Whose care leavers count: anybody's, the council's own, or its own for sure and others on asking."""
    if row.who == "any":
        return []
    own = {"id": f"{name}.own", "fact": "responsible_authority", "in": [row.authority], "cite": row.cite}
    if row.who == "own":
        return [own]
    others = {"id": f"{name}.others", "ask": _ASK_OTHERS, "cite": row.cite}
    return [{"id": f"{name}.whose", "any": [own, others]}]


CONDITIONS: Mapping[str, Callable[[Mapping[str, Any], Terms, str], Tree]] = {
    "care-leaver-of": _care_leaver_of,
    "young-people-in-care-of": _young_people_in_care_of,
    "in-care-of-now": _in_care_of_now,
    "ever-in-care-of": _ever_in_care_of,
    "immigration-for-leaving-care-money": _immigration,
    "council-tax-terms": _council_tax,
}
