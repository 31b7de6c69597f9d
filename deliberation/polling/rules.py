"""What may become of a sheet, what is met at a door, and how long a kiosk waits. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from deliberation.ballot.votes import Choice
from deliberation.question.marks import Marks

IDLE: Final = timedelta(seconds=60)  # after which a kiosk forgets who stood before it
WHY: Final = (4, 300)  # characters
TOKEN: Final = 36  # characters, the name a device gives to one form
TOGETHER: Final = 0  # instead of one speaker: all owners signed


class SheetState(StrEnum):
    """Where a sheet that came back stands."""

    READ = "read"  # 录了一遍
    DIFFERENT = "different"  # 两遍不一样
    CAST = "cast"  # 算一票
    INVALID = "invalid"  # 无效
    OVERTAKEN = "overtaken"  # 后来又投了
    LATE = "late"  # 截止后才收到


UNSETTLED: Final = (SheetState.READ, SheetState.DIFFERENT)


class Fault(StrEnum):
    """Why a sheet does not count."""

    NOT_ON_ROLL = "not_on_roll"  # 票号不在册
    REPLACED = "replaced"  # 补发过，旧票作废
    DOUBLE = "double"  # 同一户交了两张
    UNREADABLE = "unreadable"  # 看不清、没选或者多选
    CONTRARY = "contrary"  # 选得比能选的多、写重了、又选又弃权
    LATE = "late"  # 截止以后收到
    OVERTAKEN = "overtaken"  # 收到以后这一户又投了


STATE_OF: Final = {Fault.LATE: SheetState.LATE, Fault.OVERTAKEN: SheetState.OVERTAKEN}
"""A sheet with any other fault is `SheetState.INVALID`."""
VOID: Final = frozenset({Fault.UNREADABLE, Fault.CONTRARY})
"""Faults of what is written on a sheet: its head has taken part, with a paper that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a sheet once it was read twice alike.

    ``said`` is what stands on it, None when it cannot be read; ``sound`` whether that would count.
    """

    known: bool
    replaced: bool
    double: bool
    said: Choice | Marks | None
    received_at: datetime
    closes_at: datetime
    overtaken: bool
    sound: bool = True


def fault_of(facts: Facts) -> Fault | None:
    """Return the first reason for which a sheet does not count, None when it counts."""
    found: Iterable[tuple[bool, Fault]] = (
        (facts.received_at >= facts.closes_at, Fault.LATE),
        (not facts.known, Fault.NOT_ON_ROLL),
        (facts.replaced, Fault.REPLACED),
        (facts.double, Fault.DOUBLE),
        (facts.said is None, Fault.UNREADABLE),
        (not facts.sound, Fault.CONTRARY),
        (facts.overtaken, Fault.OVERTAKEN),
    )
    return next((fault for is_so, fault in found if is_so), None)


class SheetDeed(StrEnum):
    """What the register of sheets counts."""

    PRINTED = "printed"  # 印发
    SPOILT = "spoilt"  # 作废
    RETURNED = "returned"  # 退回


class Met(StrEnum):
    """What was found at a door."""

    NOBODY = "nobody"  # 没人在家
    WILL_VOTE = "will_vote"  # 说自己会投
    TOOK_SHEET = "took_sheet"  # 领了纸票
    WANTS_HELP = "wants_help"  # 要人帮
    DECLINES = "declines"  # 不想参加


class Consent(StrEnum):
    """How somebody asked for help with their vote."""

    SPOKEN = "spoken"  # 当面说的，有证人
    SIGNED = "signed"  # 本人签了字，拍了照


class HelpState(StrEnum):
    """Where a vote taken down at a door stands."""

    WAITING = "waiting"  # 等证人确认
    CAST = "cast"
    REFUSED = "refused"  # 证人说不对
