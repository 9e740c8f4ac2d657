"""Every input that was ever found, and the seeds, fed again: no contract breaks. Needs no atheris."""

import pytest

from offer.published import Published
from tests.fuzz.target import CORPUS
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_no_kept_input_breaks_a_contract(published: Published, name: str) -> None:
    target = TARGETS[name]
    inputs = sorted(target.folder.iterdir())
    assert inputs, "a target has seeds"
    feed = target.make(published)
    for each in (b"", *(path.read_bytes() for path in inputs)):
        feed(each)


def test_the_corpus_is_small_and_each_of_its_folders_has_a_target() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS)
    files = [path for path in CORPUS.rglob("*") if path.is_file()]
    assert len(files) <= 300 and sum(path.stat().st_size for path in files) <= 500_000
