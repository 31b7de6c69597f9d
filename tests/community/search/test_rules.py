"""What a word is, when it fits, and how it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.rules import coded, exact, fits, folded, grams, marks, needles, snippet, wanted

SIGNS = st.text(alphabet="停车位难电梯水a3Bé，。 \n①Ａ龘𠮷ひ", max_size=40)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("停车", "小区停车难", True),
        ("水", "楼道漏水", True),
        ("停位", "停车位", False),
        ("停车位", "停车，位置不够", False),
        ("3号楼", "13号楼", False),
        ("3号楼", "东门 3 号楼", True),
        ("elev", "加装Elevator两部", True),
        ("levator", "elevator", False),
        ("２０２６", "2026年", True),
        ("停车 电梯", "电梯边上停车", True),
        ("停车 电梯", "停车", False),
    ],
)
def test_a_word_fits_or_it_does_not(query: str, text: str, *, found: bool) -> None:
    assert all(fits(needle, folded(text)) for needle in needles(query)) is found


def test_a_query_of_signs_only_looks_for_nothing() -> None:
    assert needles("，。 ！") == ()
    assert len(needles(" ".join(f"w{n}" for n in range(40)))) == 8


@given(SIGNS, SIGNS)
def test_the_grams_never_lose_what_fits(query: str, text: str) -> None:
    whole = folded(text)
    filed = {coded(gram) for gram in grams(whole)}
    for needle in needles(query):
        there = all(
            any(each.startswith(coded(gram.text)) if gram.begins else each == coded(gram.text) for each in filed)
            for gram in wanted(needle)
        )
        assert there or not fits(needle, whole)
        if exact(needle):
            assert there == fits(needle, whole)


@given(SIGNS, SIGNS)
def test_a_snippet_is_the_text_with_marks(query: str, text: str) -> None:
    pieces = snippet(text, needles(query), around=200)
    assert "".join(piece.text for piece in pieces) == " ".join(text.split())


def test_marks_stand_where_people_read_the_word() -> None:
    text = "东门３号楼、停车难。停车！"
    assert [text[a:b] for a, b in marks(text, needles("3号楼 停车"))] == ["３号楼", "停车", "停车"]


def test_a_long_text_is_cut_around_the_first_word() -> None:
    pieces = snippet("一" * 500 + "停车" + "二" * 500, needles("停车"))
    assert [piece.text for piece in pieces if piece.marked] == ["停车"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert sum(len(piece.text) for piece in pieces) < 120
