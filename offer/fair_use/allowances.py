"""Which addresses are costly or can be guessed, and how often they may be asked for: the one table of it.

From one place: enough for a hostel of sixty people, each with a page every ten seconds, for a whole
council behind one address, and for the few care leavers among the thousand phones that a mobile carrier
puts behind one. From everywhere together: about what one process can work off, so that nobody waits in a
long line; several processes count apart. Reading pages is not counted: they cost little, and help must be
there when a lot of people need it.
The times of work below are estimates from reading the code, not measured: `make load` measures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from offer.fair_use.rate import Rate


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often something may be asked for from one place, and from everywhere in one process."""

    name: str
    from_one_place: Rate
    from_everywhere: Rate


# A list for one person: some 10 to 30 ms of work.
ANSWERS = Allowance("answers", Rate(360, 360), Rate(1_000, 3_000))
# A search, or the names that it suggests at each letter: 2 to 10 ms.
SEARCHES = Allowance("searches", Rate(600, 600), Rate(2_000, 6_000))
# Calls of other systems, some of which ask for everybody they look after: 1 to 10 ms.
CALLS = Allowance("calls", Rate(600, 600), Rate(6_000, 30_000))
# The whole list of a council for a phone without signal: packing it takes a quarter of a second.
SAVED_LISTS = Allowance("saved lists", Rate(120, 60), Rate(120, 180))
# Beginning a visit and trying a code each take 20 ms on purpose; a code alone opens nothing.
VISITS = Allowance("visits", Rate(60, 60), Rate(600, 600))
VISIT_DEEDS = Allowance("answers in a visit", Rate(600, 600), Rate(1_000, 3_000))
# Reports are written to the database and read by people: 5,000 a day are more than anybody reads.
REPORTS = Allowance("reports", Rate(30, 1), Rate(500, 3.5))
THANKS = Allowance("thanks", Rate(60, 6), Rate(500, 60))
# Codes of reports: 55 thousand million, and what they open names nobody.
REPORT_CODES = Allowance("codes of reports", Rate(60, 6), Rate(600, 300))
# Each try takes 64 MiB and a tenth of a second, two at once; offer/staff/tries.py counts wrong ones.
SIGN_INS = Allowance("sign-ins", Rate(60, 30), Rate(120, 300))

Key = tuple[str, str]  # method and path of a route


def _all(allowance: Allowance, *paths: str, methods: str = "POST") -> dict[Key, Allowance]:
    return {(method, path): allowance for method in methods.split() for path in paths}


ALLOWANCES: Mapping[Key, Allowance] = MappingProxyType(
    _all(
        ANSWERS,
        "/results", "/adviser", "/entitlements/{slug}", "/what-happens-when", "/what-happens-when/calendar",
        "/print", "/print/plan", "/print/custody", "/housing", "/council-tax", "/council-tax/{gss}/compare",
        "/help-nearby", "/remember",
    )
    | _all(SEARCHES, "/search", methods="GET POST")
    | _all(SEARCHES, "/search/names", methods="GET")
    | _all(CALLS, "/api/v1/check", "/api/v1/timeline")
    | _all(CALLS, "/api/v1/search", "/api/v1/places", "/api/v1/services", methods="GET POST")
    | _all(CALLS, "/api/v1/compare", "/api/v1/coverage", "/api/v1/entitlements", methods="GET")
    | _all(SAVED_LISTS, "/pack/saved", "/pack/council/{code}", "/pack/rules", methods="GET")
    | _all(VISITS, "/visit", "/join", "/visit/{visit}/knock")
    | _all(
        VISIT_DEEDS,
        "/visit/{visit}/answer", "/visit/{visit}/leave-out", "/visit/{visit}/point", "/visit/{visit}/admit",
        "/visit/{visit}/turn-away", "/visit/{visit}/language", "/visit/{visit}/leave", "/visit/{visit}/wipe",
        "/visit/{visit}/enter",
    )
    | _all(REPORTS, "/entitlements/{slug}/feedback", "/services/{slug}/feedback")
    | _all(REPORT_CODES, "/feedback")
    | _all(REPORT_CODES, "/feedback/{code}", methods="GET")
    | _all(SIGN_INS, "/staff/sign-in", "/staff/invitation/{key}")
    | _all(SIGN_INS, "/staff/sign-in/council", "/staff/sign-in/council/back", methods="GET")
)  # fmt: skip
# Here the view asks `too_soon` itself: the form comes back with what was typed in it.
ASKED_IN_THE_VIEW = (REPORTS, THANKS)
