"""Times as people read them."""

from datetime import UTC, datetime

import pytest

from web import say_time

NOW = datetime(2026, 5, 4, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "at", "said"),
    [
        ("zh-CN", datetime(2026, 5, 3, 1, tzinfo=UTC), "5月3日 周日 09:00"),
        ("zh-CN", datetime(2018, 12, 20, 0, tzinfo=UTC), "2018年12月20日 08:00"),
        ("zh-CN", datetime(2026, 12, 31, 17, tzinfo=UTC), "2027年1月1日 01:00"),
        ("en", datetime(2018, 12, 20, 0, tzinfo=UTC), "20 Dec 2018, 08:00"),
    ],
)
def test_a_time_of_another_year_says_its_year(lang: str, at: datetime, said: str) -> None:
    say_time.turn(NOW)
    assert say_time.speakers(lang)["clock"](at) == said


def test_a_deadline_at_midnight_is_the_end_of_the_day_before() -> None:
    say_time.turn(NOW)
    until = say_time.speakers("zh-CN")["until"]
    assert until(datetime(2026, 5, 8, 16, tzinfo=UTC)) == "5月8日 周五 24:00"
    assert until(datetime(2025, 12, 31, 16, tzinfo=UTC)) == "2025年12月31日 周三 24:00"


def test_a_day_of_another_year_says_its_year() -> None:
    say_time.turn(NOW)
    weekday = say_time.speakers("zh-CN")["weekday"]
    assert weekday(datetime(2026, 5, 4, tzinfo=UTC)) == "5月4日 周一"
    assert weekday(datetime(2024, 5, 4, tzinfo=UTC)) == "2024年5月4日 周六"
