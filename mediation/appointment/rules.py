"""How an appointment goes, as tables: its states, who may do what, when people are reminded. Nothing here does I/O."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from mediation.case.states import State


class MeetBy(StrEnum):
    """How one meets."""

    ONSITE = "onsite"  # 当面
    PHONE = "phone"  # 电话
    ONLINE = "online"  # 视频


class Fixing(StrEnum):
    """Where an appointment stands."""

    OFFERED = "offered"  # 等大家选时间
    FIXED = "fixed"  # 定下来了
    CANCELLED = "cancelled"  # 取消了
    HELD = "held"  # 见过了，到场登记了


class Deed(StrEnum):
    """What can be done with an appointment."""

    ANSWER = "answer"
    FIX = "fix"
    CHANGE = "change"
    CANCEL = "cancel"
    ATTEND = "attend"


class Came(StrEnum):
    """Whether a party came."""

    CAME = "came"  # 来了
    LATE = "late"  # 迟到
    ABSENT = "absent"  # 没来
    PROXY = "proxy"  # 别人替他来的


class Reminder(StrEnum):
    """Which reminder of an appointment it is."""

    DAY = "day"
    HOURS = "hours"


STEPS: Final[Mapping[Deed, tuple[tuple[Fixing, ...], Fixing]]] = MappingProxyType(
    {
        Deed.ANSWER: ((Fixing.OFFERED,), Fixing.OFFERED),
        Deed.FIX: ((Fixing.OFFERED,), Fixing.FIXED),
        Deed.CHANGE: ((Fixing.OFFERED, Fixing.FIXED), Fixing.OFFERED),
        Deed.CANCEL: ((Fixing.OFFERED, Fixing.FIXED), Fixing.CANCELLED),
        Deed.ATTEND: ((Fixing.FIXED,), Fixing.HELD),
    }
)
"""From which states each deed leads to which."""

OPEN: Final = (Fixing.OFFERED, Fixing.FIXED)
MEETING: Final[frozenset[State]] = frozenset({State.MEDIATING, State.DRAFTING, State.SIGNING})
"""Where a case stands while people meet about it."""

BEFORE: Final[Mapping[Reminder, timedelta]] = MappingProxyType(
    {Reminder.DAY: timedelta(days=1), Reminder.HOURS: timedelta(hours=2)}
)
"""How long before it begins people are reminded. Our own figures."""

MOST_SLOTS: Final = 5
LENGTHS: Final = (30, 60, 90, 120, 180)
"""Minutes an appointment may take."""
EARLY: Final = timedelta(minutes=30)
"""So long before it begins the first may be there, and be written down."""
FURTHEST: Final = timedelta(days=90)
MOST_PLACE: Final = 100
MOST_LINK: Final = 300


def allowed(deed: Deed, stands: Fixing) -> bool:
    """Return whether ``deed`` can be done with an appointment that ``stands`` there.

    >>> allowed(Deed.FIX, Fixing.OFFERED), allowed(Deed.CANCEL, Fixing.HELD)
    (True, False)
    """
    return stands in STEPS[deed][0]


def suiting(answers: Iterable[frozenset[int] | None]) -> frozenset[int]:
    """Return the numbers of the times that suit everybody; none while somebody has not answered.

    >>> sorted(suiting([frozenset({1, 2}), frozenset({2, 3})])), sorted(suiting([frozenset({1}), None]))
    ([2], [])
    """
    given = list(answers)
    if not given or any(each is None for each in given):
        return frozenset()
    return frozenset.intersection(*(each for each in given if each is not None))


def numbers(text: str | None) -> frozenset[int] | None:
    """Return the numbers of an answer as it is stored; ``None`` while nothing was answered.

    >>> sorted(numbers("1,3") or ()), numbers(""), numbers(None)
    ([1, 3], frozenset(), None)
    """
    return None if text is None else frozenset(int(each) for each in text.split(",") if each)


def stored(chosen: Iterable[int]) -> str:
    """Return an answer as it is stored."""
    return ",".join(str(each) for each in sorted(set(chosen)))


def in_order(begins: Iterable[datetime]) -> list[datetime]:
    """Return the times offered, each once, the earliest first."""
    return sorted(set(begins))


def is_link(text: str) -> bool:
    """Return whether ``text`` is an address on the web that a browser can follow.

    >>> is_link("https://meet.example.org/a"), is_link("javascript:alert(1)"), is_link("")
    (True, False, False)
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= MOST_LINK
