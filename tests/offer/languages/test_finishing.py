"""A finished page: English told by itself, addresses with their prefix, attributes never broken."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.languages.finishing import finished
from offer.languages.known import BY_CODE
from offer.languages.marks import AS_IT_IS, END, OWN, marked, own, without_marks

AR, SO = BY_CODE["ar"], BY_CODE["so"]


@pytest.mark.parametrize(
    ("made", "sent"),
    [
        (f"<p>{own('نعم')}</p>", "<p>نعم</p>"),
        ("<p>Yes, ask.</p>", '<p><span lang="en" dir="ltr">Yes, ask.</span></p>'),
        ("<b>Yes</b>", '<b lang="en" dir="ltr">Yes</b>'),
        ("<option value=a>Kent</option>", '<option value=a lang="en" dir="ltr">Kent</option>'),
        (f"<option>{own('في')} Kent</option>", "<option>في Kent</option>"),
        (f"<option>{marked('حبس (remand)', 'On remand', latin=False)}</option>", "<option>حبس</option>"),
        (f'<p title="{own("نعم")}">19 · 2</p>', '<p title="نعم">19 · 2</p>'),
        ("<p>0191 496 0001</p>", '<p><bdi dir="ltr">0191 496 0001</bdi></p>'),
        ("<bdi>0191 496 0001</bdi>", '<bdi dir="ltr">0191 496 0001</bdi>'),
        ("<p>&nbsp;&amp;</p>", "<p>&nbsp;&amp;</p>"),
        ('<p lang="en"><b>Yes</b> now</p>', '<p lang="en"><b>Yes</b> now</p>'),
        ('<a href="/results">1</a>', '<a href="/ar/results">1</a>'),
        (f'<a href="{AS_IT_IS}/results">1</a>', '<a href="/results">1</a>'),
        ('<a href="/api/v1/places">1</a>', '<a href="/api/v1/places">1</a>'),
        ('<a href="//evil.example">1</a>', '<a href="//evil.example">1</a>'),
        ('<button formaction="/search">1</button>', '<button formaction="/ar/search">1</button>'),
        ('<script type="application/ld+json">{"name": "<p>Yes"}</script>',) * 2,
        ("<svg><title>Kent</title></svg>",) * 2,
    ],
)  # fmt: skip
def test_one_piece_of_a_page(made: str, sent: str) -> None:
    assert finished(made, AR) == sent


def test_a_language_read_from_left_to_right_names_no_direction() -> None:
    assert finished(f"<p>{own('Haa')}: Kent</p>", SO) == '<p>Haa: <span lang="en">Kent</span></p>'
    assert finished("<p>Ask.</p><li>Ask.</li>", SO) == '<p lang="en">Ask.</p><li lang="en">Ask.</li>'


def test_a_sentence_with_a_link_inside_stays_whole() -> None:
    said = marked('<a href="/">ابدأ</a> وانسَ', '<a href="/">Start again</a> and forget', latin=False)
    assert finished(f"<p>{said} Kent</p>", AR) == (
        '<p><a href="/ar/">ابدأ</a> وانسَ <span lang="en" dir="ltr">Kent</span></p>'
    )


def test_what_is_put_into_a_translation_is_told_as_english_unless_it_is_a_translation_too() -> None:
    words = marked("اسأل %(who)s في %(day)s.", "Ask %(who)s on %(day)s.", latin=False)
    sent = finished(f"<p>{words % {'who': 'Kent', 'day': own('3 مايو')}}</p>", AR)
    assert sent == '<p>اسأل <span lang="en" dir="ltr">Kent</span> في 3 مايو.</p>'


def test_the_english_term_in_brackets_is_told_in_every_script() -> None:
    arabic = marked("مستشار (personal adviser)", "A personal adviser", latin=False)
    assert finished(arabic, AR) == 'مستشار (<span lang="en" dir="ltr">personal adviser</span>)'
    somali = marked("La-taliye (personal adviser) (mid)", "A personal adviser", latin=True)
    assert finished(somali, SO) == 'La-taliye (<span lang="en">personal adviser</span>) (mid)'


def test_figures_side_by_side_keep_their_order() -> None:
    assert "\u206627 3 2007\u2069" in marked(
        "مثلا 27 3 2007", "For example, 27 3 2007", latin=False, rtl=True
    )


class _Told(HTMLParser):
    """The attributes and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.text = list[tuple[str, list[tuple[str, str | None]]]](), ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("span", "bdi"):
            self.tags.append((tag, [pair for pair in attrs if pair[0] not in ("lang", "dir")]))

    def handle_data(self, data: str) -> None:
        self.text += data


WORDS = st.text(f"ab é1 ·.{OWN}{END}&", max_size=12).map(lambda text: text.replace("&", "&amp;"))
NAMES = st.sampled_from(["p", "b", "option", "li", "a"])
PIECES = st.one_of(
    WORDS,
    st.builds(lambda name, title, text: f'<{name} title="{title}">{text}</{name}>', NAMES, WORDS, WORDS),
)


@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from([AR, SO]))
def test_only_marks_are_added_and_taken(made: str, language) -> None:  # type: ignore[no-untyped-def]
    sent = finished(made, language)
    assert not re.search(f"[{OWN}{END}{AS_IT_IS}]", sent)
    before, after = _Told(without_marks(made)), _Told(sent)
    assert (after.tags, after.text) == (before.tags, before.text)
