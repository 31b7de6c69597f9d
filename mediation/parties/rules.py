"""Who may stand beside a party, with what power, and when a group speaks through a few. Nothing here does I/O.

Source: 民法典 27–28, 34 (guardians), 165 (written mandate); 民事诉讼法 56 (groups), 61 (two at most), 62 (special
powers); 民诉法解释 75 (ten people are many), 78 (two to five speak for them).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class GuardBasis(StrEnum):
    """Why somebody is a guardian."""

    PARENT = "parent"  # 父母
    SPOUSE = "spouse"  # 配偶
    CHILD = "child"  # 成年子女
    KIN = "kin"  # 其他近亲属
    APPOINTED = "appointed"  # 指定或者协议确定
    COMMITTEE = "committee"  # 居委会、村委会或者民政部门


class ProxyKind(StrEnum):
    """As what somebody represents a party (民事诉讼法 61)."""

    LAWYER = "lawyer"  # 律师
    LEGAL_WORKER = "legal-worker"  # 基层法律服务工作者
    RELATIVE = "relative"  # 近亲属
    STAFF = "staff"  # 单位工作人员
    RECOMMENDED = "recommended"  # 社区、单位推荐的人


class Power(StrEnum):
    """A special power; without it a representative only speaks and brings papers (民事诉讼法 62)."""

    SETTLE = "settle"  # 和解、达成协议
    VARY = "vary"  # 变更请求
    WAIVE = "waive"  # 放弃权利
    RECEIVE = "receive"  # 代收款物


class AttendRole(StrEnum):
    """As what somebody who is no party sits there."""

    INVITEE = "invitee"  # 受邀参与人：亲友、专家、保险公司等（人民调解法 20）
    RECORDER = "recorder"  # 记录人


class MemberVote(StrEnum):
    """What a member of a group says of an agreement."""

    PENDING = "pending"  # 还没有说
    YES = "yes"  # 认可
    NO = "no"  # 不认可


MOST_REPRESENTATIVES: Final = 2
GROUP_FROM: Final = 10
FEWEST_ELECTED: Final = 2
MOST_ELECTED: Final = 5
MOST_VISITORS: Final = 5
"""So many may speak for many where petitions are received (信访工作条例 20)."""
MEMBERS_MOST: Final = 500


def powers_of(stored: str) -> frozenset[Power]:
    """Return the powers in a stored list.

    >>> sorted(powers_of("settle receive"))
    [<Power.RECEIVE: 'receive'>, <Power.SETTLE: 'settle'>]
    """
    return frozenset(Power(each) for each in stored.split())


def bound(votes: Mapping[int, MemberVote]) -> frozenset[int]:
    """Return the members whom an agreement binds: those who said yes, and nobody else (民事诉讼法 56)."""
    return frozenset(member for member, vote in votes.items() if vote is MemberVote.YES)


def fit_to_speak(elected: Iterable[int], members: Iterable[int]) -> bool:
    """Return whether so many were elected as may speak for a group, all of them members of it."""
    chosen = set(elected)
    return FEWEST_ELECTED <= len(chosen) <= MOST_ELECTED and chosen <= set(members)
