"""A browser in a few words, so that somebody knows their own again. Pure."""

# The first that is found: Edge also says Chrome, and Chrome also says Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "a Chromebook"), ("Mac OS", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_name(agent: str) -> str:
    """ "Firefox on Windows", from what a browser says of itself; the rest of that is not kept."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "A browser")
    machine = next((name for sign, name in _MACHINES if sign in agent), "")
    return f"{browser} on {machine}" if machine else browser
