"""The rules for a phone's saved list: each condition written once, and what is alike side by side.

The rules are those of `offer/pack.py`. Many entries share a condition ("you are 16 to 24"), so a
saved list numbers them: `leaves` holds each, and a rule names its number. The law of each condition
is left out, as it is on the results. What is alike in kind packs smaller side by side, so entries
and facts lie in columns, by field.
`templates/js/offline/saved.mjs` puts the rules together again.
"""

import json
from collections.abc import Sequence
from typing import Any

Data = dict[str, Any]
_LEFT_OUT = ("id", "cite")


def folded(pack: Data) -> Data:
    """A pack of rules whose conditions stand once, in `leaves`, and whose facts lie in columns."""
    leaves = _Leaves()
    rules = {slug: leaves.numbered(rule) for slug, rule in pack["rules"].items()}
    stretches = [
        {"from": each["from"], "rules": {slug: leaves.numbered(rule) for slug, rule in each["rules"].items()}}
        for each in pack["stretches"]
    ]
    facts = columns(pack["facts"])
    return {**pack, "facts": facts, "rules": rules, "stretches": stretches, "leaves": leaves.all}


def columns(rows: Sequence[Data]) -> Data:
    """Records by field: {"title": [of the first, of the second…]}, None for what a record does not have."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


class _Leaves:
    """Conditions by number, in the order in which they were met."""

    def __init__(self) -> None:
        self.all: list[Data] = []
        self._numbers: dict[str, int] = {}

    def numbered(self, node: Data) -> Data | int:
        """The rule with the number of each condition in its place."""
        for kind in ("all", "any"):
            if kind in node:
                return {kind: [self.numbered(part) for part in node[kind]]}
        return {"not": self.numbered(node["not"])} if "not" in node else self._number(node)

    def _number(self, leaf: Data) -> int:
        kept = {name: value for name, value in leaf.items() if name not in _LEFT_OUT}
        key = json.dumps(kept, sort_keys=True)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(kept)
        return self._numbers[key]
