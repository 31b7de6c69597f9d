"""Kinds of request, how it was checked who asks, the answers there are, and the table of states. Nothing does I/O."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from community.errors import MovedOn


class Kind(StrEnum):
    """What somebody wants done with what is kept about them."""

    ACCESS = "access"  # 查阅、复制
    CORRECT = "correct"  # 更正、补充
    RESTRICT = "restrict"  # 限制、拒绝处理
    DELETE = "delete"  # 删除
    EXPLAIN = "explain"  # 解释说明


class Checked(StrEnum):
    """How it was made sure that the one who asks may."""

    ACCOUNT = "account"  # 本人登录
    SEEN = "seen"  # 看过证件
    MANDATE = "mandate"  # 看过授权委托书和证件
    KIN = "kin"  # 逝者的近亲属，看过证明


class Outcome(StrEnum):
    """What was answered."""

    GRANTED = "granted"
    PART = "part"
    REFUSED = "refused"


class Standing(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    LIFTED = "lifted"  # a restriction that the person took back


class Deed(StrEnum):
    """What moves it."""

    ANSWER = "answer"
    WITHDRAW = "withdraw"
    LIFT = "lift"


class Row(NamedTuple):
    """One line of the table: from where, by which deed, to where."""

    here: Standing
    deed: Deed
    there: Standing


ROWS: Final = (
    Row(Standing.OPEN, Deed.ANSWER, Standing.ANSWERED),
    Row(Standing.OPEN, Deed.WITHDRAW, Standing.WITHDRAWN),
    Row(Standing.ANSWERED, Deed.LIFT, Standing.LIFTED),
)

ARTICLES: Final = MappingProxyType(
    {Kind.ACCESS: "45", Kind.CORRECT: "46", Kind.RESTRICT: "44", Kind.DELETE: "47", Kind.EXPLAIN: "48"}
)
"""The article of the 个人信息保护法 that a request rests on."""

AT_WINDOW: Final = (Checked.SEEN, Checked.MANDATE, Checked.KIN)
ANSWER_DAYS: Final = 15
"""Working days within which it is answered. The law says "in time"; the figure is our own (个人信息保护法 45, 50)."""
WARN_DAYS: Final = 3
"""Calendar days before the last one on which those who answer are reminded."""
MOST_OPEN: Final = 10  # of one person
WORDS: Final = 1000  # signs in a text
NAME, CONTACT = 64, 120  # signs


def after(here: Standing, deed: Deed) -> Standing:
    """Return where ``deed`` leads; raises `MovedOn` when it is not to be done from here.

    >>> after(Standing.OPEN, Deed.ANSWER).value
    'answered'
    """
    for row in ROWS:
        if (row.here, row.deed) == (here, deed):
            return row.there
    raise MovedOn("这份申请已经有了结果。请刷新页面看一看。")


def needs_reason(outcome: Outcome) -> bool:
    """Return whether an answer must say why; one that gives everything need not (个人信息保护法 50)."""
    return outcome is not Outcome.GRANTED
