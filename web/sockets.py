"""uvicorn's WebSocket protocol with a way to end a connection whose other side does not read, and one to write at once.

What many are sent is packed into a frame once (RFC 6455 section 5.2, unmasked, one piece) and written to each as it is.
"""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketState
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

FAREWELL: Final = 10.0
"""Seconds in which a slow reader may still read why it was cut off; then the connection is dropped."""

CUT: Final = "heyi.cut"
PUSH: Final = "heyi.push"
STAY: Final = "heyi.stay"
SHORT, LONG = 125, 65_535  # bytes whose number fits into the first byte, into two more


class Packed(NamedTuple):
    """A text, and the frame that carries it."""

    text: str
    wire: bytes


def packed(text: str) -> Packed:
    """Return a text with its frame.

    >>> packed("好").wire.hex()
    '8103e5a5bd'
    """
    data = text.encode()
    size = len(data)
    if size <= SHORT:
        return Packed(text, struct.pack("!BB", 0x81, size) + data)
    form, mark = ("!BBH", 126) if size <= LONG else ("!BBQ", 127)
    return Packed(text, struct.pack(form, 0x81, mark, size) + data)


class Letters:
    """What came in and was not taken yet, for one taker. An empty ``asyncio.Queue`` takes three kilobytes."""

    __slots__ = ("_letters", "_taker")

    def __init__(self) -> None:
        self._letters: list[Any] = []
        self._taker: asyncio.Future[None] | None = None

    def put_nowait(self, letter: Any) -> None:  # noqa: ANN401 - an ASGI event
        """Put one more in."""
        self._letters.append(letter)
        if self._taker and not self._taker.done():
            self._taker.set_result(None)

    async def get(self) -> Any:  # noqa: ANN401 - an ASGI event
        """Take the oldest out, when there is one."""
        while not self._letters:
            self._taker = asyncio.get_running_loop().create_future()
            try:
                await self._taker
            finally:
                self._taker = None
        return self._letters.pop(0)

    def empty(self) -> bool:
        """Return whether nothing waits."""
        return not self._letters


class Gate:
    """An ``asyncio.Event`` that keeps nothing while nobody waits at it."""

    __slots__ = ("_open", "_waiting")

    def __init__(self) -> None:
        self._open = True
        self._waiting: list[asyncio.Future[None]] = []

    def set(self) -> None:
        """Open it for all who wait and who come."""
        self._open, waiting, self._waiting = True, self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    def clear(self) -> None:
        """Shut it."""
        self._open = False

    def is_set(self) -> bool:
        """Return whether it is open."""
        return self._open

    async def wait(self) -> None:
        """Wait until it is opened."""
        if not self._open:
            self._waiting.append(one := asyncio.get_running_loop().create_future())
            await one


Stay = Callable[[WebSocket], Awaitable[None]]


class Cuttable(WebSocketsSansIOProtocol):
    """A connection that the application can cut, write to at once, and keep after the request that opened it.

    uvicorn's own close waits until the reader has read everything. And a socket that is held for hours needs neither
    the layers around its request nor its headers, which are more than all the rest of it.
    """

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's
        super().__init__(*given, **named)
        self.queue = Letters()  # type: ignore[assignment]
        self.writable = Gate()  # type: ignore[assignment]
        self._stay: Stay | None = None

    async def run_asgi(self) -> None:
        """Run the application with ``cut``, ``push`` and ``stay`` among the scope's extensions; then what stays."""
        own: dict[str, Any] = {CUT: self.cut, PUSH: self.push, STAY: self.stay}
        self.scope["extensions"] = {**(self.scope.get("extensions") or {}), **own}
        self._application, self.app = self.app, self._answer
        try:
            await super().run_asgi()
        finally:
            self.app, self._stay = self._application, None

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._application(scope, receive, send)
        if self._stay:
            kept = {"type": "websocket", "app": scope["app"], "headers": (), "extensions": scope["extensions"]}
            scope.clear()
            self.request = self.response = None  # type: ignore[assignment]
            socket = WebSocket(kept, receive, send)
            socket.client_state = socket.application_state = WebSocketState.CONNECTED
            await self._stay(socket)

    def stay(self, work: Stay) -> None:
        """Go on with ``work`` and a bare socket when the application has answered; it has accepted before."""
        self._stay = work

    def push(self, frame: bytes) -> bool:
        """Write a whole frame now, or return False: the link ends, or the other side has not read what it was sent."""
        if self.close_sent or self.disconnected or not self.writable.is_set() or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True

    def cut(self, code: int) -> None:
        """Put a close frame behind what waits unread, and drop the connection soon, read or not."""
        if not (self.close_sent or self.transport.is_closing()):
            self.conn.send_close(code, "")
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
        self.loop.call_later(FAREWELL, self.transport.abort)


def cutter(scope: Any) -> Any:  # noqa: ANN401 - an ASGI scope
    """Return the ``cut`` of a connection, or ``None`` under another server."""
    return (scope.get("extensions") or {}).get(CUT)


def pusher(scope: Any) -> Any:  # noqa: ANN401 - an ASGI scope
    """Return the ``push`` of a connection, or ``None`` under another server."""
    return (scope.get("extensions") or {}).get(PUSH)


def stayer(scope: Any) -> Any:  # noqa: ANN401 - an ASGI scope
    """Return the ``stay`` of a connection, or ``None`` under another server."""
    return (scope.get("extensions") or {}).get(STAY)
