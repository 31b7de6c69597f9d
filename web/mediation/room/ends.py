"""How a socket ends: the close codes, and closing it even when the other side does not read.

4401 signed out, 4403 right ended, 4404 not visible, 4408 too slow, 4429 too much (the reason is the seconds to wait).
"""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from web.sockets import cutter

log = logging.getLogger(__name__)

BROKEN: Final = 1013  # try again later (IANA)
SIGNED_OUT: Final = 4401
ENDED: Final = 4403
UNSEEN: Final = 4404
SLOW: Final = 4408
FLOOD: Final = 4429
FULL: Final = "30"
"""The reason that goes with it for one who has too many sockets."""

FAREWELL: Final = 1.0  # seconds in which a reader must take the close frame


class End(Exception):
    """The socket is to be closed with a code and, for some, a reason."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


async def close(socket: WebSocket, end: End) -> None:
    """Close a socket; one whose other side does not take the frame is cut.

    The line of its request was written when it began, so what it ended with is written here.
    """
    log.info("a socket was closed with %d", end.code)
    cut = cutter(socket.scope)
    try:
        async with asyncio.timeout(0 if end.code == SLOW and cut else FAREWELL):
            await socket.close(end.code, end.reason)
    except TimeoutError:
        if cut:
            cut(end.code)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the other side was faster


async def outcome(work: Awaitable[None]) -> End | None:
    """Return how the work ended: with a reason to close, or because the other side hung up."""
    try:
        await work
    except End as end:
        return end
    except (WebSocketDisconnect, WebSocketDisconnected):
        return None
    except Exception:
        log.exception("a socket failed")
        return End(BROKEN)
    return None
