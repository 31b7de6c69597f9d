"""Chat: everybody in one room, one message after another, each timed from its sending to its last delivery."""

import asyncio
import html
import itertools
import json
import time
from collections.abc import Sequence
from typing import Final

from bench.drill.stage import Speaker
from bench.load.measure import Round, Side, cpu
from bench.load.wire import HOST, PATIENCE, Socket
from community.codes import new_code

WORDS: Final = "三楼的水管上周换过了，墙面还湿着，想请物业周六上午一起来看一眼再说怎么修。"
CALM, CALM_FOR = 0.25, 30.0  # share of a core at which joining is over, and seconds to wait for that
MARK: Final = b'"type": "message"'


class Crowd:
    """Everybody in a room on one server."""

    def __init__(self, side: Side) -> None:
        self.side, self.sockets = side, list[Socket]()
        self.last = b""
        self._turn = itertools.count()
        self._wanted = b"-"
        self._missing = 0
        self._all: asyncio.Future[None] | None = None

    async def come(self, speakers: Sequence[Speaker]) -> None:
        """Connect everybody and wait until the server has told everybody of everybody."""
        loop = asyncio.get_running_loop()
        for each in speakers:
            _, socket = await loop.create_connection(
                lambda each=each: Socket(each.path, each.cookie, self._heard),  # type: ignore[misc]
                HOST,
                self.side.port,
            )
            await socket.open
            self.sockets.append(socket)
        await self._calm()

    async def talk(self, count: int) -> Round:
        """Say so many things and return the round; it counts deliveries, and raises when one is missing."""
        busy, began = self.side.spent(), time.perf_counter()
        took = [await self._say() for _ in range(count)]
        wall, used = time.perf_counter() - began, self.side.since(busy)
        return Round(count * len(self.sockets), wall, used, took)

    def go(self) -> None:
        """Hang up."""
        for each in self.sockets:
            each.close()

    async def _say(self) -> float:
        token = new_code()
        text = f"{WORDS}{token}"
        frame = {"type": "send", "client_id": token, "text": text}
        self._wanted, self._missing = text.encode(), len(self.sockets)
        self._all = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.sockets[next(self._turn) % len(self.sockets)].say(json.dumps(frame, ensure_ascii=False).encode())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._all
        except TimeoutError:
            lost = sum(each.lost for each in self.sockets)
            raise RuntimeError(f"{self._missing} of {len(self.sockets)} did not get it; {lost} were cut off") from None
        return time.perf_counter() - began

    def _heard(self, payload: bytes) -> None:
        if self._wanted in payload and MARK in payload:
            self._missing -= 1
            self.last = payload if b"client_id" not in payload else self.last
            if not self._missing and self._all:
                self._all.set_result(None)

    async def _calm(self) -> None:
        deadline = time.monotonic() + CALM_FOR
        while time.monotonic() < deadline:
            busy = cpu(self.side.pid)
            await asyncio.sleep(1)
            if cpu(self.side.pid) - busy < CALM:
                return


def frame_of(crowd: Crowd) -> str:
    """Return a delivered frame with ``%s`` where the words stand, for the bare server to send."""
    said = html.escape(crowd._wanted.decode())  # noqa: SLF001 - the last words said
    return crowd.last.decode().replace("%", "%%").replace(said, "%s")
