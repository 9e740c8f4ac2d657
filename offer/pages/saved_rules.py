"""The rules for a phone's saved list: those of `offer/pack.py`, each condition written once.

Many entries share a condition ("you are 16 to 24"), so a saved list numbers them: `leaves` holds
each, and a rule names its number. The law of each condition is left out, as it is on the results.
`templates/js/offline/saved.mjs` puts the rules together again.
"""

import json
from typing import Any

Data = dict[str, Any]
_LEFT_OUT = ("id", "cite")


def folded(pack: Data) -> Data:
    """A pack of rules whose conditions stand once, in `leaves`; nothing else is changed."""
    leaves = _Leaves()
    rules = {slug: leaves.numbered(rule) for slug, rule in pack["rules"].items()}
    stretches = [
        {"from": each["from"], "rules": {slug: leaves.numbered(rule) for slug, rule in each["rules"].items()}}
        for each in pack["stretches"]
    ]
    return {**pack, "rules": rules, "stretches": stretches, "leaves": leaves.all}


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
