"""Who reads what of a case, in which phase: the confidentiality matrix as a table. Nothing here does I/O.

Twenty-three kinds of viewer, eighteen objects, four phases; whatever shows something of a case asks `can_read`.
Source: 人民调解法 15(四); 特邀调解规定 2, 28; 在线调解规则 29; 个人信息保护法 6.
"""

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from mediation.case.states import State


class Seat(StrEnum):
    """In which capacity somebody stands before a case."""

    APPLICANT = "applicant"  # 申请人
    RESPONDENT = "respondent"  # 被申请人、第三人
    AGENT = "agent"  # 代理人，在授权期内
    GUARDIAN = "guardian"  # 法定代理人，被代理人不能自己做主期间；与代理人同一行，办事等于当事人本人
    HELPER = "helper"  # 代办、网格员
    INTERPRETER = "interpreter"  # 翻译、手语
    INVITEE = "invitee"  # 受邀参与人
    INTAKE = "intake"  # 受理员
    MEDIATOR = "mediator"  # 主持调解员
    CO = "co"  # 联合单位的协同调解员，与主持调解员同一行
    RECORDER = "recorder"  # 记录人
    DIRECTOR = "director"  # 调委会主任、行政调解机构负责人
    COLLEAGUE = "colleague"  # 同组织其他调解员
    FORMER = "former"  # 已回避、更换的调解员
    RECEIVER = "receiver"  # 移交目标组织
    COURT = "court"  # 委派、委托的法院
    COURT_CONFIRMING = "court-confirming"  # 未委派、收司法确认申请的法院
    CENTRE = "centre"  # 综治中心调度
    JUSTICE = "justice"  # 司法所、司法局
    PARTY_OFFICE = "party-office"  # 社区党组织、街道
    POLICE = "police"  # 公安，升级后
    AUDITOR = "auditor"  # 第三方评估、审计
    ARCHIVIST = "archivist"  # 档案员
    PRIVACY = "privacy"  # 个人信息保护负责人
    ADMIN = "admin"  # 系统管理员


class Thing(StrEnum):
    """What can be read of a case."""

    INDEX = "index"  # 号、类型、状态、承办
    NAMES = "names"  # 身份（脱敏）
    IDENTITY = "identity"  # 身份（全量）
    STATEMENT = "statement"  # 申请与陈述
    JOINT = "joint"  # 联席室消息
    CAUCUS = "caucus"  # 背靠背室消息（某方）
    INTERNAL = "internal"  # 调解员内部室
    SHARED = "shared"  # 已共享证据
    PRIVATE = "private"  # 仅供调解员证据
    MINUTES = "minutes"  # 已确认调解笔录
    PROPOSAL = "proposal"  # 方案、让步
    AGREEMENT = "agreement"  # 已生效协议
    CONFIRMATION = "confirmation"  # 司法确认包
    PERFORMANCE = "performance"  # 履行、回访
    RISK = "risk"  # 风险评估、升级
    LOG = "log"  # 查阅记录
    SATISFACTION = "satisfaction"  # 满意度
    FIGURES = "figures"  # 统计（去标识）


class Phase(IntEnum):
    """The four stretches of a case between which what may be read differs."""

    BEFORE = 0  # before acceptance
    TALKS = 1  # accepted to signing
    EFFECT = 2  # in effect to closed
    ARCHIVED = 3


class Grade(StrEnum):
    """How much of an object may be read, and on what condition."""

    WHOLE = "F"
    SIDE = "S"  # what belongs to one's own side
    MASKED = "M"  # masked, or that it is there and no more
    PERMIT = "P"  # once two people opened it for some minutes, on record
    EXTRACT = "E"  # the marked extract, while the alarm or the commission that it serves stands
    LAWFUL = "L"  # what a lawful written request names
    NOTHING = "·"


PHASES: Final = MappingProxyType(
    {
        **dict.fromkeys((State.DRAFT, State.REGISTERED, State.SUPPLEMENT, State.INVITING), Phase.BEFORE),
        **dict.fromkeys((State.DECLINED, State.REDIRECTED, State.MERGED), Phase.BEFORE),
        **dict.fromkeys((State.ASSIGNING, State.MEDIATING, State.SUSPENDED, State.DRAFTING), Phase.TALKS),
        **dict.fromkeys((State.SIGNING, State.HANDOVER, State.TERMINATED), Phase.TALKS),
        **dict.fromkeys((State.PERFORMING, State.BREACHED, State.FOLLOWUP, State.CLOSED), Phase.EFFECT),
        State.ARCHIVED: Phase.ARCHIVED,
    }
)

_ROWS: Final = """
applicant        FFFF FFFF SSSS FFFF ·FF· ·SSS ···· ·FFF ·SSS ·FFF ·FF· ··FF ··FF ··FF ···· SSSS SSSS ····
respondent       FFFF FFFF SSSS MFFF ·FF· ·SSS ···· ·FFF ·SSS ·FFF ·FF· ··FF ··FF ··FF ···· SSSS SSSS ····
agent            FFFF FFFF SSSS FFFF ·FF· ·SSS ···· ·FFF ·SSS ·FFF ·FF· ··FF ··FF ··FF ···· SSSS SSSS ····
helper           FMMM S··· ···· S··· ···· ···· ···· ···· ···· ···· ···· ··P· ···· ··P· ···· ···· ···· ····
interpreter      ·M·· ···· ···· ···· ·P·· ·P·· ···· ···· ···· ·P·· ·P·· ···· ···· ···· ···· ···· ···· ····
invitee          ·M·· ···· ···· ···· ·P·· ···· ···· ·P·· ···· ···· ···· ···· ···· ···· ···· ···· ···· ····
intake           FMMM F··· F··· F··· ···· ···· ···· F··· ···· ···· ···· ···· ···· ···· F··· ···· ···· ····
mediator         FFFF FFFM ·FF· ·FF· ·FF· ·FF· ·FF· ·FF· ·FF· ·FFP ·FF· ·FFP ·FF· ·FFP ·FF· ···· ···· ····
recorder         MFMM ·F·· ···· ·F·· ·F·· ···· ···· ·F·· ···· ·F·· ···· ···· ···· ···· ···· ···· ···· ····
director         FFFF FFFF PPPP FFFF ···· ···· ···· PPPP ···· PPPP ···· FFFF FFFF FFFF FFFF MMMM MMMM FFFF
colleague        MMMM ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ····
former           MMMM ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ····
receiver         ·F·· ·F·· ·P·· ·F·· ···· ···· ···· ·F·· ···· ·P·· ···· ···· ···· ···· ·F·· ···· ···· ····
court            FFFF FFFF FFFF FFFF ···· ···· ···· FFFF ···· ··EE ···· ··FF ··FF ···· ···· ···· ···· ····
court-confirming ···· ···· ···· ···· ···· ···· ···· ···· ···· ··LL ···· ··LL ··FF ···· ···· ···· ···· ····
centre           FFFF MMMM ···· F··· ···· ···· ···· ···· ···· ···· ···· ···· ···· MMMM FFFF ···· MMMM FFFF
justice          FFFF MMMM ···· PPPP ···· ···· ···· PPPP ···· PPPP ···· PPPP ···· MMMM FFFF MMMM MMMM FFFF
party-office     MMMM ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· MMMM ···· ···· FFFF
police           MMMM ···· EEEE ·LLL ·LLL ·LLL ···· ·LLL ···· ·LLL ···· ·LLL ···· ···· EEEE ···· ···· ····
auditor          MMMM ···· ···· ···· MMMM MMMM ···· ···· ···· ··PP ···· ··PP ···· ··PP ···· MMMM MMMM FFFF
archivist        MMMF ···F ···F ···F ···· ···· ···· ···F ···· ···F ···· ···F ···F ···F ···· ···· ···· ····
privacy          MMMM MMMM PPPP ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· FFFF ···· FFFF
admin            MMMM ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· ···· MMMM ···· ····
"""

_READS_AS: Final = MappingProxyType({Seat.CO: Seat.MEDIATOR, Seat.GUARDIAN: Seat.AGENT})
"""Seats that share a row of the matrix with another."""

VIEWERS: Final = tuple(seat for seat in Seat if seat not in _READS_AS)
"""The twenty-three rows."""

MATRIX: Final = MappingProxyType(
    {
        (Seat(cells[0]), thing): tuple(Grade(letter) for letter in cells[column])
        for cells in (line.split() for line in _ROWS.strip().splitlines())
        for column, thing in enumerate(Thing, start=1)
    }
)

PARTIES: Final = frozenset({Seat.APPLICANT, Seat.RESPONDENT, Seat.AGENT, Seat.GUARDIAN})
"""Who stands for a side: the parties and those who act for them."""

_BEST: Final = (Grade.WHOLE, Grade.SIDE, Grade.MASKED)
"""Grades that need no further deed, the best first."""


def can_read(viewer: Seat, thing: Thing, phase: Phase) -> Grade:
    """Return how much of ``thing`` a ``viewer`` may read in ``phase``, as the matrix has it.

    >>> can_read(Seat.COLLEAGUE, Thing.NAMES, Phase.TALKS), can_read(Seat.CO, Thing.JOINT, Phase.TALKS)
    (<Grade.NOTHING: '·'>, <Grade.WHOLE: 'F'>)
    """
    return MATRIX[_READS_AS.get(viewer, viewer), thing][phase]


def grades(seats: Iterable[Seat], thing: Thing, state: State) -> frozenset[Grade]:
    """Return every grade that any of ``seats`` has for ``thing`` while the case stands at ``state``."""
    return frozenset(can_read(seat, thing, PHASES[state]) for seat in seats)


def letter(seats: Iterable[Seat], thing: Thing, state: State) -> Grade:
    """Return the best grade for ``thing`` that needs no permit, order or alarm."""
    return _letter(frozenset(seats), thing, state)


@lru_cache(maxsize=4096)  # a list asks the same of each of its rows
def _letter(seats: frozenset[Seat], thing: Thing, state: State) -> Grade:
    held = grades(seats, thing, state)
    return next((each for each in _BEST if each in held), Grade.NOTHING)


def may_read(seats: Iterable[Seat], thing: Thing, state: State) -> bool:
    """Return whether ``thing`` may be read whole, or for one's own side."""
    return letter(seats, thing, state) in (Grade.WHOLE, Grade.SIDE)


def openable(seats: Iterable[Seat], state: State) -> frozenset[Thing]:
    """Return what is shut for ``seats`` but can be opened for some minutes by a permit of two people."""
    seats = frozenset(seats)
    shut = (thing for thing in Thing if not may_read(seats, thing, state))
    return frozenset(thing for thing in shut if Grade.PERMIT in grades(seats, thing, state))
