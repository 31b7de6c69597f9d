"""uvicorn's WebSocket protocol with a way to end a connection whose other side does not read, and one to write at once.

What many are sent is packed into a frame once (RFC 6455 section 5.2, unmasked, one piece) and written to each as it is.
"""

import struct
from typing import Any, Final, NamedTuple

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

FAREWELL: Final = 10.0
"""Seconds in which a slow reader may still read why it was cut off; then the connection is dropped."""

CUT: Final = "heyi.cut"
PUSH: Final = "heyi.push"
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


class Cuttable(WebSocketsSansIOProtocol):
    """Lets the application cut a connection: uvicorn's own close waits until the reader has read everything."""

    async def run_asgi(self) -> None:
        """Run the application with ``cut`` and ``push`` among the scope's extensions."""
        extensions: dict[str, Any] = {**(self.scope.get("extensions") or {}), CUT: self.cut, PUSH: self.push}
        self.scope["extensions"] = extensions
        await super().run_asgi()

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
