"""Pages that a browser may keep and ask about: answered with 304 before anything is drawn.

The tag of a page is made of all that it may show: how far the record is, who reads and with what offices, how they
want pages, the program, and the clock as finely as the page shows it. Only public rooms are tagged. A session begun
on a telephone that others use too keeps nothing, and signing out tells the browser to throw away what it kept.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from community.people.models import Person
from community.people.reader import Found, Reader, reader_from
from community.record.reading import on_sqlite, progress, rows
from web.person import TOUCH, found_for, owes_factor, preferences, touched

TAGGED: Final = re.compile(r"/matters(/\d+)?|/ballots/\d+(/result)?")
WEB: Final = Path(__file__).parent
MOST: Final = 64  # pages that are remembered for visitors
PRIVATE: Final = b"private, no-cache"
VARY: Final = b"HX-Request-Type, Cookie, Accept-Language, Accept-Encoding"
END: Final = {"type": "http.response.body", "body": b""}
OK: Final = 200


class Grain(StrEnum):
    """How finely a page shows the clock; the last sign of its tag."""

    MINUTE = "m"
    NONE = "n"


GRAINS: Final = {grain.value: grain for grain in Grain}


@dataclass(frozen=True, slots=True)
class Kept:
    """What the tag of a page is made of, as read when the request began."""

    found: Found
    parts: tuple[object, ...]
    minute: int

    @property
    def reader(self) -> Reader | None:
        """Return the reader; an answer that needs no drawing needs none."""
        return reader_from(self.found)

    def tag(self, grain: Grain) -> str:
        """Return the tag of the page at that grain; a weak one, since packing has a part of chance."""
        clock = self.minute if grain is Grain.MINUTE else 0
        return f'W/"{_digest(self.parts, clock)}{grain}"'

    def among(self, header: str) -> str | None:
        """Return the tag of an ``If-None-Match`` that is still right. Source: RFC 9110 13.1.2."""
        for each in header.split(","):
            tag = each.strip()
            grain = GRAINS.get(tag[-2:-1])
            if grain and tag == self.tag(grain):
                return tag
        return None


@lru_cache(maxsize=1024)
def _digest(parts: tuple[object, ...], clock: int) -> str:
    return blake2b(repr((parts, clock)).encode(), digest_size=12).hexdigest()


class Unchanged:
    """Answers for a page that is as the browser has it, or as another visitor got it; such answers are not logged."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.drawn: OrderedDict[str, list[Message]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once, or pass on with what the page's tag is made of."""
        tagged = scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and TAGGED.fullmatch(scope["path"])
        kept = await _kept(HTTPConnection(scope)) if tagged else None
        if kept is None:
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["kept"] = kept
        if ready := self._ready(kept, scope):
            for message in ready:
                await send(message)
        else:
            await self.app(scope, receive, send if kept.found else self._keeping(send))

    def _ready(self, kept: Kept, scope: Scope) -> list[Message] | None:
        """Return the answer that needs no drawing, if there is one."""
        asked = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        if asked and (tag := kept.among(asked.decode("latin-1"))):
            headers = [(b"etag", tag.encode()), (b"cache-control", PRIVATE), (b"vary", VARY)]
            return [{"type": "http.response.start", "status": 304, "headers": headers}, END]
        if not kept.found and scope["method"] == "GET":
            return next((self.drawn[tag] for tag in map(kept.tag, Grain) if tag in self.drawn), None)
        return None

    def _keeping(self, send: Send) -> Send:
        """Remember a tagged page as it goes out; it was drawn for a visitor, so it is anybody's."""
        start: list[Message] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == OK:
                headers = [(name, value) for name, value in message["headers"] if name != b"x-request-id"]
                start.append({**message, "headers": headers})
            elif start and message.get("body") and not message.get("more_body"):
                tag = dict(start[0]["headers"]).get(b"etag", b"").decode()
                if tag:
                    self.drawn[tag] = [start[0], message]
                    if len(self.drawn) > MOST:
                        self.drawn.popitem(last=False)
            await send(message)

        return keep


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tag needs to know of a reader."""

    session_id: int
    seen_at: datetime
    keeps: bool
    mark: str
    progress: object
    person: Person


@lru_cache(maxsize=1024)
def _facts(found: Found) -> Facts | None:
    """Return the facts of what was read, worked out once for as long as the same is read; nobody changes them."""
    reader = reader_from(found)
    if reader is None:
        return None
    session, mark = reader.session, blake2b(repr(reader.mark).encode(), digest_size=12).hexdigest()
    keeps = not (session.shared or owes_factor(reader))
    return Facts(session.id, session.seen_at, keeps, mark, reader.progress, reader.person)


async def _kept(connection: HTTPConnection) -> Kept | None:
    """Return what a tag is made of, or None for a reader whose browser must keep nothing."""
    scope, app = connection.scope, connection.app
    at = app.state.clock.now()
    found = await found_for(connection, at)
    facts = _facts(found)
    if facts:
        if at - facts.seen_at > TOUCH:
            await touched(facts.session_id, facts.seen_at, at)
        if not facts.keeps:
            return None
    person, headers = facts.person if facts else None, dict(scope["headers"])
    parts = (
        program(),
        scope["path"],
        scope["query_string"],
        headers.get(b"hx-request-type"),
        b"gzip" in headers.get(b"accept-encoding", b""),
        preferences(connection, person),
        await app.state.hosts.of(person, at),
        facts.progress if facts else (await rows(f"SELECT {progress(lite=on_sqlite())}"))[0][0],
        facts.mark if facts else None,
    )
    return Kept(found, parts, int(at.timestamp()) // 60)


@cache
def program() -> int:
    """Return when the youngest file of pages and words was changed: another program has other tags."""
    return max(file.stat().st_mtime_ns for kind in ("*.py", "*.html", "*.po", "*.mo") for file in WEB.rglob(kind))
