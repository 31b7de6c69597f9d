"""What an agreement holds, who may read it when, and the moment it takes effect. Nothing here does I/O."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case import deadlines
from mediation.case.access import PHASES, Phase, Seat, Thing, may_read
from mediation.case.capacity import Capacity as Ability
from mediation.case.capacity import needs_guardian
from mediation.case.models import Track
from mediation.case.states import State

WINDOW: Final = timedelta(minutes=deadlines.rule("D31").amount)
"""How long a signature may be taken back; it counts once this is over. Ours, for a lawyer to confirm."""

MOST_LINES: Final = 20
MOST_TEXT: Final = 4000  # signs of each of the three parts
MOST_TIMES: Final = 60  # months of one promise
RATIFY_DAYS: Final = 7  # after the words went out; who has not answered by then is not bound. Our own figure.
MOST_WHAT: Final = 500  # signs of one clause


class ClauseKind(StrEnum):
    """What somebody promises."""

    PAY = "pay"  # 付款
    DO = "do"  # 做一件事
    STOP = "stop"  # 不再做
    DELIVER = "deliver"  # 交付、归还
    APOLOGISE = "apologise"  # 道歉
    COOPERATE = "cooperate"  # 配合办手续
    GUARANTEE = "guarantee"  # 担保别人履行
    QUIET = "quiet"  # 对外不说
    STATUS = "status"  # 婚姻、亲子等人身关系，只能纸面签
    TITLE = "title"  # 确认归谁所有
    OTHER = "other"  # 其他约定


class Capacity(StrEnum):
    """As what somebody signs."""

    PARTY = "party"  # 当事人
    GUARDIAN = "guardian"  # 法定代理人
    AGENT = "agent"  # 有特别授权的委托代理人
    MEDIATOR = "mediator"  # 调解员
    CO = "co"  # 一起调解的单位的调解员


class PaperMark(StrEnum):
    """How somebody signs on the printed sheet."""

    INK = "ink"  # 亲手签名
    FINGER = "finger"  # 按指印


class Duty(StrEnum):
    """Where a promise stands."""

    PENDING = "pending"  # 待履行
    PARTIAL = "partial"  # 付了一部分
    DONE = "done"  # 已履行
    WAIVED = "waived"  # 权利人放弃
    REPLACED = "replaced"  # 重新调解，由新协议代替


OWED: Final = (Duty.PENDING, Duty.PARTIAL)
"""Something of it is still owed."""
SETTLED: Final = frozenset({Duty.DONE, Duty.WAIVED})
"""Nothing is owed of it any more."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a clause of one kind must state besides its words."""

    amount: bool = False
    until: bool = False
    what: bool = True


SHAPES: Final = MappingProxyType(
    {
        ClauseKind.PAY: Shape(amount=True, until=True, what=False),
        ClauseKind.DO: Shape(until=True),
        ClauseKind.STOP: Shape(),
        ClauseKind.DELIVER: Shape(until=True),
        ClauseKind.APOLOGISE: Shape(until=True, what=False),
        ClauseKind.COOPERATE: Shape(until=True),
        ClauseKind.GUARANTEE: Shape(),
        ClauseKind.QUIET: Shape(),
        ClauseKind.STATUS: Shape(),
        ClauseKind.TITLE: Shape(),
        ClauseKind.OTHER: Shape(),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One promise as it is being written; what is still missing is empty.

    Attributes:
        who: the sign of the party who owes it, e.g. R1.
        whom: the sign of the party to whom.
        amount: in fen.
        until: the last day on which it is still in time; of a monthly payment that of the first.
        times: how many months running it is owed.
        each: ``amount`` goes to, or is owed by, every member of a group who says yes to the agreement.
    """

    kind: ClauseKind = ClauseKind.PAY
    who: str = ""
    whom: str = ""
    what: str = ""
    amount: int | None = None
    until: date | None = None
    times: int = 1
    each: bool = False


def dues(line: Line) -> list[date | None]:
    """Return the last day of every part of a promise; a day that a month lacks is its last.

    >>> [str(each) for each in dues(Line(until=date(2026, 1, 31), times=3))]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    return [line.until and _later(line.until, months) for months in range(line.times)]


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An agreement as it is being written (人民调解法 29): facts, issues, who is answerable, promises, total in fen.

    ``because`` says why a supplement changes what was agreed.
    """

    facts: str = ""
    issue: str = ""
    blame: str = ""
    total: int | None = None
    lines: tuple[Line, ...] = ()
    because: str = ""

    @property
    def payable(self) -> int:
        """Return the sum of all payments, in fen, but for those counted by the members who will say yes."""
        paid = (line for line in self.lines if line.kind is ClauseKind.PAY and not line.each)
        return sum((line.amount or 0) * line.times for line in paid)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was not taken back: whose, and when it stands."""

    signer: int
    capacity: Capacity
    completes_at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """One signature for a party: who gave it, what the party could do on that day, and when it stands."""

    capacity: Capacity
    ability: Ability
    completes_at: datetime


def bound_at(given: Iterable[Given]) -> datetime | None:
    """Return when a party is bound, or ``None`` while a hand is missing.

    Whoever acts alone signs, or a representative with the power does. For a child under eight the guardian signs; one
    from eight on signs beside the guardian. What counts is the age on the day of each signature (民法典 19, 20, 23).
    """
    rows = list(given)
    moments = [
        each.completes_at
        for each in rows
        if each.capacity is not Capacity.GUARDIAN and not needs_guardian(each.ability)
    ]
    guards = [each for each in rows if each.capacity is Capacity.GUARDIAN and needs_guardian(each.ability)]
    moments += [each.completes_at for each in guards if each.ability is Ability.NONE]
    own = [each for each in rows if each.capacity is Capacity.PARTY and each.ability is Ability.LIMITED]
    moments += [max(one.completes_at, other.completes_at) for one in guards for other in own]
    return min(moments, default=None)


class Need(StrEnum):
    """What a rule of effect asks for."""

    PARTIES = "parties"
    MEDIATOR = "mediator"
    SEAL = "seal"


WRITTEN: Final = "people_written"
BEFORE_COURT: Final = "court_pre"
EFFECT: Final = MappingProxyType({WRITTEN: frozenset(Need), BEFORE_COURT: frozenset({Need.PARTIES})})
"""Which of the needs make a written agreement binding, by rule. Source: 人民调解法 29; 特邀调解规定 24 (委派)."""


def rule_for(track: Track) -> str:
    """Return the rule of effect on a track: for a court before docketing the parties' signatures alone are enough."""
    return BEFORE_COURT if track is Track.COURT_PRE else WRITTEN


def effect_at(
    rule: str,
    *,
    parties: Iterable[int],
    mediator: int | None,
    signed: Iterable[Signed],
    sealed_at: datetime | None,
    beside: Iterable[int] = (),
) -> datetime | None:
    """Return the instant at which the last thing needed was there, or ``None`` while something is missing.

    Args:
        rule: a key of `EFFECT`.
        parties: who must be bound.
        mediator: who leads the mediation.
        beside: the mediators of organisations that joined, who sign along with the lead.
        signed: the signatures not taken back.
        sealed_at: when the committee's seal was set.
    """
    needs = EFFECT[rule]
    have = {(each.capacity, each.signer): each.completes_at for each in signed}
    moments: list[datetime | None] = []
    if Need.PARTIES in needs:
        moments += [have.get((Capacity.PARTY, person)) for person in parties]
    if Need.MEDIATOR in needs:
        moments.append(have.get((Capacity.MEDIATOR, mediator)) if mediator else None)
        moments += [have.get((Capacity.CO, person)) for person in beside]
    if Need.SEAL in needs:
        moments.append(sealed_at)
    there = [moment for moment in moments if moment]
    return max(there) if there and len(there) == len(moments) else None


def sealable_from(
    *,
    parties: Iterable[int],
    mediator: int | None,
    signed: Iterable[Signed],
    rule: str = WRITTEN,
    beside: Iterable[int] = (),
) -> datetime | None:
    """Return when the last signature that ``rule`` asks for stands, from which on the seal may be set.

    ``None`` while one is missing.
    """
    everyone = {(Capacity.PARTY, person) for person in parties}
    if Need.MEDIATOR in EFFECT.get(rule, ()):
        everyone.add((Capacity.MEDIATOR, mediator or 0))
        everyone |= {(Capacity.CO, person) for person in beside}
    have = {(each.capacity, each.signer): each.completes_at for each in signed}
    return max(have[who] for who in everyone) if everyone <= set(have) else None


HANDS: Final[tuple[State, ...]] = (State.PERFORMING, State.BREACHED)
"""While an agreement is being kept: promises are settled, and it may be changed by a supplement."""

WRITERS: Final = frozenset({Seat.MEDIATOR})
"""Who reads an agreement while it is being written and nobody has been shown it."""


def may_come(seats: Iterable[Seat], state: State) -> bool:
    """Return whether the page of the agreement is there, even if nothing stands on it yet."""
    seats = frozenset(seats)
    return may_read(seats, Thing.PROPOSAL, state) or may_read(seats, Thing.AGREEMENT, state)


def may_see_text(seats: Iterable[Seat], state: State) -> bool:
    """Return whether the words of the agreement may be read."""
    seats = frozenset(seats)
    if state is State.DRAFTING:
        return bool(seats & WRITERS)
    if state is State.SIGNING:
        return may_come(seats, state)
    return PHASES[state] >= Phase.EFFECT and may_read(seats, Thing.AGREEMENT, state)


def may_see_performance(seats: Iterable[Seat], state: State) -> bool:
    """Return whether it may be read what was kept and what is still owed."""
    return PHASES[state] >= Phase.EFFECT and may_read(seats, Thing.PERFORMANCE, state)
