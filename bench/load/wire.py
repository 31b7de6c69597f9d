"""Our end of the line: HTTP/1.1 and WebSocket on bare asyncio protocols, so that asking costs little."""

import asyncio
import base64
import itertools
import os
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

HOST: Final = "127.0.0.1"
PATIENCE: Final = 30.0  # seconds for one answer
TEXT, PING, PONG = 1, 9, 10


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    head: bytes

    @property
    def tag(self) -> str:
        """Return the tag of the page, or nothing."""
        return self.head.partition(b"\r\netag: ")[2].partition(b"\r\n")[0].decode()


def get(path: str, cookie: str = "", tag: str = "") -> bytes:
    """Return the bytes of a GET; ``tag`` is that of the page one has."""
    known = f"If-None-Match: {tag}\r\n" if tag else ""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\n{known}\r\n".encode()


def post(path: str, cookie: str, body: str) -> bytes:
    """Return the bytes of a form."""
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}"
    return f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\n{kind}\r\n\r\n{body}".encode()


class Line(asyncio.Protocol):
    """One connection that is asked one thing after another."""

    def __init__(self) -> None:
        self._got = b""
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to write."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail what waits."""
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("hung up"))

    def data_received(self, data: bytes) -> None:
        """Answer once head and body are here; every answer must say its length."""
        self._got += data
        head, blank, body = self._got.partition(b"\r\n\r\n")
        if not blank or not self._answer:
            return
        told = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        length = int(told or 0)  # a 304 has none
        if len(body) >= length:
            self._got = body[length:]
            self._answer.set_result(Answer(int(head[9:12]), body[:length], head))

    async def ask(self, request: bytes) -> Answer:
        """Send and wait."""
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(PATIENCE):
            return await self._answer

    def close(self) -> None:
        """Hang up."""
        assert self._transport
        self._transport.close()


async def ring(port: int) -> Line:
    """Connect."""
    _, line = await asyncio.get_running_loop().create_connection(Line, HOST, port)
    return line


async def ask_all(port: int, requests: Iterable[bytes], *, lines: int, status: int) -> list[float]:
    """Ask over so many connections at once, and return how long each took. Raises when a status is another."""
    waiting, took = iter(requests), list[float]()
    async with asyncio.TaskGroup() as group:
        for line in [await ring(port) for _ in range(lines)]:
            group.create_task(_ask_on(line, waiting, took, status))
    return took


async def _ask_on(line: Line, waiting: Iterator[bytes], took: list[float], status: int) -> None:
    for request in waiting:
        began = time.perf_counter()
        answer = await line.ask(request)
        took.append(time.perf_counter() - began)
        if answer.status != status:
            raise RuntimeError(f"{answer.status} instead of {status}: {answer.body[-400:].decode(errors='replace')}")
    line.close()


class Socket(asyncio.Protocol):
    """One open WebSocket; each text it gets goes to ``heard``."""

    def __init__(self, path: str, cookie: str, heard: Callable[[bytes], None]) -> None:
        self.path, self.cookie, self.heard = path, cookie, heard
        self.open = asyncio.get_running_loop().create_future()
        self.lost = False
        self._got = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the change of protocol."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        head = f"GET {self.path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {self.cookie}\r\nUpgrade: websocket\r\n"
        transport.write(
            f"{head}Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Remember it; a room that waits for this one will say so."""
        self.lost = True

    def data_received(self, data: bytes) -> None:
        """Take the answer to the handshake, then frames."""
        self._got += data
        if not self.open.done():
            head, blank, rest = bytes(self._got).partition(b"\r\n\r\n")
            if not blank:
                return
            if head[9:12] != b"101":
                self.open.set_exception(RuntimeError(head.decode(errors="replace")))
                return
            self.open.set_result(None)
            self._got = bytearray(rest)
        for kind, payload in self._frames():
            if kind == TEXT:
                self.heard(payload)
            elif kind == PING:
                self._send(PONG, payload)

    def _frames(self) -> Iterator[tuple[int, bytes]]:
        """Cut whole frames off what has come; servers do not mask, and ours never splits a message."""
        while len(self._got) >= 2:
            length, start = self._got[1], 2
            if length > 125:
                start = 4 if length == 126 else 10
                length = int.from_bytes(self._got[2:start], "big") if len(self._got) >= start else 1 << 30
            if len(self._got) < start + length:
                return
            frame = self._got[0] & 15, bytes(self._got[start : start + length])
            del self._got[: start + length]
            yield frame

    def deaf(self) -> None:
        """Read no more, and let what comes wait in the machine."""
        assert self._transport
        self._transport.pause_reading()

    def say(self, text: bytes) -> None:
        """Send a text."""
        self._send(TEXT, text)

    def _send(self, kind: int, payload: bytes) -> None:
        assert self._transport
        size = len(payload)
        length = struct.pack("!B", 128 | size) if size < 126 else struct.pack("!BH", 128 | 126, size)
        mask = os.urandom(4)
        hidden = bytes(byte ^ key for byte, key in zip(payload, itertools.cycle(mask), strict=False))
        self._transport.write(bytes([128 | kind]) + length + mask + hidden)

    def close(self) -> None:
        """Hang up."""
        assert self._transport
        self._transport.abort()
