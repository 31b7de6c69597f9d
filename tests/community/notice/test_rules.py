"""When mail goes out, and when it is tried again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from community.notice.rules import BEIJING, FIRM, Plan, Rhythm, awake, digest_at, digest_day, given_up, pause, plan


def beijing(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=BEIJING).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (beijing(4, 12), beijing(4, 12)),
        (beijing(4, 8), beijing(4, 8)),
        (beijing(4, 7, 59), beijing(4, 8)),
        (beijing(4, 0), beijing(4, 8)),
        (beijing(4, 20, 59), beijing(4, 20, 59)),
        (beijing(4, 21), beijing(5, 8)),
        (beijing(4, 23, 59), beijing(5, 8)),
    ],
)
def test_nobody_is_woken_by_what_can_wait(at: datetime, sent: datetime) -> None:
    assert awake(at) == sent
    assert plan(Rhythm.NOW, at=at) == Plan(at=sent)


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_what_binds_goes_out_at_once_whatever_was_chosen(rhythm: Rhythm) -> None:
    night = beijing(4, 23)
    assert plan(rhythm, at=night, binding=True, muted=True, had=9) == Plan(at=night)


def test_the_fourth_mail_of_a_day_waits_for_the_digest() -> None:
    noon = beijing(4, 12)
    assert plan(Rhythm.NOW, at=noon, had=2) == Plan(at=noon)
    assert plan(Rhythm.NOW, at=noon, had=3) == Plan(digest_on=date(2026, 5, 4), digest_at=beijing(4, 18))


def test_who_wants_none_or_none_of_this_gets_none() -> None:
    noon = beijing(4, 12)
    assert plan(Rhythm.NONE, at=noon) == Plan()
    assert [plan(each, at=noon, muted=True) for each in Rhythm] == [Plan()] * 4


@pytest.mark.parametrize(
    ("at", "daily", "weekly"),
    [
        (beijing(4, 17, 59), date(2026, 5, 4), date(2026, 5, 10)),
        (beijing(4, 18), date(2026, 5, 5), date(2026, 5, 10)),
        (beijing(10, 17), date(2026, 5, 10), date(2026, 5, 10)),
        (beijing(10, 18), date(2026, 5, 11), date(2026, 5, 17)),
    ],
)
def test_the_digest_leaves_at_six_and_the_weekly_one_on_sunday(at: datetime, daily: date, weekly: date) -> None:
    assert plan(Rhythm.DAILY, at=at) == Plan(digest_on=daily, digest_at=digest_at(daily))
    assert plan(Rhythm.WEEKLY, at=at) == Plan(digest_on=weekly, digest_at=digest_at(weekly))
    assert digest_at(digest_day(at)) > at


def test_a_community_may_choose_the_hour_of_its_digest() -> None:
    assert plan(Rhythm.DAILY, at=beijing(4, 9), hour=time(9)) == Plan(
        digest_on=date(2026, 5, 5), digest_at=beijing(5, 9)
    )
    assert plan(Rhythm.WEEKLY, at=beijing(10, 8), hour=time(9)).digest_at == beijing(10, 9)


def test_pauses_grow_are_spread_and_end_at_six_hours() -> None:
    assert [pause(n, 500) for n in (1, 2, 3)] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert pause(1, 0) < pause(1, 500) < pause(1, 999)
    assert pause(99, 500) == timedelta(hours=6)


def test_a_mail_is_given_up_when_refused_for_good_or_after_days() -> None:
    hour, week = timedelta(hours=1), timedelta(days=7)
    assert not given_up(FIRM - 1, permanent=True, age=hour)
    assert given_up(FIRM, permanent=True, age=hour)
    assert not given_up(50, permanent=False, age=hour)
    assert given_up(1, permanent=False, age=week)
