"""The least that gives the same answers: what the load script holds the app against.

Served with the app's own uvicorn settings. A page is the bytes that the app gave, with the rows cut out and written
anew from one query, each by one format, its words escaped. What else the page tells is asked for as well: the session
with its person, offices and unread notices; of a matter all that stands above the comments. A page for a visitor asks
for no session. An unchanged page is held against nothing but a greeting. A vote is one row in a transaction of its
own, on disk before the answer; a message is one row and a loop over the sockets. No right, no form, no record is looked
at. The queries go straight to the engine: ``bench/store.py``.
"""

import hashlib
import html
import itertools
import json
import os
import re
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import click
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bench.store import Store, store
from web.serve import limits

READER = """SELECT s.id, s.strong_at, s.expires_at, p.id, p.name, p.mode, p.text_size, p.theme, p.lang, p.community_id,
    h.role, h.place_id, h.org_id,
    (SELECT count(*) FROM (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.read_at IS NULL LIMIT 100) few)
FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN holding h ON h.person_id = p.id AND h.until IS NULL
WHERE s.token_hash = $1 AND s.ended_at IS NULL AND p.closed_at IS NULL"""
LIST = """SELECT m.id, m.title, b.name, m.seconded, m.threshold, m.state, m.due_at, m.hidden_at IS NOT NULL
FROM matter m JOIN body b ON b.id = m.body_id
WHERE (m.public_at IS NOT NULL OR m.author_id = $1) AND m.community_id = $2 AND m.id < 2147483647
ORDER BY m.id DESC LIMIT 51"""
MATTER = """SELECT m.title, m.state, m.seconded, m.threshold, m.due_at, m.public_at, m.hidden_at, m.calls_late,
    b.name, a.id, a.name, t.what, t.cost, t.who, t.body, t.number, t.written_at, p.path, y.held_on, y.opinion,
    (SELECT max(e.version) FROM endorsement e WHERE e.matter_id = m.id AND e.person_id = $2),
    (SELECT count(*) FROM comment c WHERE c.matter_id = m.id), (SELECT max(v.id) FROM ballot v WHERE v.matter_id = m.id)
FROM matter m JOIN body b ON b.id = m.body_id JOIN place p ON p.id = b.place_id JOIN person a ON a.id = m.author_id
JOIN matter_version t ON t.matter_id = m.id AND t.number = m.version
LEFT JOIN study y ON y.id = (SELECT max(id) FROM study WHERE matter_id = m.id)
WHERE m.id = $1 AND (m.public_at IS NOT NULL OR m.author_id = $2)"""
SITTINGS = "SELECT held_on, attended, minutes, consensus, dissent FROM sitting WHERE matter_id = $1 ORDER BY id"
DETAIL = """SELECT c.id, c.code, substr(coalesce(p.name, r.name), 1, 1), c.words, c.parent_id, c.position, c.official,
    c.at, c.hidden_at, c.hidden_why, c.helpful, c.edits, c.aided
FROM comment c LEFT JOIN person p ON p.id = c.author_id LEFT JOIN resident r ON r.id = c.resident_id
WHERE c.matter_id = $1 ORDER BY coalesce(c.parent_id, c.id) DESC, c.id"""
ROWS = {"list": ('  <li><a href="/matters/', "</ul>"), "detail": ('<div class="cmt[" ]', "")}

Row = Callable[[Sequence[object]], str]


def cut(body: str, rows: Sequence[Sequence[Any]], start: str, end: str) -> tuple[str, list[Row], str]:
    """Cut the rows out of a page and return its head, a way to write each of ``rows``, and its tail.

    Rows that differ in nothing but their values share one pattern.
    """
    at = [found.start() for found in re.finditer(start, body)][: len(rows)]
    patterns: dict[str, Row] = {}
    chunks = [body[one:other] for one, other in itertools.pairwise(at)]
    writers = [patterns.setdefault(*pattern(chunk, row)) for chunk, row in zip(chunks, rows, strict=False)]
    left = body[at[-1] :]
    if end:
        whole, foot, _ = left.partition(end)
        final = pattern(whole, rows[-1])[1]
        return body[: at[0]], [*writers, final], foot + _
    written = writers[-1](rows[-1])
    assert left.startswith(written)
    return body[: at[0]], [*writers, writers[-1]], left[len(written) :]


def pattern(chunk: str, row: Sequence[Any]) -> tuple[str, Row]:
    """Return what a row looks like without its values, and how to write one with them."""
    found = chunk.replace("%", "%%")
    for place, value in sorted(enumerate(row), key=lambda pair: -len(str(pair[1]))):
        words = str(value)
        edge = r"(?<!\d)", r"(?!\d)"
        found = re.sub((edge[0] + words + edge[1]) if words.isdigit() else re.escape(words), f"\0{place}\0", found)
    places = [int(place) for place in re.findall("\0(\\d)\0", found)]
    text, pick = re.sub("\0\\d\0", "%s", found), itemgetter(*places)
    return text, lambda values: text % pick(values)


class Bare:
    """The handlers, with what they read at the start."""

    def __init__(self, folder: Path, kept: Store) -> None:
        self.facts: Mapping[str, Any] = json.loads((folder / "bare.json").read_text())
        self.store = kept
        self.room: set[WebSocket] = set()
        self.pages: dict[str, tuple[str, list[Row], str]] = {}

    async def open(self) -> None:
        """Connect, and learn each page from what the app gave."""
        await self.store.open()
        for name in self.facts.keys() & {"list", "anyone", "detail"}:
            ends = ROWS["detail" if name == "detail" else "list"]
            self.pages[name] = cut(self.facts[name], await self.rows(name), *ends)

    async def rows(self, name: str, reader: int = 0) -> list[tuple[Any, ...]]:
        """Read the rows of a page for a person, fifty of a list, escaped."""
        if name == "detail":
            return await self.comments(self.facts["matter"], reader)
        found = (await self.store.rows(LIST, reader, self.facts["community"]))[:50]
        return [
            (number, html.escape(title), html.escape(body), seconded, threshold)
            for number, title, body, seconded, threshold, *_ in found
        ]

    async def comments(self, matter: int, reader: int) -> list[tuple[Any, ...]]:
        """Read a matter, and its comments as rows."""
        assert await self.store.rows(MATTER, matter, reader)
        await self.store.rows(SITTINGS, matter)
        found = await self.store.rows(DETAIL, matter)
        return [(number, code, html.escape(who), html.escape(words)) for number, code, who, words, *_ in found]

    async def page(self, request: Request) -> Response:
        """Answer with a page written anew, to a reader when there is a session."""
        name, reader = request.path_params["name"], 0
        if token := request.cookies.get("heyi"):
            reader = (await self.store.rows(READER, hashlib.sha256(token.encode()).hexdigest()))[0][3]
        head, writers, tail = self.pages[name]
        found = await self.rows(name, reader)
        return HTMLResponse(head + "".join([write(row) for write, row in zip(writers, found, strict=True)]) + tail)

    async def hello(self, _request: Request) -> Response:
        """Greet."""
        return PlainTextResponse("hello")

    async def vote(self, request: Request) -> Response:
        """Keep a paper."""
        typed, receipt = dict(parse_qsl((await request.body()).decode())), secrets.token_hex(6)
        await self.store.vote(int(typed["head"]), typed["choice"], receipt)
        return RedirectResponse(f"/ballots/1/receipts/{receipt}", 303)

    async def chat(self, socket: WebSocket) -> None:
        """Keep what is said and send it to everybody."""
        await socket.accept()
        self.room.add(socket)
        try:
            while True:
                said = json.loads(await socket.receive_text())
                seq = await self.store.say(said["text"])
                await socket.send_text(f'{{"type": "ack", "client_id": "{said["client_id"]}", "seq": {seq}}}')
                frame = self.facts["frame"] % html.escape(said["text"])
                for each in list(self.room):
                    await each.send_text(frame)
        except WebSocketDisconnect:
            self.room.discard(socket)


def app() -> Starlette:
    """Build it from ``HEYI_HOME`` and ``HEYI_DATABASE``."""
    folder = Path(os.environ["HEYI_HOME"])
    bare = Bare(folder, store(os.environ["HEYI_DATABASE"], folder))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        await bare.open()
        yield
        await bare.store.close()

    return Starlette(
        routes=[
            Route("/hello", bare.hello),
            Route("/page/{name}", bare.page),
            Route("/vote", bare.vote, methods=["POST"]),
            WebSocketRoute("/live", bare.chat),
        ],
        lifespan=lifespan,
    )


@click.command()
@click.option("--port", required=True, type=int)
def main(port: int) -> None:
    """Serve on loopback."""
    uvicorn.run("bench.bare:app", factory=True, host="127.0.0.1", port=port, **limits(1))


if __name__ == "__main__":
    main()
