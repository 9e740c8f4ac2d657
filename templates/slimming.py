"""Leaves out of the design system's styles the components that no page uses.

A page that starts to use one takes its name off the list; a test holds the list to
the templates.
"""

import re

UNUSED = (
    "accordion", "accordion-nav", "breadcrumbs", "cookie-banner", "exit-this-page", "exit-this-page-overlay",
    "feedback", "file-upload", "file-upload-button", "file-upload-wrapper", "footer", "generic-header",
    "header", "language-navigation", "notification-banner", "pagination", "panel", "phase-banner",
    "service-navigation", "summary-card", "tabs", "task-list",
)  # fmt: skip
# The component's own class, or one of its parts or kinds: never a longer name that begins alike.
_CLASS = re.compile(rf"\.govuk-(?:{'|'.join(UNUSED)})(?=__|--|[^a-z0-9_-]|$)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_EMPTY_AT_RULE = re.compile(r"@(?:media|supports)[^{}]*\{\}")


def without_unused(css: str) -> str:
    """The style sheet without the selectors of unused components, and without what is then empty."""
    slim = _RULE.sub(_kept, css)
    while (again := _EMPTY_AT_RULE.sub("", slim)) != slim:
        slim = again
    return slim


def _kept(rule: re.Match[str]) -> str:
    if rule[1].lstrip().startswith("@"):
        return rule[0]
    selectors = [part for part in rule[1].split(",") if not _CLASS.search(part)]
    return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""
