"""The table of what was tried: what this machine has no note of stays in it."""

from tests.strength import Note, rows_of, table

KILLS = Note(
    kind="fault", what="kill -9 while publishing, SQLite", tried=1_200, survived=1_199,
    on="23 November 2026", how="make strength",
)  # fmt: skip
NOISE = Note(
    kind="attack", what="noise: the place box", tried=7, survived=7,
    on="22 November 2026", how="make fuzz ARGS=place_box",
)  # fmt: skip


def test_a_table_is_read_back_as_it_was_written() -> None:
    assert rows_of(table([KILLS, NOISE])) == [NOISE, KILLS]


def test_a_new_note_takes_the_place_of_its_row_and_the_others_stay() -> None:
    again = Note(**{**KILLS, "tried": 1_300, "survived": 1_300, "on": "24 November 2026"})
    assert rows_of(table([*rows_of(table([KILLS, NOISE])), again])) == [NOISE, again]
