"""The catalogues of the languages: read, brought up to date, judged and compiled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from offer.languages.known import TRANSLATED
from templates.translations.extract import HERE

CORE = HERE / "core.txt"
UNCHECKED = """{name} for Care leaver offers.
A first translation. NOT YET CHECKED BY A SPEAKER of the language: see offer/pages/docs/languages.md.
The English term of law stays in brackets, so that reader and adviser can point at the same words.
"""


@dataclass(frozen=True, slots=True)
class Complete:
    """How much of a language there is: `said` of `all` messages."""

    said: int
    all: int


def path_of(code: str) -> Path:
    """The catalogue of a language."""
    return HERE / code / "LC_MESSAGES" / "messages.po"


def read(code: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    path = path_of(code)
    if not path.is_file():
        return _empty(code)
    with path.open("rb") as file:
        return read_po(file, locale=code, ignore_obsolete=True)


def _empty(code: str) -> Catalog:
    """A catalogue with the plural forms of CLDR, which Babel's own table of gettext forms lacks for some."""
    catalog = Catalog(locale=code)
    catalog.mime_headers = [("Plural-Forms", plural_forms(code))]
    return catalog


def write(catalog: Catalog, code: str, name: str) -> None:
    """Write a language's catalogue; its header names the language's own plural forms."""
    path = path_of(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"# {line}\n" for line in UNCHECKED.format(name=name).splitlines())
    head += f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Plural-Forms: {plural_forms(code)}\\n"\n'
    head += '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    with path.open("wb") as file:
        file.write(head.encode())
        write_po(file, catalog, sort_output=True, include_lineno=False, omit_header=True, width=110)


def plural_forms(code: str) -> str:
    """The rule of a language's plurals (Unicode CLDR), as a catalogue's header holds it."""
    return to_gettext(Locale.parse(code).plural_form)


def updated(catalog: Catalog, pot: Catalog) -> Catalog:
    """The language's translations of the messages there are now; a changed sentence loses its own."""
    fresh = _empty(str(catalog.locale))
    for message in spoken_in(pot):
        old = catalog.get(message.id)
        fresh.add(message.id, old.string if old else None, locations=message.locations)
    return fresh


def spoken_in(catalog: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalog if message.id)


def is_said(message: Message | None) -> bool:
    """Whether a message is translated, in each of its plural forms."""
    return message is not None and bool(message.string) and all(forms(message))


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


def core() -> tuple[str, ...]:
    """The messages that every language must say: one a line, as they stand in the catalogue."""
    return tuple(line.replace("\\n", "\n") for line in CORE.read_text("utf-8").splitlines() if line)


def key(message: Message) -> str:
    """A message's English; of one with plural forms, the singular."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def completeness(pot: Iterable[Message], catalog: Catalog) -> Complete:
    """How many of the messages a language says."""
    said = [is_said(catalog.get(message.id)) for message in pot]
    return Complete(sum(said), len(said))


def compiled(folder: Path) -> dict[str, Complete]:
    """Compile every language into `folder`, as the service reads it; how complete each is."""
    folder.mkdir(parents=True)
    found = dict[str, Complete]()
    for language in TRANSLATED:
        catalog = read(language.code)
        found[language.code] = completeness(list(spoken_in(catalog)), catalog)
        _drop_unsaid_plurals(catalog)
        with (folder / f"{language.code}.mo").open("wb") as file:
            write_mo(file, catalog)
    return found


def _drop_unsaid_plurals(catalog: Catalog) -> None:
    """Babel compiles a plural without a translation to its English, which no page could tell from one."""
    unsaid = [each for each in catalog if each.pluralizable and not is_said(each)]
    for message in unsaid:
        catalog.delete(message.id, message.context)
