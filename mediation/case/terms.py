"""The vocabulary of legal periods: unit, force, source, pause, and the shape of one rule."""

from dataclasses import dataclass
from enum import StrEnum

from community.calendar.rules import Span
from mediation.case.states import Clock


class Unit(StrEnum):
    """What a period is counted in."""

    MINUTE = "minute"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


class Force(StrEnum):
    """What may happen when a period is over."""

    HARD = "H"  # the system may act
    SOFT = "S"  # alert and supervision only
    INTERNAL = "I"  # our own promise, configurable
    EXTERNAL = "X"  # somebody else's period, only shown


class Trust(StrEnum):
    """How far the source of a rule was checked."""

    VERIFIED = "V"  # the primary text was read
    SECONDARY = "W"  # read in somebody else's excerpt
    KNOWN = "K"  # general knowledge, to be confirmed by a lawyer or a 司法所
    OURS = "O"  # no law says so, we chose it


class Start(StrEnum):
    """The moment a period starts from; that day itself is not counted."""

    FILED = "filed"  # 申请日
    NOTIFIED = "notified"  # 补正告知
    INVITED = "invited"  # 决定征询
    ACCEPTED = "accepted"  # 受理日
    APPLIED = "applied"  # 收到申请
    DETERMINED = "determined"  # 收到认定书
    RECEIVED = "received"  # 签字接收或者平台确认
    CONSENTED = "consented"  # 双方同意
    SENT = "sent"  # 移交发出
    ASSIGNED = "assigned"  # 选定调解员
    SUSPENDED = "suspended"  # 中止
    FINALIZED = "finalized"  # 定稿
    EFFECT = "effect"  # 协议生效
    JC_FILED = "jc_filed"  # 提交司法确认
    JC_ACCEPTED = "jc_accepted"  # 法院受理司法确认
    CLAUSE_DATE = "clause_date"  # 条款约定的日期
    OVERDUE = "overdue"  # 应履行之日
    PERFORMED = "performed"  # 最后一次履行
    TERMINATED = "terminated"  # 终止
    CLOSED = "closed"  # 结案
    ALARMED = "alarmed"  # 红色预警
    SIGNED = "signed"  # 签名
    HARM_KNOWN = "harm_known"  # 知道权利受损


class PauseReason(StrEnum):
    """Why a case waits; whether a period waits with it is the rule's say."""

    APPRAISAL = "appraisal"  # 鉴定
    GUARDIAN = "guardian"  # 监护人确定
    FORCE_MAJEURE = "force_majeure"  # 不可抗力
    SHAM = "sham"  # 疑似虚假调解
    SAFETY = "safety"  # 安全处置
    OTHER_CASE = "other_case"  # 待另案
    HANDOVER = "handover"  # 移交待接收


class Extend(StrEnum):
    """How a period may become longer."""

    NEVER = "never"
    ONCE = "once"  # once, by ``Rule.more``
    ALL_AGREE = "all_agree"  # to the day every party agreed on
    PRESIDENT = "president"  # the president of the court, by ``Rule.more``
    AMEND = "amend"  # by amending the agreement
    STATUTE = "statute"  # as the statute interrupts or suspends it


@dataclass(frozen=True, slots=True)
class Basis:
    """One source of a rule: its register key, the article, and how far it was checked."""

    key: str
    article: str
    trust: Trust


@dataclass(frozen=True, slots=True)
class Pause:
    """One stretch of waiting."""

    reason: PauseReason
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One period.

    Attributes:
        id: D01 and so on; several variants may share one.
        variant: which of them; empty when there is one only.
        what: what must be done within it.
        amount: how many units; 0 means on the day itself.
        clock: the clock of the road it measures; none for periods beside the road.
        excludes: reasons whose days are not counted.
        more: units by which ``extend`` lengthens it, where that is fixed.
        pack: the region whose rules it belongs to; empty for everywhere.
    """

    id: str
    variant: str = ""
    what: str
    amount: int
    unit: Unit
    starts: Start
    force: Force
    basis: tuple[Basis, ...]
    clock: Clock | None = None
    excludes: frozenset[PauseReason] = frozenset()
    extend: Extend = Extend.NEVER
    more: int = 0
    pack: str = ""
