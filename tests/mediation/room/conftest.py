"""A case with its rooms on a serving application, and people who talk there over real sockets."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from community.people.models import Person, Session
from mediation.case.models import Case
from mediation.room.models import Room
from tests.mediation.making import made_case, made_rooms
from tests.servers import serving
from tests.world import NOON, World, sign_in
from web.mediation.room.board import Board

Frame = dict[str, Any]


async def until(fact: Callable[[], Awaitable[object]], *, seconds: float = 20) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not await fact():  # noqa: ASYNC110 - what is awaited happens elsewhere
            await asyncio.sleep(0.02)


def is_line(seq: int, frame: Frame) -> bool:
    """Return whether a frame brings that line."""
    return frame["type"] == "message" and bool(frame["seq"] == seq)


class Voice:
    """One person at one socket: what they say and every frame they hear."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Frame] = []
        self.listening = asyncio.get_running_loop().create_task(self._listen())

    async def _listen(self) -> None:
        try:
            async for text in self.socket:
                self.frames.append(json.loads(text))
        except ConnectionClosed:
            pass

    async def tell(self, kind: str, **members: object) -> None:
        await self.socket.send(json.dumps({"type": kind, **members}))

    async def say(self, client_id: str, text: str, **members: object) -> Frame:
        """Say something and wait for the answer that names it."""
        await self.tell("send", client_id=client_id, text=text, **members)
        return await self.hears(lambda f: f["type"] in ("ack", "error") and f.get("client_id") == client_id)

    async def hears(self, fits: Callable[[Frame], object], *, seconds: float = 20) -> Frame:
        """Wait for a frame."""
        found: list[Frame] = []

        async def came() -> bool:
            found[:] = [frame for frame in self.frames if fits(frame)]
            return bool(found)

        await until(came, seconds=seconds)
        return found[0]

    async def reads(self, *seqs: int) -> None:
        """Wait until these messages came, and no others, in this order."""
        await self.hears(lambda _: len(self.seqs) >= len(seqs))
        assert self.seqs == list(seqs)

    @property
    def seqs(self) -> list[int]:
        return [frame["seq"] for frame in self.frames if frame["type"] == "message"]

    async def closed(self, *, seconds: float = 20) -> tuple[int | None, str | None]:
        """Wait for the end and return its code and reason."""
        async with asyncio.timeout(seconds):
            await self.listening
        return self.socket.close_code, self.socket.close_reason


class Stage:
    """A case of 阿兰 against 阿强 with its rooms, serving."""

    def __init__(self, url: str, world: World, case: Case, rooms: dict[str, Room]) -> None:
        self.url, self.world, self.case, self.rooms = url, world, case, rooms
        self.board: Board

    async def sign_out(self, person: Person) -> None:
        """End every session of a person."""
        await Session.filter(person_id=person.id).update(ended_at=NOON)

    def path(self, room: str) -> str:
        code = self.rooms[room].code if room in self.rooms else room
        return f"/cases/{self.case.code}/rooms/{code}"

    @asynccontextmanager
    async def voice(
        self, person: Person | None, room: str = "joint", *, url: str | None = None, max_queue: int = 16
    ) -> AsyncGenerator[Voice]:
        """Connect as ``person``; ``url`` is another server's address."""
        cookies = "; ".join(f"{k}={v}" for k, v in (await sign_in(person)).items()) if person else ""
        address = (url or self.url).replace("http", "ws") + self.path(room) + "/live"
        async with connect(address, additional_headers={"cookie": cookies}, max_queue=max_queue) as socket:
            voice = Voice(socket)
            try:
                yield voice
            finally:
                voice.listening.cancel()


@pytest.fixture
async def stage(app: Starlette, town: World) -> AsyncGenerator[Stage]:
    """Give the case, serving."""
    case = await made_case(town)
    rooms = await made_rooms(case, town.mediator)
    async with serving(app) as url:
        made = Stage(url, town, case, rooms)
        made.board = app.state.board
        yield made
