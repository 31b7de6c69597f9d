"""Papers with more to choose than yes and no: what is read, what is refused with which sentence, what is void."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Unfit
from deliberation.question.marks import NONE, marks_of, ranking_of, read, rows, sound, text_of
from deliberation.question.rules import Kind
from tests.deliberation.question.samples import question


@pytest.mark.parametrize(
    ("kind", "given", "marks"),
    [
        (Kind.SINGLE, ["2"], {"2": 1}),
        (Kind.SINGLE, [NONE], {}),
        (Kind.SEATS, ["4", "1"], {"1": 1, "4": 1}),
        (Kind.APPROVAL, ["1", "2", "3", "4"], {"1": 1, "2": 1, "3": 1, "4": 1}),
        (Kind.SCORE, ["1:5", "2:0", "3:", "4:"], {"1": 5, "2": 0}),
        (Kind.RANKED, ["1:2", "2:", "3:1", "4:"], {"1": 2, "3": 1}),
    ],
)
def test_a_paper_is_read_as_it_was_filled_in(kind: Kind, given: list[str], marks: dict[str, int]) -> None:
    asked = question(kind, seats=2)
    asked = question(kind) if kind is Kind.SINGLE else asked
    found = read(asked, given)
    assert found == marks
    assert sound(asked, found)
    assert marks_of(text_of(found)) == marks


@pytest.mark.parametrize(
    ("kind", "given", "why"),
    [
        (Kind.SINGLE, [], "请先选"),
        (Kind.SCORE, ["1:", "2:"], "请先选"),
        (Kind.SINGLE, ["1", "2"], "最多选 1 个，您选了 2 个"),
        (Kind.SEATS, ["1", "2", "3"], "最多选 2 个，您选了 3 个.*去掉 1 个"),
        (Kind.SEATS, ["1", NONE], "只留一样"),
        (Kind.SEATS, ["1", "1"], "写了两次"),
        (Kind.SEATS, ["9"], "给出的选项"),
        (Kind.SCORE, ["1:6"], "0 到 5 分"),
        (Kind.SCORE, ["1:甲"], "给出的选项"),
        (Kind.SCORE, ["1:٣"], "给出的选项"),
        (Kind.RANKED, ["1:1", "2:1"], "第 1 名写了 2 个：甲、乙"),
        (Kind.RANKED, ["1:1", "2:3"], "少了第 2 名"),
        (Kind.RANKED, ["3:2"], "少了第 1 名"),
        (Kind.RANKED, ["3:0"], "少了第 1 名"),
    ],
)
def test_what_cannot_count_is_refused_with_what_to_mend(kind: Kind, given: list[str], why: str) -> None:
    with pytest.raises(Unfit) as refused:
        read(question(kind, seats=2 if kind is Kind.SEATS else 1), given)
    assert refused.value.field == "mark"
    assert re.search(why, refused.value.reason.format(**refused.value.facts))


def test_a_sheet_with_too_many_marks_is_void() -> None:
    asked = question(Kind.SEATS, seats=2)
    assert sound(asked, {"1": 1, "2": 1})
    assert not sound(asked, {"1": 1, "2": 1, "3": 1})
    assert not sound(asked, {"9": 1})
    assert not sound(asked, {"1": 2})
    assert not sound(question(Kind.RANKED), {"1": 1, "2": 1})
    assert not sound(question(Kind.SCORE), {"1": 6})


@given(st.permutations(["1", "2", "3", "4"]), st.integers(1, 4))
def test_a_ranking_comes_back_in_its_order(order: list[str], cut: int) -> None:
    given = [f"{key}:{rank}" for rank, key in enumerate(order[:cut], 1)]
    assert ranking_of(read(question(Kind.RANKED), given)) == tuple(order[:cut])


def test_a_form_is_shown_again_as_it_was_typed() -> None:
    assert rows(question(Kind.RANKED), ["1:1", "2:1", "3:"]) == {"1": "1", "2": "1", "3": "", "4": ""}
    assert rows(question(Kind.SEATS), ["1", "3", NONE]) == {"1": "1", "2": "", "3": "1", "4": ""}
