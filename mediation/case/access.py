"""Who reads what of a case, in which phase: the confidentiality matrix as a table. Nothing here does I/O.

Four letters a cell, one a phase: before acceptance, accepted to signing, in
effect to closed, archived. F whole, M masked or metadata only, S own side
only, P by permit, · nothing. Rooms are not here: they are read by membership.
Source: 人民调解法 15(四); 特邀调解规定 2, 28; 在线调解规则 29.
"""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.states import State


class Seat(StrEnum):
    """In which capacity somebody stands before a case."""

    APPLICANT = "applicant"  # 申请人
    RESPONDENT = "respondent"  # 被申请人
    HELPER = "helper"  # 代办、网格员
    INTAKE = "intake"  # 受理员
    MEDIATOR = "mediator"  # 主持调解员
    CO = "co"  # 联合单位的协同调解员
    FORMER = "former"  # 已回避、更换的调解员
    COLLEAGUE = "colleague"  # 同组织其他调解员
    DIRECTOR = "director"  # 调委会主任
    CENTRE = "centre"  # 综治中心调度
    JUSTICE = "justice"  # 司法所
    PARTY_OFFICE = "party-office"  # 社区党组织
    ARCHIVIST = "archivist"  # 档案员
    RECEIVER = "receiver"  # 移交目标组织


class Thing(StrEnum):
    """What can be read of a case."""

    INDEX = "index"  # 号、类型、状态、承办
    NAMES = "names"  # 身份（脱敏）
    IDENTITY = "identity"  # 身份（全量）
    STATEMENT = "statement"  # 申请与陈述
    AGREEMENT = "agreement"  # 已生效协议
    PERFORMANCE = "performance"  # 履行、回访


PHASES: Final = MappingProxyType(
    {
        **dict.fromkeys((State.DRAFT, State.REGISTERED, State.SUPPLEMENT, State.INVITING), 0),
        **dict.fromkeys((State.DECLINED, State.REDIRECTED, State.MERGED), 0),
        **dict.fromkeys((State.ASSIGNING, State.MEDIATING, State.SUSPENDED, State.DRAFTING, State.SIGNING), 1),
        **dict.fromkeys((State.HANDOVER, State.TERMINATED), 1),
        **dict.fromkeys((State.PERFORMING, State.BREACHED, State.FOLLOWUP, State.CLOSED), 2),
        State.ARCHIVED: 3,
    }
)

_ROWS: Final = """
applicant     FFFF FFFF SSSS FFFF ··FF ··FF
respondent    FFFF FFFF SSSS MFFF ··FF ··FF
helper        FMMM S··· ···· S··· ··P· ··P·
intake        FMMM F··· F··· F··· ···· ····
mediator      FFFF FFFM ·FF· ·FF· ·FFP ·FFP
co            FFFF FFFM ·FF· ·FF· ·FFP ·FFP
former        MMMM ···· ···· ···· ···· ····
colleague     MMMM ···· ···· ···· ···· ····
director      FFFF FFFF PPPP FFFF FFFF FFFF
centre        FFFF MMMM ···· F··· ···· MMMM
justice       FFFF MMMM ···· PPPP PPPP MMMM
party-office  MMMM ···· ···· ···· ···· ····
archivist     MMMF ···F ···F ···F ···F ···F
receiver      ·F·· ·F·· ·P·· ·F·· ···· ····
"""

MATRIX: Final = MappingProxyType(
    {
        (Seat(cells[0]), thing): cells[column]
        for cells in (line.split() for line in _ROWS.strip().splitlines())
        for column, thing in enumerate(Thing, start=1)
    }
)


def letter(seats: Iterable[Seat], thing: Thing, state: State) -> str:
    """Return the best letter that any of ``seats`` has for ``thing`` while the case stands at ``state``."""
    phase = PHASES[state]
    letters = {MATRIX[seat, thing][phase] for seat in seats}
    return next((each for each in "FSM" if each in letters), "·")


def may_read(seats: Iterable[Seat], thing: Thing, state: State) -> bool:
    """Return whether ``thing`` may be read whole, or for one's own side."""
    return letter(seats, thing, state) in "FS"
