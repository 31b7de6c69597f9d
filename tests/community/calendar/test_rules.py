"""Counting legal periods across the year 2026 and beyond the announced years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.calendar.festivals import FEASTS, statutory
from community.calendar.known import known
from community.calendar.rules import (
    Calendar,
    Due,
    Span,
    add_days,
    add_months,
    add_working_days,
    earliest_meeting,
    ends_at,
    full_days_between,
    join,
    latest_notice,
    local_day,
    roll,
    same_day,
)
from community.errors import Unfit

CALENDAR = known()
DAYS_2026 = st.dates(date(2026, 1, 1), date(2026, 9, 30))


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("days", "start", "raw", "due"),
    [
        (30, "09-01", "10-01", "10-08"),  # National Day
        (30, "09-05", "10-05", "10-08"),
        (30, "01-16", "02-15", "02-24"),  # Spring Festival to 02-23
        (30, "04-01", "05-01", "05-06"),
        (30, "08-21", "09-20", "09-20"),  # a worked Sunday
        (30, "05-20", "06-19", "06-22"),
        (15, "09-18", "10-03", "10-08"),
        (30, "08-24", "09-23", "09-23"),
    ],
)
def test_days(days: int, start: str, raw: str, due: str) -> None:
    assert add_days(day(start), days, CALENDAR) == Due(day(raw), day(due), provisional=False)


@pytest.mark.parametrize(
    ("start", "raw", "due"),
    [
        ("01-31", "02-28", "02-28"),  # a worked Saturday
        ("08-31", "09-30", "09-30"),
        ("08-28", "09-28", "09-28"),
    ],
)
def test_one_month(start: str, raw: str, due: str) -> None:
    assert add_months(day(start), 1, CALENDAR) == Due(day(raw), day(due), provisional=False)


@pytest.mark.parametrize(
    ("days", "start", "due"),
    [
        (3, "09-30", "10-10"),  # a worked Saturday counts
        (5, "09-24", "10-09"),
        (3, "02-13", "02-25"),
        (30, "09-01", "10-19"),
        (30, "06-10", "07-23"),
        (3, "06-18", "06-24"),  # across the Dragon Boat Festival
        (3, "08-24", "08-27"),
    ],
)
def test_working_days(days: int, start: str, due: str) -> None:
    assert add_working_days(day(start), days, CALENDAR) == Due(day(due), day(due), provisional=False)


def test_an_appraisal_does_not_use_up_working_days() -> None:
    appraisal = Span(day("06-22"), day("07-10"))
    assert add_working_days(day("06-10"), 30, CALENDAR, skipping=(appraisal,)).due == day("08-13")


def test_a_pause_moves_the_end_of_calendar_days_and_months_by_its_length() -> None:
    pause = Span(day("03-05"), day("03-14"))
    assert add_days(day("03-01"), 30, CALENDAR, skipping=(pause,)).raw == day("04-10")
    assert add_months(day("03-01"), 1, CALENDAR, skipping=(pause,)).raw == day("04-11")


def test_a_pause_outside_the_period_changes_nothing() -> None:
    later = Span(day("05-06"), day("05-20"))
    assert add_days(day("03-01"), 30, CALENDAR, skipping=(later,)) == add_days(day("03-01"), 30, CALENDAR)


@pytest.mark.parametrize("leap", [(2024, 2, 29), (2023, 2, 28)])
def test_a_year_from_the_end_of_february(leap: tuple[int, int, int]) -> None:
    assert same_day(date(2023, 2, 28), 12 * (leap[0] - 2023)) == date(leap[0], 2, 28)
    assert same_day(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert same_day(date(2025, 11, 30), 3) == date(2026, 2, 28)


def test_into_2027_the_date_is_provisional_and_passes_weekends_and_statutory_days() -> None:
    assert add_days(date(2026, 12, 10), 30, CALENDAR) == Due(date(2027, 1, 9), date(2027, 1, 11), provisional=True)
    assert add_working_days(date(2026, 12, 30), 2, CALENDAR) == Due(
        date(2027, 1, 4), date(2027, 1, 4), provisional=True
    )
    assert add_working_days(date(2026, 12, 30), 1, CALENDAR).provisional is False
    assert roll(date(2027, 2, 5), CALENDAR) == date(2027, 2, 9)  # 除夕 on Friday to 初三 on Monday


def test_importing_the_next_year_makes_the_date_firm() -> None:
    firm = join(CALENDAR, Calendar(frozenset({date(2027, 1, 11)}), frozenset(), date(2027, 12, 31), date(2027, 1, 1)))
    assert add_days(date(2026, 12, 10), 30, firm) == Due(date(2027, 1, 9), date(2027, 1, 12), provisional=False)
    assert add_days(date(2026, 9, 1), 30, firm).due == day("10-08")


def test_a_year_may_be_corrected_by_importing_it_again() -> None:
    blank = Calendar(frozenset(), frozenset(), date(2026, 12, 31), date(2026, 1, 1))
    assert join(CALENDAR, blank).works(day("10-05"))
    assert not join(CALENDAR, blank).works(date(2025, 10, 3))
    assert not join(CALENDAR, blank).works(day("09-20"))


def test_a_gap_between_years_is_refused() -> None:
    with pytest.raises(Unfit, match="中间缺年份"):
        join(CALENDAR, Calendar(frozenset(), frozenset(), date(2028, 12, 31), date(2028, 1, 1)))


@pytest.mark.parametrize("year", range(2025, 2061))
def test_the_law_gives_thirteen_days_which_seldom_coincide(year: int) -> None:
    together = len({date.fromisoformat(f"{year}-{feast}") for feast in FEASTS[year].split()} & _first_of_october(year))
    assert len(statutory(year)) == 13 - together


def _first_of_october(year: int) -> set[date]:
    return {date(year, 10, n) for n in (1, 2, 3)}


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_statutory_day_was_announced(year: int) -> None:
    assert statutory(year) <= CALENDAR.holidays


def test_nobody_foresees_the_feasts_for_ever() -> None:
    with pytest.raises(Unfit, match="节假日"):
        roll(date(2061, 3, 1), CALENDAR)


def test_the_last_day_ends_at_midnight_in_shanghai() -> None:
    assert ends_at(day("08-13")) == datetime(2026, 8, 13, 16, tzinfo=UTC)
    assert local_day(datetime(2026, 8, 13, 15, 59, tzinfo=UTC)) == day("08-13")
    assert local_day(datetime(2026, 8, 13, 16, tzinfo=UTC)) == day("08-14")


def test_full_days_count_neither_the_notice_nor_the_meeting() -> None:
    assert full_days_between(day("06-01"), day("06-04")) == 2
    assert full_days_between(day("06-01"), day("06-01")) == 0
    assert earliest_meeting(day("06-01"), 15) == day("06-17")
    assert latest_notice(day("06-17"), 15) == day("06-01")


@given(notice=DAYS_2026, days=st.integers(0, 60))
def test_notice_and_meeting_agree(notice: date, days: int) -> None:
    meeting = earliest_meeting(notice, days)
    assert full_days_between(notice, meeting) == days
    assert latest_notice(meeting, days) == notice


@given(start=DAYS_2026, days=st.integers(1, 60))
def test_a_period_never_ends_early_nor_on_a_day_off(start: date, days: int) -> None:
    due = add_days(start, days, CALENDAR)
    assert due.raw == start + timedelta(days=days)
    assert due.due >= due.raw
    assert CALENDAR.works(due.due)
    assert not any(CALENDAR.works(due.raw + timedelta(days=n)) for n in range((due.due - due.raw).days))


@given(start=DAYS_2026, days=st.integers(1, 60))
def test_working_days_are_as_many_as_asked(start: date, days: int) -> None:
    due = add_working_days(start, days, CALENDAR).due
    assert sum(CALENDAR.works(start + timedelta(days=n + 1)) for n in range((due - start).days)) == days
    assert CALENDAR.works(due)


@given(start=DAYS_2026, days=st.integers(1, 40), at=st.integers(1, 40), length=st.integers(0, 30))
def test_a_pause_never_shortens_a_period(start: date, days: int, at: int, length: int) -> None:
    pause = Span(start + timedelta(days=at), start + timedelta(days=at + length))
    for count in (add_days, add_working_days):
        assert count(start, days, CALENDAR, skipping=(pause,)).due >= count(start, days, CALENDAR).due
        assert count(start, days, CALENDAR, skipping=(pause,)).due not in pause
