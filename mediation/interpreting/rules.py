"""What an interpreter is handed, for how long, and how a language is written in a page. Nothing here does I/O."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.access import Grade, Seat, Thing, grades
from mediation.case.states import State
from mediation.register.rules import CALLED, Tongue
from mediation.room.rules import RoomKind


class Subject(StrEnum):
    """What is to be translated."""

    LINE = "line"  # 调解室里的一句话
    AGREEMENT = "agreement"  # 发出来签的协议
    MINUTES = "minutes"  # 请各方核对的笔录：口头翻译，核对以后签名


class Turn(StrEnum):
    """Where a wish for a translation stands."""

    OPEN = "open"  # 请翻译
    DONE = "done"  # 译好了
    OVER = "over"  # 过了一天


LENT: Final = timedelta(hours=24)
"""How long an interpreter may read what they were handed. Our own figure (access matrix: by permit, for a time)."""

MOST: Final = 20_000
"""Characters of a translated agreement."""

TAGS: Final = MappingProxyType(
    {
        Tongue.UYGHUR: "ug",
        Tongue.TIBETAN: "bo",
        Tongue.MONGOLIAN: "mn",
        Tongue.ZHUANG: "za",
        Tongue.KAZAKH: "kk",
        Tongue.KOREAN: "ko",
        Tongue.CANTONESE: "yue",
        Tongue.WU: "wuu",
        Tongue.HOKKIEN: "nan",
        Tongue.HAKKA: "hak",
        Tongue.XIANG: "hsn",
        Tongue.GAN: "gan",
        Tongue.JIN: "cjy",
    }
)
"""Languages as a page names them (BCP 47)."""

_OF_ROOM: Final = MappingProxyType({RoomKind.JOINT: Thing.JOINT, RoomKind.CAUCUS: Thing.CAUCUS})
_OF_SUBJECT: Final = MappingProxyType({Subject.AGREEMENT: Thing.PROPOSAL, Subject.MINUTES: Thing.MINUTES})


def tag_of(language: str) -> str:
    """Return how a page names an interpreter's language; empty for sign language and for what nobody knows.

    >>> tag_of("维吾尔语（喀什）"), tag_of("手语")
    ('ug', '')
    """
    found = (tongue for tongue, names in CALLED.items() if any(name in language for name in names))
    return TAGS.get(next(found, Tongue.SIGN), "")


def lent(subject: Subject, state: State, room: RoomKind | None = None) -> bool:
    """Return whether the matrix lets an interpreter have this by permit now.

    >>> lent(Subject.LINE, State.MEDIATING, RoomKind.INTERNAL), lent(Subject.LINE, State.MEDIATING, RoomKind.CAUCUS)
    (False, True)
    """
    thing = _OF_ROOM.get(room) if room else _OF_SUBJECT.get(subject)
    return thing is not None and Grade.PERMIT in grades([Seat.INTERPRETER], thing, state)


def hears(room: RoomKind, *, own_party: bool) -> bool:
    """Return whether an interpreter may be handed lines of a room: of a one-sided talk only their own party's."""
    return room is RoomKind.JOINT or (room is RoomKind.CAUCUS and own_party)


def turn(*, until: datetime, done_at: datetime | None, at: datetime) -> Turn:
    """Return where a wish stands; the last instant of the day is no longer in it."""
    if done_at:
        return Turn.DONE
    return Turn.OPEN if at < until else Turn.OVER


def asks(seats: Iterable[Seat]) -> bool:
    """Return whether somebody in ``seats`` hands things over to interpreters: who leads the talks, and nobody else."""
    return Seat.MEDIATOR in frozenset(seats)
