"""How two matters may hang together, and where a link may be made. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from community.errors import Unfit
from deliberation.matter.states import State

WORDS: Final = (4, 500)  # characters of a reason


class LinkKind(StrEnum):
    """How the first of two matters hangs on the second."""

    MERGED_INTO = "merged_into"  # 并入
    SPLIT_FROM = "split_from"  # 从……分出
    CONTINUES = "continues"  # 接着……再提
    DUPLICATE = "duplicate"  # 和……是一回事


CONTINUABLE: Final = (
    State.NOT_PASSED,
    State.NO_QUORUM,
    State.EXPIRED,
    State.WITHDRAWN,
    State.REVOKED,
    State.CLOSED,
    State.ARCHIVED,
)
"""What is over may be taken up again by a new matter."""

SPLITTABLE: Final = (State.ENDORSING, State.SCREENING, State.PARTY_STUDY, State.RETURNED, State.DELIBERATING)
"""What is public and not fixed yet may be split by its author."""


def reaches(ways: Mapping[int, Iterable[int]], start: int, goal: int) -> bool:
    """Return whether links lead from ``start`` to ``goal``.

    >>> reaches({1: [2], 2: [3]}, 1, 3), reaches({1: [2], 2: [3]}, 3, 1)
    (True, False)
    """
    seen, todo = {start}, [start]
    while todo:
        new = set(ways.get(todo.pop(), ())) - seen
        seen |= new
        todo += new
    return goal in seen


def check(words: str, field: str) -> None:
    """Raise `Unfit` when there is too little or too much of it."""
    fewest, most = WORDS
    if len(words.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(words) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(words), most=most)
