"""Numbers as printed: every form of the register, there and back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Unfit
from mediation.case.numbers import (
    DOSSIERS,
    Kind,
    Number,
    agreement_of,
    dossier_of,
    jointly,
    read,
    resembles_court_number,
    year_of,
)

CASE = Number(year=2026, mark="清河居", kind=Kind.PEOPLE, seq=12)
MARKS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
CASES = st.builds(
    Number, year=st.integers(2000, 2999), mark=MARKS, kind=st.sampled_from(sorted(DOSSIERS)), seq=st.integers(1, 10**6)
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (CASE, "（2026）清河居人调字第12号"),
        (Number(year=2026, mark="清河街", kind=Kind.ADMIN, seq=3), "（2026）清河街行调字第3号"),
        (Number(year=2026, mark="渝物业", kind=Kind.PEOPLE, seq=8), "（2026）渝物业人调字第8号"),
        (Number(year=2026, mark="清河居", kind=Kind.TERMINATED, seq=2), "（2026）清河居调终字第2号"),
        (jointly(CASE), "（2026）清河居人调字第12号（联）"),
        (agreement_of(CASE, 1), "（2026）清河居人调字第12号-协1"),
        (agreement_of(CASE, 1, amendment=1), "（2026）清河居人调字第12号-协1-补1"),
        (agreement_of(jointly(CASE), 2), "（2026）清河居人调字第12号（联）-协2"),
        (dossier_of(jointly(CASE)), "（2026）清河居人调卷第12号"),
    ],
)
def test_a_number_is_written_and_read_back(number: Number, text: str) -> None:
    assert str(number) == text
    assert read(text) == number


def test_the_brackets_are_full_width() -> None:
    assert [hex(ord(str(CASE)[place])) for place in (0, 5)] == ["0xff08", "0xff09"]


@given(case=CASES, joint=st.booleans(), agreement=st.integers(0, 9), amendment=st.integers(0, 9))
def test_whatever_is_written_can_be_read(case: Number, *, joint: bool, agreement: int, amendment: int) -> None:
    number = agreement_of(jointly(case) if joint else case, agreement, amendment=amendment if agreement else 0)
    assert read(str(number)) == number
    assert read(str(dossier_of(number))) == dossier_of(number)


@given(case=CASES, kind=st.sampled_from(sorted(set(Kind) - DOSSIERS)))
def test_a_notice_of_any_kind_can_be_read(case: Number, kind: Kind) -> None:
    notice = Number(year=case.year, mark=case.mark, kind=kind, seq=case.seq)
    assert read(str(notice)) == notice


@pytest.mark.parametrize(
    "text", ["(2026)清河居人调字第12号", "〔2026〕清河居人调字第12号", " （２０２６）清河居 人调字第１２号\n"]
)
def test_other_brackets_and_blanks_are_forgiven(text: str) -> None:
    assert read(text) == CASE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第12号",
        "（26）清河居人调字第12号",
        "（2026）人调字第12号",
        "（2026）清河居人调字第0号",
        "（2026）清河居人调字第012号",
        "（2026）清河居人调字第12号-协0",
        "（2026）清河居人调字第12号-补1",
        "（2026）渝0101民特12号",
    ],
)
def test_what_is_no_number_of_ours_is_refused(text: str) -> None:
    with pytest.raises(Unfit, match="编号的样子"):
        read(text)


@pytest.mark.parametrize(
    "text", ["（2026）清河居调终卷第2号", "（2026）清河居调终字第2号-协1", "（2026）清河居人调卷第2号（联）"]
)
def test_a_number_that_mixes_kinds_is_refused(text: str) -> None:
    with pytest.raises(Unfit, match="请检查"):
        read(text)


def test_the_year_turns_at_midnight_in_shanghai() -> None:
    assert year_of(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == 2026
    assert year_of(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == 2027


def test_numbers_sort_by_sequence_and_not_by_text() -> None:
    second = Number(year=2026, mark="清河居", kind=Kind.PEOPLE, seq=2)
    assert sorted([CASE, second], key=lambda number: number.sort_key) == [second, CASE]


@pytest.mark.parametrize(
    ("text", "like"),
    [("（2026）渝0101民特12号", True), ("(2026)京0105诉前调确7号", True), ("清河法院12号", False), ("", False)],
)
def test_a_court_number_is_only_recognised(text: str, *, like: bool) -> None:
    assert resembles_court_number(text) is like
