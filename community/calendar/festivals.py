"""The statutory days off of a year, known long before the yearly notice of the State Council.

Source: 全国年节及纪念日放假办法 (2024修订, in force 2025-01-01), 13 days; before it 11 days.
The moon and sun decide four of the feasts; their dates were computed with two independent lunar calendars
and the apparent longitude of the sun (15° for 清明).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Final

from community.errors import Unfit

THIRTEEN_SINCE: Final = 2025
"""From this year 除夕 and 2 May are statutory days off too."""

FEASTS: Final = {
    #      清明   春节   端午   中秋
    2018: "04-05 02-16 06-18 09-24",
    2019: "04-05 02-05 06-07 09-13",
    2020: "04-04 01-25 06-25 10-01",
    2021: "04-04 02-12 06-14 09-21",
    2022: "04-05 02-01 06-03 09-10",
    2023: "04-05 01-22 06-22 09-29",
    2024: "04-04 02-10 06-10 09-17",
    2025: "04-04 01-29 05-31 10-06",
    2026: "04-05 02-17 06-19 09-25",
    2027: "04-05 02-06 06-09 09-15",
    2028: "04-04 01-26 05-28 10-03",
    2029: "04-04 02-13 06-16 09-22",
    2030: "04-05 02-03 06-05 09-12",
    2031: "04-05 01-23 06-24 10-01",
    2032: "04-04 02-11 06-12 09-19",
    2033: "04-04 01-31 06-01 09-08",
    2034: "04-05 02-19 06-20 09-27",
    2035: "04-05 02-08 06-10 09-16",
    2036: "04-04 01-28 05-30 10-04",
    2037: "04-04 02-15 06-18 09-24",
    2038: "04-05 02-04 06-07 09-13",
    2039: "04-05 01-24 05-27 10-02",
    2040: "04-04 02-12 06-14 09-20",
    2041: "04-04 02-01 06-03 09-10",
    2042: "04-04 01-22 06-22 09-28",
    2043: "04-05 02-10 06-11 09-17",
    2044: "04-04 01-30 05-31 10-05",
    2045: "04-04 02-17 06-19 09-25",
    2046: "04-04 02-06 06-08 09-15",
    2047: "04-05 01-26 05-29 10-04",
    2048: "04-04 02-14 06-15 09-22",
    2049: "04-04 02-02 06-04 09-11",
    2050: "04-04 01-23 06-23 09-30",
    2051: "04-05 02-11 06-13 09-19",
    2052: "04-04 02-01 06-01 09-07",
    2053: "04-04 02-19 06-20 09-26",
    2054: "04-04 02-08 06-10 09-16",
    2055: "04-05 01-28 05-30 10-05",
    2056: "04-04 02-15 06-17 09-24",
    2057: "04-04 02-04 06-06 09-13",
    2058: "04-04 01-24 06-25 10-02",
    2059: "04-05 02-12 06-14 09-21",
    2060: "04-04 02-02 06-03 09-09",
}
"""Month and day of the four moving feasts of each year."""


@cache
def statutory(year: int) -> frozenset[date]:
    """Return the statutory days off of ``year``; raise `Unfit` for a year outside the table."""
    if year not in FEASTS:
        raise Unfit(
            "平台只排出了{first}年到{last}年的节假日，请换一个这之间的日期。", first=min(FEASTS), last=max(FEASTS)
        )
    qingming, spring, dragon, autumn = (date.fromisoformat(f"{year}-{day}") for day in FEASTS[year].split())
    return frozenset(
        {date(year, 1, 1), qingming, dragon, autumn, *_days(date(year, 10, 1), range(3))}
        | {*_days(spring, range(-1 if year >= THIRTEEN_SINCE else 0, 3))}
        | {*_days(date(year, 5, 1), range(2 if year >= THIRTEEN_SINCE else 1))}
    )


def _days(first: date, offsets: Iterable[int]) -> list[date]:
    """Return the days so many days after ``first``."""
    return [first + timedelta(days=offset) for offset in offsets]
