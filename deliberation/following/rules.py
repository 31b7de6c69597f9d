"""What can be followed, and how it is named. Pure."""

from enum import StrEnum
from typing import Final


class News(StrEnum):
    """Kinds of news of a place."""

    PROPOSED = "new"  # 新的提议
    VOTE = "vote"  # 公示和表决
    RESULT = "result"  # 表决结果


class Why(StrEnum):
    """Why somebody follows a matter."""

    AUTHOR = "author"  # 您提的
    SECONDED = "seconded"  # 您附议过
    VOTED = "voted"  # 您投过票
    ASKED = "asked"  # 您点了关注


LIMIT: Final = 500  # matters that one person may ask to follow


def matter_key(matter_id: int) -> str:
    """Return how a matter is named among what is followed.

    >>> matter_key(12)
    'matter-12'
    """
    return f"matter-{matter_id}"


def place_key(place_id: int, news: News) -> str:
    """Return how a kind of news of a place is named.

    >>> place_key(3, News.PROPOSED)
    'place-3/new'
    """
    return f"place-{place_id}/{news}"


def goes_on(*, by_itself: bool, asked: bool | None) -> bool:
    """Return whether somebody follows: what they said last counts, else whether they had a hand in it.

    >>> goes_on(by_itself=True, asked=None), goes_on(by_itself=True, asked=False), goes_on(by_itself=False, asked=True)
    (True, False, True)
    """
    return by_itself if asked is None else asked
