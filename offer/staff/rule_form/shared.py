"""The shared pieces of rules (`use`), in words. What each stands for: offer/eligibility/terms.py."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Shared(NamedTuple):
    """A shared piece: what it is called, and whether it names councils."""

    words: str
    names_councils: bool


SHARED: Mapping[str, Shared] = MappingProxyType(
    {
        "care-leaver-of": Shared("Care leavers of a council (with a shorter time in care: ask)", True),
        "young-people-in-care-of": Shared(
            "Care leavers, and those about to leave care, of a council (with a shorter time: ask)", True
        ),
        "in-care-of-now": Shared("In the care of a council now", True),
        "ever-in-care-of": Shared("Ever in the care of a council", True),
        "immigration-for-leaving-care-money": Shared(
            "Right to be in the UK, as the law wants it for leaving care money", False
        ),
        "council-tax-terms": Shared("Council tax terms of the district they live in, on the day", False),
    }
)
