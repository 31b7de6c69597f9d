"""What counts as a change of meaning, whatever was declared."""

from dataclasses import replace

import pytest

from deliberation.matter.meaning import Change, Sign, judge, signs_of
from deliberation.matter.text import Text
from tests.deliberation.stage import TEXT

LONG = replace(
    TEXT,
    body="旧车棚漏雨，飞线充电已经三年。充电棚带喷淋和断电保护，收费由业委会公布，账目每月贴在公告栏里给大家看。",
)


def with_body(old: str, new: str) -> Text:
    assert old in LONG.body
    return replace(LONG, body=LONG.body.replace(old, new))


@pytest.mark.parametrize(
    ("new", "signs"),
    [
        (replace(LONG, title="把西门旧车棚改成充电棚"), (Sign.TITLE,)),
        (replace(LONG, what="拆掉旧车棚，建八十个充电位。"), (Sign.WHAT,)),
        (replace(LONG, cost="九万六千元，从公共收益出。"), (Sign.COST,)),
        (replace(LONG, who="业委会施工。"), (Sign.WHO,)),
        (with_body("三年", "四年"), (Sign.NUMBERS,)),
        (with_body("公布", "公布 30 天"), (Sign.NUMBERS,)),
        (with_body("由业委会公布", "不由业委会公布"), (Sign.REFUSAL,)),
        (with_body("账目每月贴在公告栏里给大家看", "别的事以后再商量，请大家放心地等一等"), (Sign.MUCH,)),
    ],
)
def test_a_sign_makes_it_a_change_of_meaning(new: Text, signs: tuple[Sign, ...]) -> None:
    assert signs_of(LONG, new) == signs
    assert judge(LONG, new, Change.WORDS).change is Change.MEANING


@pytest.mark.parametrize(
    "new",
    [
        with_body("漏雨", "漏水"),
        with_body("充电已经三年。", "充电已经三年；"),
        replace(LONG, title="把东门旧车棚，改成充电棚"),
        replace(LONG, cost="八万六千元，从公共收益出"),
    ],
)
def test_words_and_punctuation_alone_are_what_the_author_says_they_are(new: Text) -> None:
    assert signs_of(LONG, new) == ()
    assert judge(LONG, new, Change.WORDS).change is Change.WORDS
    assert judge(LONG, new, Change.MEANING).change is Change.MEANING


def test_wide_and_narrow_figures_are_one_number_and_a_point_is_part_of_it() -> None:
    old, same = replace(TEXT, cost="约 8.6 万元。"), replace(TEXT, cost="约８.６万元")
    assert signs_of(old, same) == ()
    assert signs_of(old, replace(TEXT, cost="约 86 万元。")) == (Sign.COST,)
