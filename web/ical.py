"""Appointments and deadlines as iCalendar (RFC 5545): lists to subscribe to, and invitations beside mails."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import Response

from web.clock import BEIJING

HOUR: Final = timedelta(hours=1)
TYPE: Final = "text/calendar; charset=utf-8"
REST: Final = timedelta(hours=1)  # how often a subscriber need look


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment as calendars keep it.

    Attributes:
        uid: the same for all versions of it, as `uid_of` makes it.
        summary: what it is.
        begins: when; a day alone is an entry for the whole day.
        changed: when this version of it was made.
        ends: when it ends; an hour later, or that day, unless told.
        place: where.
        url: its page, absolute.
        words: a line about it.
        sequence: counts the versions from 0.
        cancelled: it does not take place.
    """

    uid: str
    summary: str
    begins: datetime | date
    changed: datetime
    ends: datetime | date | None = None
    place: str = ""
    url: str = ""
    words: str = ""
    sequence: int = 0
    cancelled: bool = False


def uid_of(key: str, site_url: str) -> str:
    """Return the identifier of ``key`` (``meeting-12``) of this site, the same for ever (RFC 5545 §3.8.4.7)."""
    return f"{key}@{urlsplit(site_url).hostname or 'heyi'}"


def event_of(entry: Entry) -> Event:
    """Return an entry as an event, its times in Beijing."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.summary)
    event.add("dtstamp", entry.changed)
    event.add("dtstart", _local(entry.begins))
    if ends := entry.ends or (entry.begins + HOUR if isinstance(entry.begins, datetime) else None):
        event.add("dtend", _local(ends))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name, text in (("location", entry.place), ("url", entry.url), ("description", entry.words)):
        if text:
            event.add(name, text)
    return event


def calendar_of(events: Iterable[Event], *, method: str, name: str = "") -> str:
    """Return a calendar with its time zones; ``PUBLISH`` a list, ``REQUEST`` or ``CANCEL`` to one guest (RFC 5546)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Heyi//heyi//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REST, parameters={"VALUE": "DURATION"})  # RFC 7986 §5.7
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical(), "utf-8")


def feed(request: Request, entries: Iterable[Entry], *, name: str) -> Response:
    """Answer with entries to subscribe to; whoever has this very list already is told so (RFC 9110 §13.1.2)."""
    text = calendar_of([event_of(entry) for entry in entries], method="PUBLISH", name=name)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=TYPE, headers={**headers, "Content-Disposition": 'inline; filename="heyi.ics"'})


def _local(at: datetime | date) -> datetime | date:
    return at.astimezone(BEIJING) if isinstance(at, datetime) else at
