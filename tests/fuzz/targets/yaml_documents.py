"""Files of the catalogue: refused with a line and a reason, or a document that is written the same again."""

from pathlib import Path

from offer.catalogue.documents import KINDS, body_of, slug_of, text_of
from offer.catalogue.files import FileRecord, file_text, read_raw
from offer.catalogue.yaml_text import YamlFault, read, write_part
from offer.published import Published
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target

_KINDS = tuple(KINDS.values())
_MARKS = (
    "---\n", "...", "&a ", "*a", "!!str ", "!python/object:os.system ", "? ", "- ", ": ", "|\n", ">-\n",
    "<<: ",
    "\t", "'", '"', "{", "}", "[", "]", "#", "%YAML 1.1\n", "\ufeff", "0o17", "1_000", "12:30", "no", "~",
    ".inf",
)  # fmt: skip
_WORDS = tuple(dict.fromkeys(name for kind in _KINDS for name in kind.model.model_fields))


def make(published: Published) -> Feed:
    held = {
        "entitlement": [body_of(each) for each in published.entries.values()],
        "organisation": [body_of(each) for each in published.organisations.values()],
        "location": [body_of(each) for each in published.locations.values()],
        "service": [body_of(each.record) for each in published.services.values()],
    }

    def feed(data: bytes) -> None:
        choices = Choices(data)
        kind, way = choices.one_of(_KINDS), choices.number(4)
        if way == 0:
            raw = choices.rest()
        else:
            body = choices.damaged(choices.one_of(held[kind.name]), _WORDS)
            raw = write_part(body).encode("utf-8", "surrogatepass")
            raw = _noisy(raw, choices) if way == 1 else raw
        found = read_raw(kind, Path(f"{_name_in(raw)}.yaml"), raw)
        if not isinstance(found, FileRecord):
            assert found and all(each.reason and each.line >= 1 for each in found)
            return
        text = file_text(found.document)
        again = read_raw(kind, Path(f"{slug_of(found.document)}.yaml"), text.encode())
        assert isinstance(again, FileRecord), again
        assert again.document == found.document and file_text(again.document) == text
        assert text_of(again.document).encode() == text_of(found.document).encode()

    return feed


def _noisy(raw: bytes, choices: Choices) -> bytes:
    """The text with a mark of YAML, or a few bytes, somewhere in it."""
    at = choices.number(len(raw) + 1)
    mark = choices.one_of(_MARKS).encode() if choices.number(2) else choices.rest()
    return raw[:at] + mark + raw[at:]


def _name_in(raw: bytes) -> str:
    """The id in a file, which is what it has to be called."""
    try:
        data = read(raw.decode("utf-8-sig", "replace")).data
    except YamlFault:
        return "none"
    name = data.get("id") if isinstance(data, dict) else None
    return name.replace("/", "-").replace("\0", "-") if isinstance(name, str) and name else "none"


TARGET = Target(
    "yaml_documents", "Files of the catalogue: entitlements, services, places, organisations", make,
    (*(f"{word}: " for word in _WORDS), *_MARKS),
)  # fmt: skip
