"""A socket in a room: it says things, and takes down every line it hears with the moment of hearing."""

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.drill.stage import Speaker
from web.tasks import spawn

WORDS = re.compile(r'<p class="msg__t"[^>]*>(.*?)</p>', re.DOTALL)
PATIENCE = 30.0  # seconds


@dataclass
class Link:
    """One open socket; ``heard`` are number, words and moment of each line, ``ended`` when and how it was closed."""

    socket: ClientConnection
    heard: list[tuple[int, str, float]] = field(default_factory=list)
    acks: dict[str, int] = field(default_factory=dict)
    ended: tuple[float, int | None] | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Take frames until the socket ends."""
        try:
            async for text in self.socket:
                self._take(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            self.ended = time.monotonic(), self.socket.close_code
            self.over.set()
            self.news.set()

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "message":
            words = WORDS.search(frame["html"])
            self.heard.append((frame["seq"], words[1].strip() if words else "", time.monotonic()))
        elif frame["type"] == "ack":
            self.acks[frame["client_id"]] = frame["seq"]
        self.news.set()

    async def tell(self, **frame: object) -> None:
        """Send a frame."""
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def say(self, name: str, text: str) -> int:
        """Say something and wait for its number."""
        await self.tell(type="send", client_id=name, text=text)
        async with asyncio.timeout(PATIENCE):
            while name not in self.acks and self.ended is None:
                self.news.clear()
                await self.news.wait()
        return self.acks[name]


@asynccontextmanager
async def linked(speaker: Speaker, address: str, *, after: int | None = None) -> AsyncGenerator[Link]:
    """Connect as somebody, going on after line ``after`` when it is given."""
    where = address.replace("http", "ws") + speaker.path
    async with connect(where, additional_headers={"cookie": speaker.cookie}, open_timeout=PATIENCE) as socket:
        link = Link(socket)
        listening = spawn(link.listen(), name="a listener")
        if after is not None:
            await link.tell(type="resume", after=after)
        try:
            yield link
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
