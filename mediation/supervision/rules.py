"""What can happen to a card, by whom, and how long there is to answer. Nothing here does I/O."""

from enum import StrEnum
from typing import Final, NamedTuple

from community.errors import MovedOn


class Ground(StrEnum):
    """Why a card is sent (应受理未受理, 应办未办, 不依法办; the last by the clock itself)."""

    NOT_TAKEN = "not-taken"  # 应受理未受理
    NOT_DONE = "not-done"  # 应办未办
    UNLAWFUL = "unlawful"  # 不依法办
    DANGER = "danger"  # 有激化风险
    LATE = "late"  # 期限已过


class Colour(StrEnum):
    """How pressing a card is."""

    YELLOW = "yellow"  # 黄色督办
    RED = "red"  # 红色督办


class CardState(StrEnum):
    """Where a card stands."""

    OPEN = "open"  # 等答复
    ANSWERED = "answered"  # 已答复，等督办的人看
    SETTLED = "settled"  # 已销号
    WITHDRAWN = "withdrawn"  # 已撤回


class CardDeed(StrEnum):
    """What can be done with a card."""

    ANSWER = "answer"  # 答复
    ACCEPT = "accept"  # 认可，销号
    AGAIN = "again"  # 再问一次
    WITHDRAW = "withdraw"  # 撤回
    FALL_LATE = "fall-late"  # 到期没有答复，升为红色


class Hand(StrEnum):
    """Who does it."""

    OFFICE = "office"  # 综治中心、司法所
    ORG = "org"  # 被督办单位的负责人
    SYSTEM = "system"  # 到期自动


class CardRow(NamedTuple):
    """One line of the table; ``words`` tells whether something has to be written."""

    start: CardState
    deed: CardDeed
    hand: Hand
    end: CardState
    words: bool


CARD_ROWS: Final = (
    CardRow(CardState.OPEN, CardDeed.ANSWER, Hand.ORG, CardState.ANSWERED, words=True),
    CardRow(CardState.ANSWERED, CardDeed.ACCEPT, Hand.OFFICE, CardState.SETTLED, words=False),
    CardRow(CardState.ANSWERED, CardDeed.AGAIN, Hand.OFFICE, CardState.OPEN, words=True),
    CardRow(CardState.OPEN, CardDeed.WITHDRAW, Hand.OFFICE, CardState.WITHDRAWN, words=True),
    CardRow(CardState.OPEN, CardDeed.FALL_LATE, Hand.SYSTEM, CardState.OPEN, words=False),
)

LEAST_DAYS, MOST_DAYS, DAYS = 1, 15, 5
"""Working days to answer: from, to, and unless said otherwise. Our own choice."""
MOST: Final = 1000
"""Characters of a card or an answer."""


def row(state: CardState, deed: CardDeed) -> CardRow:
    """Return the line of the table for a deed; raises `MovedOn` when there is none from here."""
    found = next((each for each in CARD_ROWS if each.start is state and each.deed is deed), None)
    if found is None:
        raise MovedOn("这张督办单已经往前走了一步，请刷新页面看看。")
    return found


def deeds(state: CardState, hand: Hand) -> list[CardRow]:
    """Return what a hand may do from a state, in the order of the table."""
    return [each for each in CARD_ROWS if each.start is state and each.hand is hand]
