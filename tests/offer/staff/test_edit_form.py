"""The form of a document: every field of the schema is in it, and nothing is lost there and back."""

import pytest
from pydantic import BaseModel

from offer.catalogue.documents import KINDS, body_of, text_of
from offer.catalogue.files import FileRecord, files_of, read_file
from offer.staff.editing.asked import CARRIED, SECTIONS, WORDS
from offer.staff.editing.read import read
from offer.staff.editing.spec import Spec, specs_of
from offer.staff.editing.typed import filled, typed_of


def every_starter() -> list[tuple[str, BaseModel]]:
    found = []
    for kind in KINDS.values():
        for file in files_of(kind.starter):
            record = read_file(kind, file)
            assert isinstance(record, FileRecord)
            found.append((kind.name, record.document))
    return found


def carried(kind: str, body: dict[str, object]) -> dict[str, object]:
    return {name: body[name] for name in CARRIED.get(KINDS[kind].model, {}) if name in body}


def test_every_starter_document_goes_into_the_form_and_back_byte_for_byte() -> None:
    documents = every_starter()
    assert len(documents) > 250
    for kind, document in documents:
        model, body = KINDS[kind].model, body_of(document)
        sent = [(name, each) for name, values in filled(specs_of(model), body).items() for each in values]
        as_browsers_send = [(name, text.replace("\n", "\r\n")) for name, text in sent]
        back = read(specs_of(model), typed_of(as_browsers_send)).body
        whole = {**back, **carried(kind, body)}
        assert back == {name: value for name, value in body.items() if name not in carried(kind, body)}
        assert text_of(model.model_validate(whole)) == text_of(document), document


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_schema_is_in_a_section_of_the_form_or_on_a_page_of_its_own(kind: str) -> None:
    model = KINDS[kind].model
    asked = [name for section in SECTIONS[kind] for name in section.fields]
    assert sorted(asked) == sorted(spec.name for spec in specs_of(model)), "each once, and no other"
    assert sorted([*asked, *CARRIED.get(model, {})]) == sorted(model.model_fields)


def every_spec(specs: tuple[Spec, ...]) -> list[Spec]:
    return [each for spec in specs for each in (spec, *every_spec(spec.parts))]


def test_every_field_has_words_and_every_word_a_field() -> None:
    for model, words in WORDS.items():
        held = [name for name in model.model_fields if name not in CARRIED.get(model, {})]
        assert sorted(words) == sorted(held), model
