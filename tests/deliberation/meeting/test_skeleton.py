"""The minutes as they begin, and what is read back out of them."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from deliberation.meeting.skeleton import Asked, Facts, Talked, section, skeleton, whole_minutes
from tests.world import NOON

ASKED = Asked(question="先装两处行不行", expected=60, present=40, yes=21, no=3, abstain=16, came_to="通过。")
FACTS = Facts(
    title="五月议事会",
    form="议事会",
    room="活动室",
    opened_at=NOON,
    closed_at=NOON + timedelta(hours=2),
    host="书记",
    clerk="老陈",
    expected=60,
    came=40,
    guests=2,
    quorum=("到会 40 / 60，够。",),
    items=(
        Talked(number=1, title="遮阳棚", presenter="居委会", speakers=(("阿兰", 3),), asked=(ASKED,)),
        Talked(number=2, title="路灯", late_for="刚坏了一盏"),
    ),
)


def test_the_skeleton_says_all_that_is_known() -> None:
    text = skeleton(FACTS)
    for words in ("2026年5月4日 12:00", "主持：书记　记录：老陈", "应到 60，到会 40，列席 2", "到会 40 / 60，够。"):
        assert words in text
    assert "赞成 21，反对 3，弃权 16。通过。" in text
    assert "阿兰（3 分钟）" in text
    assert "通知以后加的，理由：刚坏了一盏" in text


def test_what_was_agreed_on_an_item_is_found_again() -> None:
    text = skeleton(FACTS).replace(
        "一致意见：\n不同意见：\n\n【2】", "一致意见：先装两处。\n不同意见：怕挡光。\n\n【2】"
    )
    first, second = section(text, 1), section(text, 2)
    assert (first.agreed, first.dissent) == ("先装两处。", "怕挡光。")
    assert "赞成 21" in first.words
    assert "赞成 21" not in second.words
    assert (second.agreed, second.dissent) == ("", "")


def test_without_headings_the_whole_is_taken() -> None:
    assert section("大家都同意。\n一致意见：就这么办。", 3).words == "大家都同意。"


@given(st.text(), st.integers(1, 20))
def test_whatever_a_clerk_writes_can_be_read(text: str, number: int) -> None:
    found = section(text, number)
    assert all(isinstance(part, str) for part in (found.words, found.agreed, found.dissent))


def test_minutes_are_whole_and_never_none() -> None:
    assert [whole_minutes(NOON, NOON + timedelta(seconds=n)) for n in (0, 29, 89, 90, 600)] == [1, 1, 1, 2, 10]
