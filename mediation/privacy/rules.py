"""What is put on the log of a case, under which purpose, and how a shut thing is opened. Nothing here does I/O."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.access import Seat, Thing, may_read, openable
from mediation.case.states import State


class Purpose(StrEnum):
    """What somebody reads a case for; it follows from the seat, and nobody chooses it."""

    MEDIATE = "mediate"  # 主持调解
    INTAKE = "intake"  # 受理审查
    DIRECT = "direct"  # 组织和监督本单位的调解
    TAKE_OVER = "take-over"  # 决定是否接收
    COMMISSION = "commission"  # 委派、委托调解
    DISPATCH = "dispatch"  # 调度
    SUPERVISE = "supervise"  # 指导和监督
    CONFIRM = "confirm"  # 办理司法确认
    ARCHIVE = "archive"  # 立卷归档
    PERMIT = "permit"  # 两人同意的临时查阅


class Hold(StrEnum):
    """Why what a party wants deleted has to stay for now; it is then kept and used for nothing else."""

    RUNNING = "running"  # 还在办，或者还没有归档
    TERM = "term"  # 卷宗保存期限没有满


ANSWER_DAYS: Final = 15
"""Working days within which a wish is answered and the copy is given. Our own figure (个人信息保护法 45, 50)."""

PURPOSES: Final = MappingProxyType(
    {
        Seat.MEDIATOR: Purpose.MEDIATE,
        Seat.CO: Purpose.MEDIATE,
        Seat.RECORDER: Purpose.MEDIATE,
        Seat.INTAKE: Purpose.INTAKE,
        Seat.DIRECTOR: Purpose.DIRECT,
        Seat.RECEIVER: Purpose.TAKE_OVER,
        Seat.COURT: Purpose.COMMISSION,
        Seat.COURT_CONFIRMING: Purpose.CONFIRM,
        Seat.CENTRE: Purpose.DISPATCH,
        Seat.JUSTICE: Purpose.SUPERVISE,
        Seat.ARCHIVIST: Purpose.ARCHIVE,
    }
)
"""By seat, the best first. Who has no purpose here leaves no trace: parties and those who help them are not watched."""

LOGGED: Final = frozenset(
    {Thing.IDENTITY, Thing.STATEMENT, Thing.JOINT, Thing.CAUCUS, Thing.SHARED, Thing.PRIVATE, Thing.MINUTES}
    | {Thing.PROPOSAL, Thing.AGREEMENT, Thing.CONFIRMATION}
)
"""What is put on the log when an officer opens it."""

BY_NAME: Final = frozenset({Seat.MEDIATOR, Seat.CO, Seat.RECORDER, Seat.INTAKE, Seat.DIRECTOR})
"""Whom the parties see on the log by name: those who work on their case. Everybody else stands there by office."""

GAP: Final = timedelta(minutes=10)
"""Readings nearer to each other than this are one."""

PARTS: Final = (Thing.IDENTITY, Thing.STATEMENT, Thing.SHARED, Thing.AGREEMENT, Thing.PERFORMANCE)
"""What can be opened for some minutes. Words said alone, the mediator's own and offers never can: no cell says so."""

MINUTES: Final = (15, 30, 60, 240)
WAIT: Final = timedelta(hours=24)
"""How long a wish to open something waits for the second person."""

SECONDS: Final = frozenset({Seat.DIRECTOR, Seat.JUSTICE, Seat.PRIVACY})
"""Who may be the second person; never the one who asked."""


class Standing(StrEnum):
    """Where a wish to open something stands."""

    ASKED = "asked"  # 等第二个人答复
    OPEN = "open"  # 已同意，还在时限内
    OVER = "over"  # 时限已过
    REFUSED = "refused"  # 没有同意
    LAPSED = "lapsed"  # 一天内没有人答复


def standing(
    *, asked_at: datetime, decided_at: datetime | None, granted: bool | None, until: datetime | None, at: datetime
) -> Standing:
    """Return where a wish stands at ``at``; the last instant of the minutes is no longer among them."""
    if decided_at is None:
        return Standing.ASKED if at < asked_at + WAIT else Standing.LAPSED
    if not granted or until is None:
        return Standing.REFUSED
    return Standing.OPEN if at < until else Standing.OVER


def reads_as(seats: Iterable[Seat], thing: Thing, state: State) -> Seat | None:
    """Return the seat in which an officer reads ``thing`` here; none when it is not for them, or they are a party."""
    held = frozenset(seats)
    return next((seat for seat in PURPOSES if seat in held and may_read([seat], thing, state)), None)


def can_ask(seats: Iterable[Seat], state: State) -> tuple[Thing, ...]:
    """Return what somebody in ``seats`` may ask to have opened, in the order of the page."""
    shut = openable(seats, state)
    return tuple(thing for thing in PARTS if thing in shut)
