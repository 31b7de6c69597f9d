"""Readers who stay in a room while everything is killed: each line once, in order, none left out."""

import asyncio
import json
import random
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bench.drill.stage import Speaker
from bench.rooms.listening import WORDS
from mediation.room.lines import text_of
from mediation.room.models import Message, Room

PATIENCE = 10.0  # seconds to connect
AGAIN = 0.3  # seconds before a new attempt, at most
STAYS = 8.0  # seconds after which a reader drops the link by itself, at most


@dataclass
class Reader:
    """Somebody at a room, who goes on after the last number after each break. ``odd`` is what must not be."""

    speaker: Speaker
    addresses: list[str]
    dice: random.Random
    last: int = 0
    links: int = 0
    heard: list[tuple[int, str]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)

    async def read(self) -> None:
        """Read until cancelled, on another server after each break."""
        while True:
            with suppress(OSError, WebSocketException, TimeoutError):
                async with asyncio.timeout(self.dice.uniform(STAYS / 4, STAYS)):
                    await self._once()
            await asyncio.sleep(self.dice.uniform(0, AGAIN))

    async def _once(self) -> None:
        address = self.addresses[self.links % len(self.addresses)].replace("http", "ws") + self.speaker.path
        self.links += 1
        headers = {"cookie": self.speaker.cookie}
        async with connect(address, additional_headers=headers, open_timeout=PATIENCE) as socket:
            await socket.send(json.dumps({"type": "resume", "after": self.last}))
            async for text in socket:
                self._take(json.loads(text))

    def _take(self, frame: dict[str, object]) -> None:
        if frame["type"] == "gap":
            self.odd.append(f"told to fetch the page after {frame['after']}")
        if frame["type"] != "message":
            return
        seq, words = int(str(frame["seq"])), WORDS.search(str(frame["html"]))
        if seq <= self.last:
            self.odd.append(f"{seq} came again after {self.last}")
            return
        if seq != self.last + 1:
            self.odd.append(f"{seq} came after {self.last}")
        self.last = seq
        self.heard.append((seq, words[1].strip() if words else ""))


async def drained(readers: list[Reader], told: dict[str, int], *, seconds: float) -> None:
    """Wait until every reader has come as far as anybody in their room, at most so long."""
    async with asyncio.timeout(seconds):
        while True:
            before = [each.last for each in readers]
            await asyncio.sleep(2)
            newest: dict[int, int] = {}
            for each in readers:
                newest[each.speaker.room] = max(newest.get(each.speaker.room, 0), each.last)
            still = before == [each.last for each in readers]
            if still and all(each.last == newest[each.speaker.room] for each in readers) and told:
                return


async def compare(readers: list[Reader]) -> list[str]:
    """Hold what each reader heard against the open database, word for word; return what differs."""
    wrong = []
    for room in await Room.filter(id__in=[each.speaker.room for each in readers]):
        stored = [(each.seq, text_of(room, each)) for each in await Message.filter(room_id=room.id).order_by("seq")]
        here = [each for each in readers if each.speaker.room == room.id and each.heard != stored]
        wrong += [f"{room.name}: heard {len(each.heard)} lines of {len(stored)}, or other words" for each in here]
    return wrong
