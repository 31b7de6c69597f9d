"""What evidence there is, who sees how much of it, and what may be done with it when. Nothing here does I/O.

Source: 民事诉讼法 66, 73 (originals); 人民调解法 15(四); 医疗纠纷条例 34–37; ``mediation/case/access.py``.
"""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.access import Grade, Seat, Thing, letter, may_read
from mediation.case.states import State


class ProofKind(StrEnum):
    """What it is (民事诉讼法 66), and a paper that was signed by hand."""

    PAPER = "paper"  # 书证
    THING = "thing"  # 物证
    RECORDING = "recording"  # 视听资料
    DATA = "data"  # 电子数据
    WITNESS = "witness"  # 证人证言
    STATEMENT = "statement"  # 当事人的陈述
    OPINION = "opinion"  # 鉴定意见
    INSPECTION = "inspection"  # 勘验笔录
    SIGNED = "signed"  # 签好字的文书


class ProofForm(StrEnum):
    """Whether the thing itself is there."""

    ORIGINAL = "original"  # 原件
    COPY = "copy"  # 复印件
    ELECTRONIC = "electronic"  # 电子数据


class Sharing(StrEnum):
    """Who is meant to see it."""

    PRIVATE = "private"  # 只给调解员
    SHARED = "shared"  # 各方都看得到
    WITHDRAWN = "withdrawn"  # 已撤回


class Deed(StrEnum):
    """What whoever brought it may do with it."""

    SHARE = "share"
    WITHDRAW = "withdraw"


NEXT: Final = MappingProxyType(
    {
        (Sharing.PRIVATE, Deed.SHARE): Sharing.SHARED,
        (Sharing.PRIVATE, Deed.WITHDRAW): Sharing.WITHDRAWN,
        (Sharing.SHARED, Deed.WITHDRAW): Sharing.WITHDRAWN,
    }
)
"""Where it may go. Nothing that was shared becomes private again: it is withdrawn, and everybody sees that it was."""

_TALKS: Final = (State.ASSIGNING, State.MEDIATING, State.SUSPENDED, State.DRAFTING)
BROUGHT: Final = frozenset({*_TALKS, State.SIGNING, State.PERFORMING, State.BREACHED, State.FOLLOWUP})
"""While something may be brought and shown: from acceptance until the case is closed."""

OPEN: Final = MappingProxyType({Deed.SHARE: BROUGHT, Deed.WITHDRAW: frozenset(_TALKS)})
"""In which states of the case each deed may be done; once words are signed, what they rest on stays."""


class Sight(StrEnum):
    """How much of a piece of evidence somebody sees."""

    WHOLE = "whole"
    STONE = "stone"  # that it was there and was withdrawn
    NOTHING = "nothing"


class Answer(StrEnum):
    """Where a wish to see the original stands."""

    ASKED = "asked"  # 等答复
    OFFERED = "offered"  # 可以看
    REFUSED = "refused"  # 不拿出来


class How(StrEnum):
    """What somebody looked at."""

    SHOWN = "shown"  # 看过
    ORIGINAL = "original"  # 下载过原文件


class Appraised(StrEnum):
    """Where an appraisal stands."""

    ASKED = "asked"  # 等各方同意
    AGREED = "agreed"  # 各方同意，等委托
    REFUSED = "refused"  # 有一方不同意
    RUNNING = "running"  # 已委托，等意见
    DONE = "done"  # 意见已到


COURSE: Final = MappingProxyType(
    {
        Appraised.ASKED: frozenset({Appraised.AGREED, Appraised.REFUSED}),
        Appraised.AGREED: frozenset({Appraised.RUNNING}),
        Appraised.REFUSED: frozenset[Appraised](),
        Appraised.RUNNING: frozenset({Appraised.DONE}),
        Appraised.DONE: frozenset[Appraised](),
    }
)
"""Where an appraisal may go from each place."""

OFFICE: Final = frozenset({Seat.MEDIATOR, Seat.CO})
"""Whoever mediates: to them everything private is shown."""

TITLE: Final = 60
SOURCE: Final = 120
WORDS: Final = 500
FILES: Final = 10


def sight(
    sharing: Sharing, seats: Iterable[Seat], state: State, *, own: bool, ever_shared: bool, permitted: bool = False
) -> Sight:
    """Return how much of a piece is seen by somebody in ``seats``; ``own``: it is of a side for which they act.

    ``permitted``: two people opened what was shared for them, for some minutes.

    >>> sight(Sharing.PRIVATE, {Seat.RESPONDENT}, State.MEDIATING, own=False, ever_shared=False)
    <Sight.NOTHING: 'nothing'>
    >>> sight(Sharing.WITHDRAWN, {Seat.RESPONDENT}, State.MEDIATING, own=False, ever_shared=True)
    <Sight.STONE: 'stone'>
    """
    held = frozenset(seats)
    if own:
        return Sight.WHOLE if may_read(held, Thing.PRIVATE, state) else Sight.NOTHING
    leads = letter(held & OFFICE, Thing.PRIVATE, state) is Grade.WHOLE
    among = permitted or may_read(held, Thing.SHARED, state)
    if sharing is Sharing.WITHDRAWN:
        return Sight.STONE if (leads or (among and ever_shared)) else Sight.NOTHING
    return Sight.WHOLE if (among if sharing is Sharing.SHARED else leads) else Sight.NOTHING


def may_open(seats: Iterable[Seat], state: State) -> bool:
    """Return whether there is anything for somebody in ``seats`` on the list of evidence."""
    held = frozenset(seats)
    return may_read(held, Thing.SHARED, state) or may_read(held, Thing.PRIVATE, state)


def has_original(seats: Iterable[Seat], state: State, seen: Sight, *, own: bool) -> bool:
    """Return whether the file may be had as it came: by its own side, and by whoever mediates while they read it."""
    leads = letter(frozenset(seats) & OFFICE, Thing.PRIVATE, state) is Grade.WHOLE
    return seen is Sight.WHOLE and (own or leads)


def all_of(answers: Iterable[bool | None]) -> Appraised:
    """Return where an appraisal stands after these answers of the parties; one no ends it, silence is no yes.

    >>> all_of([True, None]), all_of([True, True]), all_of([True, False])
    (<Appraised.ASKED: 'asked'>, <Appraised.AGREED: 'agreed'>, <Appraised.REFUSED: 'refused'>)
    """
    said = list(answers)
    if False in said:
        return Appraised.REFUSED
    return Appraised.AGREED if said and None not in said else Appraised.ASKED
