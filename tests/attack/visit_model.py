"""A visit as it is promised, in plain values: who is in, who waits, what stands. No database, no keys."""

from dataclasses import dataclass, field
from datetime import datetime

from offer.visits.joining import MOST_KNOCKS
from offer.visits.shared import Role, other
from offer.visits.store import LASTS


@dataclass(slots=True)
class Model:
    """One visit from its beginning. People are known by their name here.

    `members`: who is let in, with their role; `inside`: those of them who have come in; `keyed`: whose tab
    has the private key they wait with. `typed`: the answers that stand; `given`: whose each is.
    """

    begun: datetime
    members: dict[str, Role]
    inside: set[str]
    waiting: set[str] = field(default_factory=set)
    keyed: set[str] = field(default_factory=set)
    away: set[str] = field(default_factory=set)  # who still holds the cookie of a knock that is gone
    knocks: int = 0
    open: bool = True
    over: bool = False
    typed: dict[str, str] = field(default_factory=dict)
    given: dict[str, Role] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    pointer: str = ""

    def page(self, who: str) -> str:
        """What somebody sees at the visit's address: "room", "handed", "waiting", "ask" or "over"."""
        if self.over or who in self.away:
            return "over"
        if who in self.members:
            return "handed" if who in self.keyed - self.inside else "room"
        return "waiting" if who in self.waiting else "ask"

    def look(self, who: str) -> None:
        """Whoever was let in comes in when they look again, if their cookie has the key to what is handed."""
        if not self.over and who in self.members and who not in self.keyed:
            self.inside.add(who)

    def come_in(self, who: str) -> int:
        """What the tab opened is sent."""
        if self.over or who in self.away:
            return 410
        if who in self.inside or (who in self.members and who in self.keyed):
            self.inside.add(who)
            return 200
        return 403

    def knock(self, who: str, *, keyed: bool = False, lost: bool = False) -> None:
        if self.over or who in self.inside:
            return
        if who in self.members and lost:
            del self.members[who]
            self.over = not self.members
            self.waiting.add(who)
            self._waits_with(who, keyed=keyed)
        elif who in self.waiting:
            self._waits_with(who, keyed=keyed)
        elif who not in self.members and self.open and self.knocks < MOST_KNOCKS:
            self.waiting.add(who)
            self.away.discard(who)
            self.knocks += 1
            self._waits_with(who, keyed=keyed)
        self.look(who)

    def _waits_with(self, who: str, *, keyed: bool) -> None:
        (self.keyed.add if keyed else self.keyed.discard)(who)

    def status(self, who: str) -> int:
        """What a deed is answered with, as far as who does it is concerned."""
        if self.over:
            return 410
        return 200 if who in self.inside else 403

    def admit(self, who: str, whom: str) -> int:
        if (status := self.status(who)) != 200:
            return status
        if len(self.members) > 1 or whom not in self.waiting:
            return 422
        self.away |= self.waiting - {whom}
        self.waiting, self.open = set(), False
        self.members[whom] = other(self.members[who])
        return 200

    def turn_away(self, who: str, whom: str) -> int:
        if (status := self.status(who)) == 200 and whom in self.waiting:
            self.waiting.remove(whom)
            self.away.add(whom)
        return status

    def answer(self, who: str, question: str, text: str) -> int:
        if (status := self.status(who)) != 200:
            return status
        if self.typed.get(question) == text:
            return 200
        if question in self.left_out and self.members[who] == "adviser":
            return 422
        self.typed[question], self.given[question] = text, self.members[who]
        self.left_out.discard(question)
        return 200

    def leave_out(self, who: str, question: str) -> int:
        if (status := self.status(who)) != 200:
            return status
        if self.members[who] != "young_person":
            return 422
        self.typed.pop(question, None)
        self.given.pop(question, None)
        self.left_out.add(question)
        return 200

    def point(self, who: str, at: str) -> int:
        if (status := self.status(who)) == 200:
            self.pointer = at
        return status

    def leave(self, who: str) -> int:
        if (status := self.status(who)) == 200:
            del self.members[who]
            self.inside.remove(who)
            self.over = not self.members
        return status

    def wipe(self, who: str) -> int:
        if (status := self.status(who)) == 200:
            self.over = True
        return status

    def clock(self, now: datetime) -> None:
        self.over = self.over or now >= self.begun + LASTS
