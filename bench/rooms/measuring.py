"""The figures of a room: CPU of a delivery, waiting times, one who never reads, memory of a socket that is idle."""

import asyncio
import itertools
import json
import time
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench.drill.stage import Speaker
from bench.load.chat import MARK, WORDS, Crowd
from bench.load.measure import Round, Side
from bench.load.wire import HOST, Socket
from community.codes import new_code

OPENING: Final = 20  # sockets opened at a time
LINE: Final = 1 << 20  # bytes


class Room(Crowd):
    """Everybody in a room, on one server or on several that share it."""

    def __init__(self, sides: Sequence[Side]) -> None:
        super().__init__(sides[0])
        self.sides = sides

    async def come(self, speakers: Sequence[Speaker]) -> None:
        """Connect everybody, by turns to each server, some at a time, and wait until it is calm."""
        placed = list(zip(speakers, itertools.cycle(self.sides), strict=False))
        for start in range(0, len(placed), OPENING):
            part = placed[start : start + OPENING]
            self.sockets += await asyncio.gather(*(self.enter(who, side.port) for who, side in part))
        await self._calm()

    async def enter(self, who: Speaker, port: int) -> Socket:
        """Open a socket for somebody."""
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(lambda: Socket(who.path, who.cookie, self._heard), HOST, port)
        await socket.open
        return socket

    async def talk(self, count: int, *, pace: float = 0) -> Round:
        """Say so many things, one each ``pace`` seconds if given; CPU is that of all servers together."""
        busy, began, took = [each.spent() for each in self.sides], time.perf_counter(), list[float]()
        for n in range(count):
            took.append(await self._say())
            await asyncio.sleep(max(0.0, began + (n + 1) * pace - time.perf_counter()))
        wall = time.perf_counter() - began
        used = sum(side.since(before) for side, before in zip(self.sides, busy, strict=True))
        return Round(count * len(self.sockets), wall, used, took)


class Ears(Room):
    """Everybody in a room, heard by a program in C, so that the listeners do not take the machine from the server."""

    def __init__(self, sides: Sequence[Side], program: Path, folder: Path) -> None:
        super().__init__(sides)
        self.program, self.folder = program, folder
        self.many = 0
        self._process: asyncio.subprocess.Process | None = None

    async def come(self, speakers: Sequence[Speaker]) -> None:
        """Connect everybody, by turns to each server, some at a time, and wait until it is calm."""
        placed = zip(speakers, itertools.cycle(self.sides), strict=False)
        listed = self.folder / f"ears-{new_code()}"
        listed.write_text("".join(f"{side.port} {who.path} {who.cookie}\n" for who, side in placed))
        words = (str(self.program), str(listed), MARK.decode())
        self._process = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE, limit=LINE)
        self.many = int((await self._answer())[0])
        if self.many != len(speakers):
            raise RuntimeError(f"{self.many} of {len(speakers)} came in")
        await self._calm()

    async def talk(self, count: int, *, pace: float = 0) -> Round:
        """Say so many things, one each ``pace`` seconds if given; the time is that of the deliveries alone."""
        busy, began, took = [each.spent() for each in self.sides], time.perf_counter(), list[float]()
        for n in range(count):
            took.append(await self._say())
            await asyncio.sleep(max(0.0, began + (n + 1) * pace - time.perf_counter()))
        used = sum(side.since(before) for side, before in zip(self.sides, busy, strict=True))
        return Round(count * self.many, sum(took), used, took)

    def go(self) -> None:
        """Hang up."""
        super().go()
        if self._process:
            self._process.kill()

    async def _say(self) -> float:
        assert self._process
        assert self._process.stdin
        token = new_code()
        text = f"{WORDS}{token}"
        frame = {"type": "send", "client_id": token, "text": text}
        self._wanted = text.encode()
        self._process.stdin.write(f"SAY {token} {json.dumps(frame, ensure_ascii=False)}\n".encode())
        took, lost, heard = await self._answer()
        if int(took) < 0:
            raise RuntimeError(f"not everybody got it; {int(lost)} were cut off")
        self.last = heard
        return int(took) / 1e9

    async def _answer(self) -> list[bytes]:
        assert self._process
        assert self._process.stdout
        return (await self._process.stdout.readline()).strip().split(b" ", 2)


def each(rounds: Sequence[Round]) -> float:
    """Return the median CPU seconds of a delivery."""
    return median(one.each for one in rounds)


def cut_at(rounds: Sequence[Round], percent: int) -> float:
    """Return a percentile of the waits in milliseconds."""
    waits = [1000 * took for one in rounds for took in one.took]
    return quantiles(waits, n=100, method="inclusive")[percent - 1]


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds by itself. Source: proc(5), smaps_rollup."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


async def held(side: Side, speakers: Sequence[Speaker]) -> float:
    """Return the bytes of memory that each of many idle sockets costs a server."""
    room, before = Room([side]), resident(side.pid)
    await room.come(speakers)
    lost = sum(each.lost for each in room.sockets)
    if lost:
        raise RuntimeError(f"{lost} of {len(speakers)} sockets did not stay open")
    after = resident(side.pid)
    room.go()
    return (after - before) / len(speakers)
