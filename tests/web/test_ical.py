"""Calendars that others read: parsed back by the library, and told apart by version."""

from datetime import UTC, date, datetime

import httpx2
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.ical import Entry, calendar_of, event_of, feed, uid_of

CHANGED = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
ENTRY = Entry(
    uid=uid_of("meeting-12", "https://heyi.example.cn/"),
    summary="居民会议；议程，两项",
    begins=datetime(2026, 5, 20, 11, 0, tzinfo=UTC),
    changed=CHANGED,
    place="活动室\n二楼",
    url="https://heyi.example.cn/meetings/12",
    sequence=2,
)


def parsed(*entries: Entry) -> Calendar:
    read = Calendar.from_ical(calendar_of([event_of(each) for each in entries], method="PUBLISH", name="会议"))
    assert isinstance(read, Calendar)
    return read


def test_an_entry_says_when_where_and_which_version() -> None:
    (event,) = parsed(ENTRY).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("meeting-12@heyi.example.cn", 2, "CONFIRMED")
    assert event["SUMMARY"] == "居民会议；议程，两项"
    assert event["LOCATION"] == "活动室\n二楼"
    assert event.decoded("DTSTART").isoformat() == "2026-05-20T19:00:00+08:00"
    assert event.decoded("DTEND").isoformat() == "2026-05-20T20:00:00+08:00"


def test_the_time_zone_is_in_the_file() -> None:
    (zone,) = parsed(ENTRY).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai"


def test_a_day_is_a_whole_day() -> None:
    (event,) = parsed(Entry(uid="a", summary="公示", begins=date(2026, 5, 20), changed=CHANGED)).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 5, 20)
    assert "DTEND" not in event


async def test_a_subscriber_who_has_the_list_is_not_sent_it_again() -> None:
    async def answer(request: Request) -> Response:
        return feed(request, [ENTRY], name="会议")

    app = Starlette(routes=[Route("/x.ics", answer)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        first = await client.get("/x.ics")
        assert first.headers["content-type"] == "text/calendar; charset=utf-8"
        again = await client.get("/x.ics", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
