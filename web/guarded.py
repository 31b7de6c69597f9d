"""HTTP/1.1 under a stopwatch: who sends slowly, or does not read what he asked for, is cut off.

uvicorn has a limit for idle connections only, and holds one that never ends
its headers for ever. Source: trust.md H7; OWASP ASVS 5.0, 13.2 and 15.2.2.
"""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD: Final = 5.0  # seconds until the headers must be complete
BODY: Final = 20.0  # seconds in which at least LEAST bytes of a body must come, or the body end
LEAST: Final = 16 * 1024
STALLED: Final = 30.0  # seconds in which something of a full send buffer must be taken


class Guarded(HttpToolsProtocol):
    """uvicorn's protocol with deadlines for headers, body and reading."""

    _deadline: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _arrived = 0
    _upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the stopwatch for the first request."""
        super().connection_made(transport)
        self._arm(HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop every stopwatch."""
        self._disarm()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; bytes that begin no request do not buy time."""
        super().data_received(data)
        if self._upgraded:
            return
        idle = getattr(self.cycle, "response_complete", True)  # there is no cycle before the first request
        if idle and self._deadline is None and self.timeout_keep_alive_task is None:
            self._arm(HEAD)

    def on_message_begin(self) -> None:
        """Start the stopwatch for the headers."""
        super().on_message_begin()
        self._arm(HEAD)

    def on_headers_complete(self) -> None:
        """Start the stopwatch for the body."""
        super().on_headers_complete()
        self._arrived = 0
        self._arm(BODY)

    def on_body(self, body: bytes) -> None:
        """Count what came."""
        self._arrived += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the stopwatch: from here on it is our turn."""
        self._disarm()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Leave a socket to its own pings."""
        self._upgraded = True
        self._disarm()
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        """Start the stopwatch for the reader of a long answer."""
        super().pause_writing()
        self._watch(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Stop it: something was read."""
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None
        super().resume_writing()

    def _watch(self, left: int) -> None:
        self._stalled = self.loop.call_later(STALLED, self._not_reading, left)

    def _not_reading(self, before: int) -> None:
        """Give a reader who took anything another round: one long answer may need many."""
        left = self.transport.get_write_buffer_size()
        if left < before:
            self._watch(left)
        else:
            self.transport.abort()

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(seconds, self._body_late if seconds == BODY else self._head_late)

    def _disarm(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _head_late(self) -> None:
        self.transport.abort()

    def _body_late(self) -> None:
        """Give a body that keeps coming, or that we ourselves made wait, another round."""
        if self._arrived < LEAST and not self.flow.read_paused:
            self.transport.abort()
            return
        self._arrived = 0
        self._arm(BODY)
