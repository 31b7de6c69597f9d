"""The least that gives the same answers: what the load script holds the app against.

Served with the app's own uvicorn settings. A page is the bytes that the app gave, with the rows cut out and written
anew from one query, each by one format; for a reader whose session is looked up first. An unchanged page is held
against nothing but a greeting. A vote is one row in a transaction of its own, on disk before the answer; a message is
one row and a loop over the sockets. No right, no form, no record is looked at.
"""

import hashlib
import html
import itertools
import json
import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
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

from web.serve import limits

LIST = """SELECT m.id, m.title, m.seconded, b.name FROM matter m JOIN body b ON b.id = m.body_id
WHERE m.public_at IS NOT NULL ORDER BY m.id DESC LIMIT 51"""
DETAIL = """SELECT c.id, c.code, substr(p.name, 1, 1), c.words, c.parent_id FROM comment c
JOIN person p ON p.id = c.author_id WHERE c.matter_id = ? ORDER BY coalesce(c.parent_id, c.id) DESC, c.id"""
READER = """SELECT p.id, p.name, s.expires_at FROM session s JOIN person p ON p.id = s.person_id
WHERE s.token_hash = ? AND s.ended_at IS NULL"""
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

    def __init__(self, folder: Path) -> None:
        self.facts: Mapping[str, Any] = json.loads((folder / "bare.json").read_text())
        self.reads = sqlite3.connect(f"file:{folder / 'bare.db'}?mode=ro", uri=True)
        self.writes = sqlite3.connect(folder / "bare-writes.db", isolation_level=None)
        for line in ("journal_mode=WAL", "synchronous=FULL"):
            self.writes.execute(f"PRAGMA {line}")
        self.writes.execute(
            "CREATE TABLE IF NOT EXISTS vote (id INTEGER PRIMARY KEY, head INT, choice TEXT, receipt TEXT UNIQUE)"
        )
        self.writes.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, words TEXT)")
        self.room: set[WebSocket] = set()
        self.pages = {name: self.page_of(name) for name in ("list", "anyone", "detail")}

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """Read the rows of a page, fifty of a list, escaped."""
        if name == "detail":
            found = self.reads.execute(DETAIL, (self.facts["matter"],)).fetchall()
            return [(number, code, who, html.escape(words)) for number, code, who, words, _ in found]
        found = self.reads.execute(LIST).fetchall()[:50]
        return [(number, html.escape(title), seconded, body) for number, title, seconded, body in found]

    def page_of(self, name: str) -> tuple[str, list[Row], str]:
        """Learn a page from what the app gave."""
        return cut(self.facts[name], self.rows(name), *ROWS["detail" if name == "detail" else "list"])

    def write(self, name: str) -> str:
        """Write a page anew."""
        head, writers, tail = self.pages[name]
        return head + "".join([write(row) for write, row in zip(writers, self.rows(name), strict=True)]) + tail

    async def page(self, request: Request) -> Response:
        """Answer with a page, to a reader when there is a session."""
        if token := request.cookies.get("heyi"):
            digest = hashlib.sha256(token.encode()).hexdigest()
            assert self.reads.execute(READER, (digest,)).fetchone()
        return HTMLResponse(self.write(request.path_params["name"]))

    async def hello(self, _request: Request) -> Response:
        """Greet."""
        return PlainTextResponse("hello")

    async def vote(self, request: Request) -> Response:
        """Keep a paper."""
        typed, receipt = dict(parse_qsl((await request.body()).decode())), secrets.token_hex(6)
        self.writes.execute(  # in autocommit mode this is the whole transaction
            "INSERT INTO vote (head, choice, receipt) VALUES (?, ?, ?)", (typed["head"], typed["choice"], receipt)
        )
        return RedirectResponse(f"/ballots/1/receipts/{receipt}", 303)

    async def chat(self, socket: WebSocket) -> None:
        """Keep what is said and send it to everybody."""
        await socket.accept()
        self.room.add(socket)
        try:
            while True:
                said = json.loads(await socket.receive_text())
                done = self.writes.execute("INSERT INTO said (words) VALUES (?)", (said["text"],))
                await socket.send_text(
                    f'{{"type": "ack", "client_id": "{said["client_id"]}", "seq": {done.lastrowid}}}'
                )
                frame = self.facts["frame"] % html.escape(said["text"])
                for each in list(self.room):
                    await each.send_text(frame)
        except WebSocketDisconnect:
            self.room.discard(socket)


def app() -> Starlette:
    """Build it from ``HEYI_HOME``."""
    bare = Bare(Path(os.environ["HEYI_HOME"]))
    return Starlette(
        routes=[
            Route("/hello", bare.hello),
            Route("/page/{name}", bare.page),
            Route("/vote", bare.vote, methods=["POST"]),
            WebSocketRoute("/live", bare.chat),
        ]
    )


@click.command()
@click.option("--port", required=True, type=int)
def main(port: int) -> None:
    """Serve on loopback."""
    uvicorn.run("bench.bare:app", factory=True, host="127.0.0.1", port=port, **limits(1))


if __name__ == "__main__":
    main()
