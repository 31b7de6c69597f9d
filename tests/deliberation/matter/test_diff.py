"""What came and went is found, said whole, and found in bounded time."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.matter.diff import Block, Mark, compare, compare_line, paragraphs

TEXTS = st.text(alphabet="甲乙丙丁，。！\n 12ab", max_size=120)


def written(blocks: tuple[Block, ...]) -> list[str]:
    sign = {Mark.SAME: "{}", Mark.ADDED: "+[{}]", Mark.REMOVED: "-[{}]"}
    return ["".join(sign[run.mark].format(run.words) for run in block.runs) for block in blocks]


def side(blocks: tuple[Block, ...], gone: Mark) -> list[str]:
    kept = ("".join(run.words for run in block.runs if run.mark is not gone) for block in blocks)
    return [words for words in kept if words]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_what_is_shown(old: str, new: str) -> None:
    blocks = compare(old, new)
    assert side(blocks, Mark.ADDED) == paragraphs(old)
    assert side(blocks, Mark.REMOVED) == paragraphs(new)


@given(TEXTS)
def test_the_same_text_shows_no_change(text: str) -> None:
    assert not any(block.changed for block in compare(text, text))


def test_words_are_marked_only_inside_the_sentence_that_changed() -> None:
    old = "旧车棚空了两年，电动车还在楼道里充电。物业量过，能停 60 辆。\n\n第二段不动。"
    new = "旧车棚空了三年，电动车还在楼道里充电。物业量过，能停 72 辆。\n\n新加的一段。\n\n第二段不动。"
    assert written(compare(old, new)) == [
        "旧车棚空了-[两]+[三]年，电动车还在楼道里充电。物业量过，能停 -[60]+[72] 辆。",
        "+[新加的一段。]",
        "第二段不动。",
    ]


def test_a_number_and_a_foreign_word_are_marked_whole() -> None:
    assert written((compare_line("约 8.6 万元，装 LED 灯", "约 8.9 万元，装 LCD 灯"),)) == [
        "约 -[8.6]+[8.9] 万元，装 -[LED]+[LCD] 灯"
    ]


def test_a_sentence_with_little_in_common_is_shown_whole_before_and_after() -> None:
    assert written((compare_line("居委会开门排课。", "物业一周内挪好快递架。"),)) == [
        "-[居委会开门排课。]+[物业一周内挪好快递架。]"
    ]


def test_a_paragraph_put_in_front_does_not_make_everything_new() -> None:
    old = "老李管钥匙，每天早上七点开门。\n\n收费由业委会公布。"
    new = "先说清楚为什么。\n\n老李管钥匙，每天早上八点开门。\n\n收费由业委会公布。"
    assert written(compare(old, new)) == [
        "+[先说清楚为什么。]",
        "老李管钥匙，每天早上-[七]+[八]点开门。",
        "收费由业委会公布。",
    ]


CHANCE = random.Random(7)  # noqa: S311 - a fixed example
LONG = "".join("。" if n % 190 == 0 else chr(0x4E00 + CHANCE.randrange(300)) for n in range(20_000))
TOUCHED = "".join(c if n % 4 or c == "。" else "变" for n, c in enumerate(LONG))
WORST = {
    "two letters": ("甲乙" * 10_000, "乙甲甲" * 6_667),
    "every fourth sign of long sentences": (LONG, TOUCHED),
    "paragraphs of one sign": ("\n\n".join("甲乙丙" * 2_200), "\n\n".join("乙甲丁" * 2_200)),
    "long paragraphs": ("\n\n".join(LONG.split("。")), "\n\n".join(TOUCHED.split("。"))),
    "no full stop": (LONG.replace("。", ""), TOUCHED.replace("。", "")),
}


@pytest.mark.parametrize("name", WORST)
def test_twenty_thousand_signs_of_the_worst_kind_take_bounded_time(name: str) -> None:
    began = time.process_time()
    compare(*WORST[name])
    assert time.process_time() - began < 2
