"""The public pages: route → view → pure function → view model → template."""
