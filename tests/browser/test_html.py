"""That the validator sees what is not valid; every page is held to it in test_sights.py."""

from tests.browser.validator import Validator

BROKEN = """<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>
<p id="a"><div id="a"></div></p><img src="x.png"><ul><p>in a list</p></ul></body></html>"""


def test_the_validator_sees_what_is_not_valid(validator: Validator) -> None:
    found = "\n".join(validator.faults(BROKEN))
    assert all(rule in found for rule in ("no-dup-id", "element-permitted-content", "wcag/h37"))
