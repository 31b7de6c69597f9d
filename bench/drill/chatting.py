"""People who say one thing after another in a room; whatever was acknowledged must be there, once, under its number."""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bench.drill.stage import Speaker
from bench.drill.workload import Client, Count, Unanswered
from community.codes import new_code
from mediation.room.models import Message, Room

PACE = 0.65  # seconds between two sayings: below the limit of a hundred a minute
PATIENCE = 15.0


@dataclass
class ChattingClient:
    """One speaker. What was not acknowledged is sent again under its own name, as the page does."""

    speaker: Speaker
    address: str
    count: Count
    told: dict[str, int]
    names: set[str]
    _socket: ClientConnection | None = None
    _waiting: list[str] = field(default_factory=list)

    async def write(self) -> None:
        """Say something, or again what was not acknowledged, and keep its number."""
        if not self._waiting:
            self._waiting.append(self._name())
        name = self._waiting[0]
        try:
            async with asyncio.timeout(PATIENCE):
                self.told[name] = await self._say(name)
        except (OSError, WebSocketException, TimeoutError) as gone:
            await self.close()
            raise Unanswered from gone
        self._waiting.clear()
        self.count.acknowledged += 1
        await asyncio.sleep(PACE)

    async def hang_up(self, after: float) -> None:
        """Say something and be gone before the acknowledgement."""
        name = self._name()
        self.count.cut += 1
        with suppress(OSError, WebSocketException, TimeoutError):
            socket = await self._connect()
            await socket.send(self._frame(name))
            await asyncio.sleep(after)
            socket.transport.abort()
        await asyncio.sleep(PACE)

    async def close(self) -> None:
        """Hang up."""
        socket, self._socket = self._socket, None
        if socket:
            socket.transport.abort()

    def _name(self) -> str:
        name = new_code()
        self.names.add(name)
        self.count.tried += 1
        return name

    def _frame(self, name: str) -> str:
        return json.dumps({"type": "send", "client_id": name, "text": f"我说 {name}"})

    async def _connect(self) -> ClientConnection:
        address = self.address.replace("http", "ws") + self.speaker.path
        return await connect(address, additional_headers={"cookie": self.speaker.cookie}, open_timeout=PATIENCE)

    async def _say(self, name: str) -> int:
        if self._socket is None:
            self._socket = await self._connect()
        await self._socket.send(self._frame(name))
        while True:
            heard = json.loads(await self._socket.recv())
            if heard["type"] == "ack" and heard["client_id"] == name:
                return int(heard["seq"])
            if heard["type"] == "error":
                await asyncio.sleep(heard.get("seconds", 0))
                raise Unanswered(heard["reason"])


class Chatting:
    """Messages."""

    name = "messages"

    def __init__(self, speakers: list[Speaker]) -> None:
        self.speakers, self.count = speakers, Count()
        self.told: dict[str, int] = {}
        self.names: set[str] = set()

    def clients(self, address: str) -> list[Client]:
        """Return a client for each speaker."""
        return [ChattingClient(each, address, self.count, self.told, self.names) for each in self.speakers]

    async def check(self) -> None:
        """Every acknowledged saying is there once under its number; a room's numbers have no gaps."""
        messages = await Message.filter(client_id__in=list(self.names)) if self.names else []
        self.count.stored = len(messages)
        stored = Counter(str(each.client_id) for each in messages)
        numbers = {str(each.client_id): each.seq for each in messages}
        lost = [name for name, seq in self.told.items() if numbers.get(name) != seq]
        self.count.want(not lost, f"{len(lost)} acknowledged messages lost or under another number")
        self.count.want(max(stored.values(), default=1) == 1, "a message is there twice")
        for room in await Room.filter(id__in=[each.room for each in self.speakers]):
            seqs = [each.seq for each in await Message.filter(room_id=room.id).order_by("seq")]
            self.count.want(seqs == list(range(1, room.last_seq + 1)), f"{room.name}: numbers {seqs[-3:]}")
