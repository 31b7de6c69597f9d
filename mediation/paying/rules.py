"""The road of a claim that a promise was kept, as a table. No I/O.

Source: 人民调解法 31, 32; 民事证据规定 (whoever says that they paid shows the receipt).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class ClaimStage(StrEnum):
    """Where a claim stands."""

    OPEN = "open"  # 等对方答复
    AGREED = "agreed"  # 对方认了
    DENIED = "denied"  # 对方不认
    SILENT = "silent"  # 到期没有答复
    WITHDRAWN = "withdrawn"  # 自己收回
    ENDED = "ended"  # 这一项另外了结


class ClaimDeed(StrEnum):
    """What is done with a claim."""

    AGREE = "agreed"
    DENY = "denied"
    LAPSE = "silent"
    WITHDRAW = "withdrawn"
    VISIT = "visited"
    END = "ended"


class Of(StrEnum):
    """Who takes a step."""

    DEBTOR = "debtor"  # 说办了的人
    CREDITOR = "creditor"  # 权利人
    MEDIATOR = "mediator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row: from where, by whom, to where; without ``target`` it stays where it is."""

    deed: ClaimDeed
    sources: frozenset[ClaimStage]
    by: Of
    target: ClaimStage | None


LIVE: Final = frozenset({ClaimStage.OPEN, ClaimStage.DENIED, ClaimStage.SILENT})
"""Not settled yet; a promise has one such claim at most."""
_LOOKED: Final = frozenset({ClaimStage.DENIED, ClaimStage.SILENT})
ROWS: Final = (
    ClaimRow(ClaimDeed.AGREE, LIVE, Of.CREDITOR, ClaimStage.AGREED),
    ClaimRow(ClaimDeed.DENY, frozenset({ClaimStage.OPEN, ClaimStage.SILENT}), Of.CREDITOR, ClaimStage.DENIED),
    ClaimRow(ClaimDeed.LAPSE, frozenset({ClaimStage.OPEN}), Of.SYSTEM, ClaimStage.SILENT),
    ClaimRow(ClaimDeed.WITHDRAW, LIVE, Of.DEBTOR, ClaimStage.WITHDRAWN),
    ClaimRow(ClaimDeed.VISIT, _LOOKED, Of.MEDIATOR, None),
    ClaimRow(ClaimDeed.END, LIVE, Of.SYSTEM, ClaimStage.ENDED),
)
ANSWER: Final = timedelta(days=7)
"""How long whom it is owed to has for an answer; ours, as every answer to a letter."""
WORDS: Final = 500


def row_of(deed: ClaimDeed) -> ClaimRow:
    """Return the row of a deed."""
    return next(each for each in ROWS if each.deed is deed)


def open_deeds(stage: ClaimStage, who: Collection[Of]) -> set[ClaimDeed]:
    """Return what these people may do with a claim now.

    >>> sorted(open_deeds(ClaimStage.DENIED, {Of.CREDITOR, Of.MEDIATOR}))
    [<ClaimDeed.AGREE: 'agreed'>, <ClaimDeed.VISIT: 'visited'>]
    """
    return {each.deed for each in ROWS if stage in each.sources and each.by in who}


def urging_waits(late: Iterable[int], unanswered: Collection[int]) -> bool:
    """Return whether nobody is urged today: all that is late is said to be done, and the answer is not due yet.

    >>> urging_waits([1, 2], {1, 2, 3}), urging_waits([1, 2], {1}), urging_waits([], {1})
    (True, False, False)
    """
    known = list(late)
    return bool(known) and all(each in unanswered for each in known)
