"""Every speaker at a socket of their own, saying their words in turn; and what each heard, held against the page."""

import asyncio
import json
import re
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from html import unescape
from statistics import median
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from community.codes import new_code
from community.text import clean
from web.replay.dialogue import Dialogue, Seat, Stuck, seated
from web.replay.visitor import Visitor
from web.tasks import spawn

PATIENCE: Final = 30.0
"""Seconds for which everybody may wait for one message."""

ROW: Final = re.compile(r'<li class="msg[^"]*" id="m-(\d+)".*?</li>', re.DOTALL)
WORDS: Final = re.compile(r'<p class="msg__t"[^>]*>(.*?)</p>', re.DOTALL)

Heard = tuple[int, str]


@dataclass
class Client:
    """One speaker at one socket: every message heard, in the order of hearing, and every answer to one's own."""

    speaker: str
    visitor: Visitor
    socket: ClientConnection
    heard: list[Heard] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    here: bool = False
    gone: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Take frames until the socket ends."""
        with suppress(ConnectionClosed):
            async for text in self.socket:
                self._take(json.loads(text))
                self.news.set()
        self.gone = True
        self.news.set()

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "message":
            self.heard += rows_of(frame["html"])
        elif frame["type"] in ("ack", "error"):
            self.answers[str(frame.get("client_id", ""))] = frame
        elif frame["type"] == "presence":
            self.here = True

    async def say(self, name: str, text: str) -> int:
        """Say something and return the number it got."""
        await self.socket.send(json.dumps({"type": "send", "client_id": name, "text": text}, ensure_ascii=False))
        async with asyncio.timeout(PATIENCE):
            while name not in self.answers and "" not in self.answers:
                await self._more()
        answer = self.answers.get(name) or self.answers[""]
        if answer["type"] == "error":
            raise Stuck(f"“{self.speaker}”的话没有说成：{answer['reason']}")
        return int(answer["seq"])

    async def hear(self, seq: int) -> None:
        """Wait until message ``seq`` has come."""
        async with asyncio.timeout(PATIENCE):
            while not any(each == seq for each, _ in self.heard):
                await self._more()

    async def enter(self) -> None:
        """Read the room from its first line, and wait until one is in it."""
        await self.socket.send(json.dumps({"type": "resume", "after": 0}))
        async with asyncio.timeout(PATIENCE):
            while not self.here:
                await self._more()

    async def _more(self) -> None:
        if self.gone:
            raise Stuck(f"“{self.speaker}”的连接断了（{self.socket.close_code}）。")
        await self.news.wait()
        self.news.clear()


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a replay; ``waits`` are seconds from the sending of a message until the last client had it."""

    said: tuple[Heard, ...]
    page: tuple[Heard, ...]
    heard: dict[str, tuple[Heard, ...]]
    waits: tuple[float, ...]

    @property
    def wrong(self) -> list[str]:
        """Return the speakers whose transcript is not the page's, to the letter and in order."""
        return [speaker for speaker, heard in self.heard.items() if heard != self.page]

    @property
    def faithful(self) -> bool:
        """Return whether the page holds what was said, and everybody heard it once and in order."""
        return self.page == self.said and not self.wrong

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Return the figures to print."""
        deliveries = sum(len(heard) for heard in self.heard.values())
        return [
            ("说话的人（各一条连接）", str(len(self.heard))),
            ("说了", f"{len(self.said)} 句，{sum(len(text) for _, text in self.said)} 个字"),
            ("送达", f"{deliveries} 次，应为 {len(self.said) * len(self.heard)} 次"),
            ("页面上", f"{len(self.page)} 句，" + ("与说的一字不差" if self.page == self.said else "与说的不一样")),
            ("听到的与页面不一样的人", "、".join(self.wrong) or "没有"),
            ("从发出到人人收到", f"中位 {median(self.waits) * 1000:.0f} 毫秒，最慢 {max(self.waits) * 1000:.0f} 毫秒"),
        ]


def rows_of(html: str) -> list[Heard]:
    """Return the number and the words of every message on a page or in a frame."""
    rows = [(int(row[1]), WORDS.search(row[0])) for row in ROW.finditer(html)]
    return [(seq, unescape(words[1])) for seq, words in rows if words]


async def replay(room: str, talking: dict[Seat, Visitor], dialogue: Dialogue) -> Report:
    """Say ``dialogue`` in ``room``, everybody waiting until all have heard, and report."""
    seats = seated(dialogue.speakers).seats
    async with AsyncExitStack() as stack:
        clients = {speaker: await _connected(stack, room, speaker, talking[seats[speaker]]) for speaker in seats}
        said, waits = await _speak(dialogue, clients)
        heard = {speaker: tuple(client.heard) for speaker, client in clients.items()}
    return Report(tuple(said), tuple(await _page(room, talking[Seat.MEDIATOR])), heard, tuple(waits))


async def _connected(stack: AsyncExitStack, room: str, speaker: str, visitor: Visitor) -> Client:
    address = visitor.url.replace("http", "ws", 1) + room + "/live"
    headers = {"Cookie": visitor.cookie, "Origin": visitor.url}
    socket = await stack.enter_async_context(connect(address, additional_headers=headers))
    client = Client(speaker, visitor, socket)
    listening = spawn(client.listen(), name=f"replay {speaker}")
    stack.callback(listening.cancel)
    await client.enter()
    return client


async def _speak(dialogue: Dialogue, clients: dict[str, Client]) -> tuple[list[Heard], list[float]]:
    said: list[Heard] = []
    waits: list[float] = []
    for turn in dialogue.dialog:
        await clients[turn.speaker].visitor.breath()
        began = time.perf_counter()
        seq = await clients[turn.speaker].say(new_code(), turn.text)
        await asyncio.gather(*(client.hear(seq) for client in clients.values()))
        waits.append(time.perf_counter() - began)
        said.append((seq, clean(turn.text).strip()))
    return said, waits


async def _page(room: str, visitor: Visitor) -> Sequence[Heard]:
    """Return everything the room's page shows, from its first line on."""
    rows = rows_of(page := await visitor.get(room))
    while older := re.search(rf'href="{re.escape(room)}\?before=(\d+)"', page):
        page = await visitor.get(f"{room}?before={older[1]}")
        rows = rows_of(page) + rows
    return rows
