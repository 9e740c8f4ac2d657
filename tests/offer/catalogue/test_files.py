"""Files: refused by file, line and reason; written with the same bytes every time."""

from pathlib import Path

import pytest

from offer.catalogue.documents import ENTITLEMENT, KINDS, SERVICE, body_of
from offer.catalogue.files import (
    FileRecord,
    RefusedRecord,
    file_text,
    files_of,
    folders_in,
    read_file,
    starter_folders,
    write_file,
)
from offer.db.errors import Refused
from tests.offer.catalogue.conftest import Files, entry, service


def read_entry(files: Files, text: str, name: str = "bursary.yaml") -> list[str]:
    found = read_file(KINDS[ENTITLEMENT], files.put_text(ENTITLEMENT, name, text))
    assert isinstance(found, tuple), "it was taken"
    assert all(isinstance(fault, RefusedRecord) for fault in found)
    return [f"{fault.line}: {fault.reason}" for fault in found]


def good_text(files: Files) -> str:
    found = read_file(KINDS[ENTITLEMENT], files.put(ENTITLEMENT, entry()))
    assert isinstance(found, FileRecord)
    return file_text(found.document)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("title: Money for college\n", "", "1: title is missing"),
        ("title: Money", "titel: Money", "2: titel is not a field we know; did you mean title?"),
        ("topic: education", "topic: school", "5: topic must be 'adviser-and-rights', "),
        ("stage: public", "stage: no", "6: stage must be 'draft' or 'public', not 'no'"),
        ("  before: 25", "  before: 16.5", "20: rule: from and before of 'age_years' (int) cannot be 16.5"),
        ("age_years", "age_in_years", "22: rule.fact: 'age_in_years' is not"),
        ("checked_on: 2026-11-01", "checked_on: 2026-11-31", "31: checked_on: "),
        ("review_by: 2027-11-01", "review_by: 2026-10-01", "32: review_by must not be before checked_on"),
        (
            "confidence: found in source",
            "confidence: unconfirmed",
            "6: an entry nobody could confirm must stay a draft",
        ),
        ("title: Money for college", "title: 2026", "2: title must be text; put 2026 in quotes"),
        ("title: Money for college", "title: ''", "2: title is empty"),
    ],
)
def test_a_fault_is_said_with_its_line(files: Files, old: str, new: str, reason: str) -> None:
    text = good_text(files)
    assert text.count(old) == 1
    said = read_entry(files, text.replace(old, new))
    assert any(line.startswith(reason) for line in said), said


def test_every_fault_of_a_file_is_said_at_once(files: Files) -> None:
    text = good_text(files).replace("topic: education", "topic: x").replace("nature: council", "nature: my")
    assert len(read_entry(files, text)) == 2


def test_the_file_must_bear_the_id(files: Files) -> None:
    text = good_text(files)
    assert read_entry(files, text, "other.yaml") == ["1: the file must be called bursary.yaml, like its id"]
    assert read_entry(files, text, "bursary.yml") == ["1: the file must be called bursary.yaml, like its id"]


def test_a_byte_that_is_not_utf_8(files: Files) -> None:
    file = files.folders[ENTITLEMENT] / "bursary.yaml"
    file.write_bytes(b"id: bursary\ntitle: \xa3100\n")
    (fault,) = read_file(KINDS[ENTITLEMENT], file)  # type: ignore[misc]
    assert str(fault) == f"{file}:2: there is a byte that is not UTF-8; save the file as UTF-8"


def test_a_list_is_not_a_document(files: Files) -> None:
    assert read_entry(files, "- a\n") == ["1: a document is lines of 'key: value'"]


def test_equal_documents_have_equal_bytes_whatever_the_order_of_their_keys(files: Files) -> None:
    turned = dict(reversed(entry().items()))
    turned["rule"] = dict(reversed(turned["rule"].items()))
    model = KINDS[ENTITLEMENT].model
    first, second = model.model_validate(entry()), model.model_validate(turned)
    assert file_text(first) == file_text(second)
    assert list(body_of(second)["rule"]) == ["id", "fact", "from", "before", "cite"]


def test_defaults_are_left_out(files: Files) -> None:
    model = KINDS[SERVICE].model
    plain, said = (
        model.model_validate(service()),
        model.model_validate(service(partners=[], phones=[])),
    )
    assert file_text(plain) == file_text(said)
    assert "confidential" not in file_text(plain)


def test_a_written_file_is_not_written_again(tmp_path: Path) -> None:
    document = KINDS[SERVICE].model.model_validate(service())
    assert write_file(tmp_path, document)
    assert not write_file(tmp_path, document)
    assert [file.name for file in tmp_path.iterdir()] == ["hub.yaml"]


def test_the_starter_catalogue_can_be_read_and_is_canonical() -> None:
    """Mend a failure with: local-offer load --dry-run (says what is wrong), or load and dump."""
    refused = [
        str(fault)
        for name, folder in starter_folders().items()
        for file in files_of(folder)
        if isinstance(found := read_file(KINDS[name], file), tuple)
        for fault in found
    ]
    assert refused == []
    rewritten = [
        file.name
        for name, folder in starter_folders().items()
        for file in files_of(folder)
        if isinstance(found := read_file(KINDS[name], file), FileRecord)
        and file_text(found.document).encode() != file.read_bytes()
    ]
    assert rewritten == []


def test_a_folder_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no folder 'entitlements' or 'organisations'"):
        folders_in(tmp_path)
    with pytest.raises(Refused, match="does not exist"):
        folders_in(tmp_path / "nowhere")


SHORT = {"sentences": ["Money for your studies.", "Ask your college."], "symbol": "school"}
SAID = {"first": "Please tell me how I can get this.", "if_no": "Please send me the reason in writing."}


def test_the_short_form_and_what_to_say_are_written_back_where_they_stood(files: Files) -> None:
    path = files.put(ENTITLEMENT, {**entry(), "easy_read": SHORT, "to_say": SAID})
    found = read_file(KINDS[ENTITLEMENT], path)
    assert isinstance(found, FileRecord)
    text = file_text(found.document)
    keys = [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    assert keys.index("easy_read") == keys.index("summary") + 1
    assert keys.index("to_say") == keys.index("if_told_no") + 1
    again = read_file(KINDS[ENTITLEMENT], files.put_text(ENTITLEMENT, path.name, text))
    assert isinstance(again, FileRecord)
    assert file_text(again.document) == text


IN_SOMALI = {"title": "Lacag waxbarasho", "steps": ["Weydii kulliyadda."], "checked_on": "2026-11-22"}


def test_translations_are_written_back_before_what_is_for_staff(files: Files) -> None:
    path = files.put(ENTITLEMENT, {**entry(), "translations": {"so": IN_SOMALI}, "staff_note": "Ask again."})
    found = read_file(KINDS[ENTITLEMENT], path)
    assert isinstance(found, FileRecord)
    text = file_text(found.document)
    assert text.index("\ntranslations:\n  so:\n    title: Lacag waxbarasho") < text.index("\nstaff_note:")
    again = read_file(KINDS[ENTITLEMENT], files.put_text(ENTITLEMENT, path.name, text))
    assert isinstance(again, FileRecord)
    assert file_text(again.document) == text


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"translations": {"xx": IN_SOMALI}}, "translations"),
        ({"translations": {"so": {"title": "Lacag"}}}, "translations.so.checked_on is missing"),
        ({"easy_read": {**SHORT, "sentences": []}}, "easy_read.sentences"),
        ({"easy_read": {**SHORT, "sentences": ["One."] * 4}}, "easy_read.sentences"),
        ({"easy_read": {**SHORT, "symbol": "skull"}}, "easy_read.symbol must be 'baby', "),
        ({"to_say": {"first": "Hello."}}, "to_say.if_no is missing"),
    ],
)
def test_a_short_form_too_long_or_a_message_without_its_answer_is_refused(
    files: Files, given: dict[str, object], reason: str
) -> None:
    found = read_file(KINDS[ENTITLEMENT], files.put(ENTITLEMENT, {**entry(), **given}))
    assert isinstance(found, tuple)
    assert any(reason in fault.reason for fault in found), found
