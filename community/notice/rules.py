"""When a person gets mail: at once, in the digest of a day or of Sunday, or not; and when a failed one is tried again.

Days and hours are those of Beijing. Only mail that binds nobody waits: a vote that opens, a hearing
or a sign-in link goes out at once.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

BEIJING: Final = ZoneInfo("Asia/Shanghai")
WAKES: Final = time(8)
SLEEPS: Final = time(21)
DIGEST: Final = time(18)  # unless the community chose another hour
HOURS: Final = (8, 20)  # within which a community may choose the hour of its digest
SUNDAY: Final = 6
DAILY_CAP: Final = 3  # mails a day that bind nobody, to one person

FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=6)
FIRM: Final = 3  # attempts answered with 5xx before a mail is given up
PATIENCE: Final = timedelta(days=5)  # RFC 5321 §4.5.4.1: give up only after four to five days


class Rhythm(StrEnum):
    """How often a person wants mail that does not bind."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class Topic(StrEnum):
    """What mail is about, as far as one may choose."""

    MATTER = "matter"  # 议事
    BALLOT = "ballot"  # 表决
    CASE = "case"  # 调解
    MODERATION = "moderation"  # 审核
    ACCOUNT = "account"  # 账号
    DIGEST = "digest"  # 每日一封


@dataclass(frozen=True, slots=True)
class Plan:
    """When to mail: at an instant, in the digest of a day, or (both ``None``) never."""

    at: datetime | None = None
    digest_on: date | None = None
    digest_at: datetime | None = None


def plan(
    rhythm: Rhythm, *, at: datetime, binding: bool = False, muted: bool = False, had: int = 0, hour: time = DIGEST
) -> Plan:
    """Return when somebody who is told something at ``at`` gets it by mail.

    Args:
        rhythm: what they chose.
        at: the present instant.
        binding: it concerns a right or a duty, so it is neither delayed nor left out.
        muted: they want no mail about this topic.
        had: mails that bind nobody and are already planned for the day it would go out.
        hour: when the digest of their community leaves.
    """
    if binding:
        return Plan(at=at)
    if muted or rhythm is Rhythm.NONE:
        return Plan()
    if rhythm is Rhythm.NOW and had < DAILY_CAP:
        return Plan(at=awake(at))
    day = digest_day(at, weekly=rhythm is Rhythm.WEEKLY, hour=hour)
    return Plan(digest_on=day, digest_at=digest_at(day, hour=hour))


def awake(at: datetime) -> datetime:
    """Return ``at``, or eight in the morning when it falls between nine in the evening and eight.

    >>> awake(datetime(2026, 5, 4, 14, tzinfo=UTC)).isoformat()
    '2026-05-05T00:00:00+00:00'
    """
    local = at.astimezone(BEIJING)
    if WAKES <= local.time() < SLEEPS:
        return at
    day = local.date() + timedelta(days=1 if local.time() >= SLEEPS else 0)
    return datetime.combine(day, WAKES, BEIJING).astimezone(UTC)


def digest_day(at: datetime, *, weekly: bool = False, hour: time = DIGEST) -> date:
    """Return the day whose digest takes up what happens at ``at``: today before its hour, else tomorrow; or a Sunday.

    >>> digest_day(datetime(2026, 5, 4, 4, tzinfo=UTC)).isoformat()
    '2026-05-04'
    >>> digest_day(datetime(2026, 5, 4, 4, tzinfo=UTC), weekly=True).isoformat()
    '2026-05-10'
    """
    local = at.astimezone(BEIJING)
    day = local.date() + timedelta(days=0 if local.time() < hour else 1)
    return day + timedelta(days=(SUNDAY - day.weekday()) % 7) if weekly else day


def digest_at(day: date, *, hour: time = DIGEST) -> datetime:
    """Return when the digest of ``day`` goes out."""
    return datetime.combine(day, hour, BEIJING).astimezone(UTC)


def bounds(at: datetime) -> tuple[datetime, datetime]:
    """Return the first instant of the Beijing day of ``at`` and of the day after."""
    start = datetime.combine(at.astimezone(BEIJING).date(), time(0), BEIJING).astimezone(UTC)
    return start, start + timedelta(days=1)


def pause(attempts: int, luck: int) -> timedelta:
    """Return how long to wait after the ``attempts``-th failure; ``luck`` in 0..999 spreads it by a fifth each way.

    >>> pause(1, 500).seconds, pause(3, 500).seconds, pause(30, 1000).seconds
    (30, 120, 25920)
    """
    whole: timedelta = min(FIRST_PAUSE * 2 ** min(max(attempts, 1) - 1, 12), LONGEST_PAUSE)
    return whole * (8000 + luck * 4) // 10000


def given_up(attempts: int, *, permanent: bool, age: timedelta) -> bool:
    """Return whether a mail that failed again is dead: refused for good several times, or days old."""
    return (permanent and attempts >= FIRM) or age >= PATIENCE
