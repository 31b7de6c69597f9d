"""The stages of a record, who does what in which of them, and when it can be sealed. Nothing here does I/O."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.access import PARTIES, PHASES, Phase, Seat, Thing, may_read
from mediation.case.states import State


class RecordStage(StrEnum):
    """Where a record stands."""

    OPEN = "open"  # 正在写
    ROUND = "round"  # 请各方核对
    SEALED = "sealed"  # 已签名封存
    DROPPED = "dropped"  # 作废


class Deed(StrEnum):
    """What is done to a record."""

    HEAD = "head"  # 写时间、地点、在场的人
    ADD = "add"  # 加一条
    SEND = "send"  # 请各方核对
    CORRECT = "correct"  # 补一条更正
    SPEAK = "speak"  # 确认或者有异议
    PAPER = "paper"  # 当面在纸上确认
    REFUSE = "refuse"  # 记下拒绝签字
    COUNTERSIGN = "countersign"  # 记录人签名
    SEAL = "seal"  # 调解员签名封存
    DROP = "drop"  # 作废


class HandKind(StrEnum):
    """As what a name stands under a record."""

    MEDIATOR = "mediator"  # 调解员签名
    RECORDER = "recorder"  # 记录人签名
    INTERPRETER = "interpreter"  # 翻译签名
    REFUSED = "refused"  # 当事人拒绝签字，调解员注明


@dataclass(frozen=True, slots=True)
class Move:
    """One deed: in which stages, by whom, and where the record stands afterwards (``None``: where it stood)."""

    stages: frozenset[RecordStage]
    seats: frozenset[Seat]
    to: RecordStage | None = None


WRITERS: Final = frozenset({Seat.MEDIATOR, Seat.CO, Seat.RECORDER})
_LEADS: Final = frozenset({Seat.MEDIATOR})
_OPEN, _ROUND = frozenset({RecordStage.OPEN}), frozenset({RecordStage.ROUND})

MOVES: Final[Mapping[Deed, Move]] = MappingProxyType(
    {
        Deed.HEAD: Move(_OPEN, WRITERS),
        Deed.ADD: Move(_OPEN, WRITERS),
        Deed.SEND: Move(_OPEN, WRITERS, RecordStage.ROUND),
        Deed.CORRECT: Move(_ROUND, WRITERS),
        Deed.SPEAK: Move(_ROUND, PARTIES),
        Deed.PAPER: Move(_ROUND, _LEADS),
        Deed.REFUSE: Move(_ROUND, _LEADS),
        Deed.COUNTERSIGN: Move(_ROUND, frozenset({Seat.RECORDER})),
        Deed.SEAL: Move(_ROUND, _LEADS, RecordStage.SEALED),
        Deed.DROP: Move(_OPEN | _ROUND, _LEADS, RecordStage.DROPPED),
    }
)
"""Every change of a record. Nothing leads out of sealed or dropped."""

MOST: Final = 2000
"""Characters of a statement, and of the words of an objection."""
MOST_ENTRIES: Final = 200
MOST_HEAD: Final = 300
"""Characters of the place, and of the list of who was there."""


def allowed(deed: Deed, stage: RecordStage, seats: Iterable[Seat], state: State) -> bool:
    """Return whether somebody in ``seats`` may do this now; a case on the shelf is written in no more.

    >>> allowed(Deed.SEAL, RecordStage.ROUND, [Seat.RECORDER], State.MEDIATING)
    False
    """
    move, held = MOVES[deed], frozenset(seats)
    works = stage in move.stages and bool(held & move.seats) and PHASES[state] is not Phase.ARCHIVED
    return works and may_read(held & move.seats, Thing.MINUTES, state)


def opens(seats: Iterable[Seat], state: State) -> bool:
    """Return whether somebody in ``seats`` may begin a record: while the case is talked over."""
    held = frozenset(seats) & WRITERS
    return PHASES[state] is Phase.TALKS and may_read(held, Thing.MINUTES, state)


def visible(stage: RecordStage, seats: Iterable[Seat], state: State) -> bool:
    """Return whether a record is there for ``seats``: before it goes round only for who writes it.

    A sealed one is a confirmed record, which the matrix speaks of; one that goes round is for those it asks.
    """
    held = frozenset(seats)
    if stage is RecordStage.SEALED:
        return may_read(held, Thing.MINUTES, state)
    near = held & (WRITERS | PARTIES if stage is RecordStage.ROUND else WRITERS)
    return may_read(near, Thing.MINUTES, state)


def lacking(entries: Collection[int], said: Mapping[str, Collection[int]], refused: Collection[str]) -> dict[str, int]:
    """Return how many ``entries`` each party has not spoken on, by party; who refused owes nothing more.

    >>> lacking([1, 2], {"A1": [1, 2], "R1": [2]}, [])
    {'R1': 1}
    """
    open_ = {party: len(set(entries) - set(done)) for party, done in said.items() if party not in refused}
    return {party: count for party, count in open_.items() if count}
