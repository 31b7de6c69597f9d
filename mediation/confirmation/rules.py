"""The road of an application for judicial confirmation, as a table. Nothing here does I/O.

An application begins only when somebody prepares it: before that an agreement is either fit for one or it is not
(``grounds.py``). The platform never applies for a party who is silent. Source: 民事诉讼法 205, 206; 民诉法解释 351–360.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.errors import Forbidden, MovedOn, Unfit
from mediation.case.events import Guard


class Course(StrEnum):
    """Where an application stands."""

    PREPARING = "preparing"  # 正在准备
    APPLIED = "applied"  # 有人申请，等其他人
    FILED = "filed"  # 已提交法院
    SUPPLEMENT = "supplement"  # 法院要求补充
    CONFIRMED = "confirmed"  # 裁定有效
    DISMISSED = "dismissed"  # 裁定驳回
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    WITHDRAWN = "withdrawn"  # 撤回
    LAPSED = "lapsed"  # 过了三十日


class Deed(StrEnum):
    """What moves an application on."""

    PREPARE = "prepare"  # 选法院，开始准备
    APPLY = "apply"  # 申请
    FILE = "file"  # 提交法院
    ADMIT = "admit"  # 受理
    ASK_MORE = "ask_more"  # 通知补充
    BRING = "bring"  # 补来了
    CONFIRM = "confirm"  # 裁定有效
    DISMISS = "dismiss"  # 裁定驳回
    NOT_ACCEPT = "not_accept"  # 不予受理
    WITHDRAW = "withdraw"  # 撤回申请
    LAPSE = "lapse"  # 逾期失效


class Who(StrEnum):
    """Who may do a deed."""

    PARTY = "party"  # 当事人
    WORKER = "worker"  # 主持调解员、主任
    COURT = "court"  # 法院联络人
    DIRECTOR = "director"  # 主任，照法院的文书登记
    SYSTEM = "system"  # 到期


@dataclass(frozen=True, slots=True)
class Row:
    """One deed: from where (nothing: no application is open), to where, by whom, on which conditions."""

    deed: Deed
    sources: tuple[Course, ...]
    to: Course
    who: tuple[Who, ...]
    guards: tuple[Guard, ...] = ()


NOT_OVER: Final = Guard("in_window", "共同申请司法确认的三十日已经过了。协议照样有效，对方不履行的可以起诉。")
_NUMBERED: Final = Guard("numbered", "请写法院文书的编号，最多64个字。")
_DATED: Final = Guard("dated", "请写法院文书上的日期，不能早于提交那天，也不能晚于今天。")
_REASONED: Final = Guard("reasoned", "请选法院写明的理由。")
AT_COURT: Final = (Course.FILED, Course.SUPPLEMENT)
GATHERING: Final = (Course.PREPARING, Course.APPLIED)
OPEN: Final = (*GATHERING, *AT_COURT)
_RULES: Final = (Who.COURT, Who.DIRECTOR)

ROWS: Final = (
    Row(
        Deed.PREPARE,
        (),
        Course.PREPARING,
        (Who.PARTY, Who.WORKER),
        (
            Guard("eligible", "这份协议法院不会确认，原因写在页面上。"),
            NOT_OVER,
            Guard("court_competent", "请选有管辖权的法院；不在名单里的，请写明凭什么由它管。"),
        ),
    ),
    Row(
        Deed.APPLY,
        GATHERING,
        Course.APPLIED,
        (Who.PARTY, Who.WORKER),
        (NOT_OVER, Guard("sworn", "请先勾选，表示您是自愿的，协议是真的。")),
    ),
    Row(
        Deed.FILE,
        (Course.APPLIED,),
        Course.FILED,
        (Who.PARTY, Who.WORKER),
        (NOT_OVER, Guard("all_applied", "还有人没有申请。司法确认要每一方都申请，谁也不能替他决定。")),
    ),
    Row(Deed.ADMIT, (Course.FILED,), Course.FILED, _RULES, (_NUMBERED, _DATED)),
    Row(Deed.ASK_MORE, (Course.FILED,), Course.SUPPLEMENT, _RULES, (Guard("listed", "请写明要补充什么，一次说全。"),)),
    Row(Deed.BRING, (Course.SUPPLEMENT,), Course.FILED, (Who.WORKER,), (Guard("brought", "请写明补了什么。"),)),
    Row(Deed.CONFIRM, (Course.FILED,), Course.CONFIRMED, _RULES, (_NUMBERED, _DATED)),
    Row(Deed.DISMISS, (Course.FILED,), Course.DISMISSED, _RULES, (_NUMBERED, _DATED, _REASONED)),
    Row(Deed.NOT_ACCEPT, AT_COURT, Course.NOT_ACCEPTED, _RULES, (_DATED, _REASONED)),
    Row(Deed.WITHDRAW, OPEN, Course.WITHDRAWN, (Who.PARTY,)),
    Row(Deed.LAPSE, GATHERING, Course.LAPSED, (Who.SYSTEM,)),
)
"""Every deed. What a court decides is entered by its own liaison, or by the director from the paper it sent."""

BY_DEED: Final = MappingProxyType({row.deed: row for row in ROWS})


def row_for(deed: Deed, stage: Course, who: frozenset[Who]) -> Row:
    """Return the row of a deed.

    Raises:
        Forbidden: it is not for ``who``.
        MovedOn: an application at ``stage`` has no such deed.
    """
    row = BY_DEED[deed]
    if not who & set(row.who):
        raise Forbidden("这一步不由您来办。请看页面上写的下一步由谁办。")
    if stage not in row.sources:
        raise MovedOn("司法确认已经往前走了一步，请刷新后再看。")
    return row


def demand(deed: Deed, guard: str, *, holds: bool, field: str = "form") -> None:
    """Raise `Unfit` with the guard's own sentence unless it holds."""
    if not holds:
        raise Unfit(next(each.refusal for each in BY_DEED[deed].guards if each.id == guard), field=field)


def deeds_at(stage: Course, who: frozenset[Who]) -> tuple[Deed, ...]:
    """Return what somebody may do with an application at ``stage``, in the order of the road.

    >>> deeds_at(Course.SUPPLEMENT, frozenset({Who.WORKER}))
    (<Deed.BRING: 'bring'>,)
    """
    return tuple(row.deed for row in ROWS if stage in row.sources and who & set(row.who))
