"""What a paper says: a number for each option it names — 1 for a mark, the points, or the rank. Pure.

Kept as canonical JSON, so that two papers say the same when their texts are equal. ``{}`` is a paper that was handed
in and chooses nobody: an abstention.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from community.errors import Unfit
from deliberation.ballot.certify import canonical
from deliberation.question.rules import BEST, MANY, Kind, Question

Marks = Mapping[str, int]
NONE: Final = "none"  # what is sent for an abstention
FIELD: Final = "mark"


def text_of(marks: Marks) -> str:
    """Return the one text of marks.

    >>> text_of({"2": 1, "1": 1})
    '{"1":1,"2":1}'
    """
    return canonical(marks)


def marks_of(text: str) -> Marks:
    """Return the marks kept as ``text``; a paper of yes, no and abstain has none."""
    found: dict[str, int] = json.loads(text) if text else {}
    return found


def read(question: Question, given: Sequence[str]) -> Marks:
    """Return what was filled in: ``"3"`` for a mark, ``"3:5"`` for points or a rank, ``"none"`` for nobody.

    Raises:
        Unfit: nothing was chosen, or the paper would be void; the sentence says what to mend.
    """
    filled = [each for each in given if each and not each.endswith(":")]
    chosen = [each for each in filled if each != NONE]
    if not filled:
        raise Unfit("请先选，再按下面的按钮。都不选的，请选“弃权”。", field=FIELD)
    if chosen and NONE in filled:
        raise Unfit("选了，又选了“弃权”。请只留一样。", field=FIELD)
    pairs = [_pair(question, each) for each in chosen]
    _check(question, pairs)
    return dict(pairs)


def seen(question: Question, given: Sequence[str]) -> Marks:
    """Return what stands on a sheet, void or not: an abstention beside marks is kept under `NONE`.

    Raises:
        Unfit: nothing was filled in, or something that is no option.
    """
    filled = [each for each in given if each and not each.endswith(":")]
    if not filled:
        raise Unfit("请照票上写的填。什么都没写、看不清的，勾“看不清或者没写”。", field=FIELD)
    found = dict(_pair(question, each) for each in filled if each != NONE)
    return {**found, NONE: 1} if found and NONE in filled else found


def known(question: Question, marks: Marks) -> bool:
    """Return whether what stands on a sheet names nothing but options."""
    return {*question.keys, NONE}.issuperset(marks)


def differing(one: Marks | None, other: Marks | None) -> tuple[str, ...]:
    """Return the options that two people read differently on one sheet; all of them where one could read nothing.

    >>> differing({"1": 1, "2": 2}, {"1": 1, "3": 2})
    ('2', '3')
    """
    first, second = one or {}, other or {}
    return tuple(sorted((key for key in {*first, *second} if first.get(key) != second.get(key)), key=_place))


def _place(key: str) -> tuple[bool, int]:
    return key == NONE, int(key) if key != NONE else 0


def _pair(question: Question, given: str) -> tuple[str, int]:
    key, _, number = given.partition(":")
    counted = number if question.kind not in MANY else number or "1"
    if key not in question.keys or not (counted.isascii() and counted.isdigit() and len(counted) <= len("30")):
        raise Unfit("请从给出的选项里选一个。", field=FIELD)
    return key, int(counted)


def _check(question: Question, pairs: Sequence[tuple[str, int]]) -> None:
    if len(dict(pairs)) < len(pairs):
        raise Unfit("同一个选项写了两次，请只留一个。", field=FIELD)
    if question.kind in MANY and len(pairs) > question.most:
        raise Unfit(
            "最多选 {most} 个，您选了 {n} 个。多选了整张票就是废票，请去掉 {over} 个。",
            field=FIELD,
            most=question.most,
            n=len(pairs),
            over=len(pairs) - question.most,
        )
    if question.kind is Kind.SCORE and not all(0 <= number <= BEST for _, number in pairs):
        raise Unfit("每一项打 0 到 {best} 分。", field=FIELD, best=BEST)
    if question.kind is Kind.RANKED:
        _check_ranks(question, pairs)


def _check_ranks(question: Question, pairs: Sequence[tuple[str, int]]) -> None:
    for rank, count in sorted(Counter(number for _, number in pairs).items()):
        if count > 1:
            which = "、".join(question.name(key) for key, number in pairs if number == rank)
            raise Unfit("第 {rank} 名写了 {n} 个：{which}。请改一个。", field=FIELD, rank=rank, n=count, which=which)
    if missing := sorted(set(range(1, len(pairs) + 1)) - {number for _, number in pairs}):
        raise Unfit("少了第 {rank} 名。请从第 1 名排起，中间不空。", field=FIELD, rank=missing[0])


def check(question: Question, marks: Marks) -> None:
    """Raise `Unfit` unless a paper counts: only who stands, no more than may be chosen, ranks without a gap."""
    if not set(question.keys).issuperset(marks) or (question.kind in MANY and not set(marks.values()) <= {1}):
        raise Unfit("请从给出的选项里选一个。", field=FIELD)
    _check(question, list(marks.items()))


def sound(question: Question, marks: Marks) -> bool:
    """Return whether a paper counts."""
    try:
        check(question, marks)
    except Unfit:
        return False
    return True


def ranking_of(marks: Marks) -> tuple[str, ...]:
    """Return the options in the order in which a paper ranks them.

    >>> ranking_of({"a": 2, "b": 1})
    ('b', 'a')
    """
    return tuple(sorted(marks, key=lambda key: marks[key]))


def rows(question: Question, given: Iterable[object]) -> Mapping[str, str]:
    """Return what was filled in for each option, for showing a form again: ``""`` where nothing was."""
    typed = dict(str(each).partition(":")[::2] for each in given)
    return {
        key: typed[key] or "1" if key in typed and (question.kind in MANY or typed[key]) else ""
        for key in question.keys
    }
