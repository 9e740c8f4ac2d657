"""Bring the catalogues up to date with the words there are.

python -m templates.translations           write messages.pot and every language's messages.po
python -m templates.translations --core    and promise today's words of a first visit in every language,
                                           with whatever every language says by now
"""

import sys

from babel.messages.catalog import Catalog

from offer.languages.known import TRANSLATED
from templates.translations.catalogues import (
    CORE,
    completeness,
    is_said,
    key,
    read,
    spoken_in,
    updated,
    write,
)
from templates.translations.extract import template, write_pot

# What a first visit meets, alone, with an adviser or without signal: a language is not offered before it
# says all of this.
FIRST_VISIT = (
    "templates/layout.html", "templates/pages/start.html", "templates/pages/results.html",
    "templates/pages/help-now.html", "templates/pages/error.html", "templates/parts/fields.html",
    "templates/parts/outcomes.html", "templates/parts/locate.html", "templates/parts/keep.html",
    "templates/parts/safe.html", "templates/parts/told.html", "templates/parts/question.html",
    "offer/pages/rendering.py", "offer/pages/start.py", "offer/pages/results.py", "offer/pages/told.py",
    "offer/pages/asking.py",
    "offer/pages/blocks.py", "offer/pages/dates_said.py", "offer/pages/forms.py",
    "offer/pages/person_form.py", "offer/pages/typed_values.py", "offer/errors.py",
    "directory/data/help_now.yaml",
    "templates/pages/entry.html", "offer/pages/entry.py", "offer/pages/entry_mine.py",
    "offer/pages/entry_words.py", "templates/pages/easy.html",
    "templates/pages/no-signal.html", "templates/parts/lost.html", "templates/parts/save.html",
    "templates/pages/visit.html", "templates/pages/visit-begin.html", "templates/pages/visit-door.html",
    "templates/pages/visit-join.html", "templates/pages/visit-left.html", "templates/parts/visit-room.html",
    "offer/pages/visit_door.py", "offer/pages/visit_room.py", "offer/pages/visit_answers.py",
)  # fmt: skip


def main() -> int:
    """Write everything; print how complete each language is."""
    pot = template()
    write_pot(pot)
    if "--core" in sys.argv:
        CORE.write_text("".join(f"{line}\n" for line in _promised(pot)), "utf-8")
    messages = list(spoken_in(pot))
    for language in TRANSLATED:
        catalog = updated(read(language.code), pot)
        write(catalog, language.code, language.name)
        done = completeness(messages, catalog)
        print(f"{language.code:4} {done.said:5} of {done.all}  {language.name}")
    return 0


def _promised(pot: Catalog) -> list[str]:
    """The words that no language may lose again: a first visit's, and those that all of them say."""
    catalogs = [read(language.code) for language in TRANSLATED]
    met = (
        message
        for message in spoken_in(pot)
        if {file for file, _ in message.locations} & {*FIRST_VISIT}
        or all(is_said(catalog.get(message.id)) for catalog in catalogs)
    )
    return sorted(key(message).replace("\n", "\\n") for message in met)


if __name__ == "__main__":
    sys.exit(main())
