"""What a second is worth after the words changed, and how long its giver has to say so again. Pure.

A second holds for the words it was given to and for every later version that only changed words.
Since the version that changed the meaning (``since``), it counts again only once it was confirmed.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SHORTEST, LONGEST = 24, 72  # hours to confirm
STAGES: Final = ((20, 24), (200, 48))  # people asked, up to which so many hours are enough


class End(StrEnum):
    """How a second ended."""

    RETRACTED = "retracted"  # its giver took it back
    LAPSED = "lapsed"  # it was not confirmed in time
    REVOKED = "revoked"  # somebody helped, and it was not what the resident wanted


class Stand(StrEnum):
    """What a second is worth now."""

    COUNTS = "counts"
    ASKED = "asked"
    RETRACTED = "retracted"
    LAPSED = "lapsed"
    REVOKED = "revoked"


def stand(version: int, ended: End | None, since: int) -> Stand:
    """Return what a second given to ``version`` is worth when the meaning has stood since version ``since``.

    >>> stand(1, None, 2), stand(2, None, 2), stand(1, End.LAPSED, 2)
    (<Stand.ASKED: 'asked'>, <Stand.COUNTS: 'counts'>, <Stand.LAPSED: 'lapsed'>)
    """
    if ended:
        return Stand(ended.value)
    return Stand.COUNTS if version >= since else Stand.ASKED


def hours_to_confirm(asked: int, chosen: int = 0) -> int:
    """Return how many hours people get: what the body chose, else the more the more are asked, within 24 to 72.

    >>> [hours_to_confirm(n) for n in (1, 21, 2000)], hours_to_confirm(1, 36), hours_to_confirm(1, 500)
    ([24, 48, 72], 36, 72)
    """
    by_number = next((hours for most, hours in STAGES if asked <= most), LONGEST)
    return min(LONGEST, max(SHORTEST, chosen or by_number))


def confirm_by(at: datetime, hours: int, ends_at: datetime | None) -> datetime | None:
    """Return until when to confirm, within the period of seconding; None when not even the shortest time is left."""
    wanted = at + timedelta(hours=hours)
    if ends_at is None or wanted <= ends_at:
        return wanted
    return ends_at if ends_at - at >= timedelta(hours=SHORTEST) else None
