"""uvicorn's WebSocket protocol with a way to end a connection whose other side does not read."""

from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

FAREWELL: Final = 10.0
"""Seconds in which a slow reader may still read why it was cut off; then the connection is dropped."""

CUT: Final = "heyi.cut"


class Cuttable(WebSocketsSansIOProtocol):
    """Lets the application cut a connection: uvicorn's own close waits until the reader has read everything."""

    async def run_asgi(self) -> None:
        """Run the application with ``cut`` among the scope's extensions."""
        extensions: dict[str, Any] = {**(self.scope.get("extensions") or {}), CUT: self.cut}
        self.scope["extensions"] = extensions
        await super().run_asgi()

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
