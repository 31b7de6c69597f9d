"""One line in the log for every request: a number of its own, the route, the answer and how long it took.

The route's pattern is written, never the address: addresses hold codes, links in mails hold secrets.
"""

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from community.codes import new_code

log = logging.getLogger("heyi.request")

QUIET: Final = ("/static", "/alive")
SLOW: Final = 1000  # milliseconds
REFUSED: Final = 400


class Line(logging.Formatter):
    """Writes the line of a request as JSON at once: everything in it was made here, so there is nothing to mask."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = record.args if isinstance(record.args, dict) else {}
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        common = {"event": "request", "level": "info", "logger": record.name, "timestamp": at}
        return _JSON.encode({**told, **common})


_JSON: Final = json.JSONEncoder(ensure_ascii=False)


class RequestLog:
    """Numbers every request and writes how it ended."""

    def __init__(self, app: ASGIApp, which: str = "all") -> None:
        self.app, self.which = app, which

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; write when it is over, however it ends."""
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(QUIET):
            await self.app(scope, receive, send)
            return
        number, began = new_code(10), time.perf_counter()
        answers: list[int] = []
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        try:
            await self.app(scope, receive, _noting(send, number, answers))
        except Exception:
            answers.append(500)
            raise
        finally:
            took = round((time.perf_counter() - began) * 1000)
            status = answers[-1] if answers else None
            if self._told(status, took):
                told = {"kind": scope.get("method", "SOCKET"), "route": _route(scope), "status": status, "ms": took}
                log.info("%(kind)s %(route)s %(status)s %(ms)s ms", {**told, "request": number})

    def _told(self, status: int | None, took: int) -> bool:
        """Return whether this request gets its line; see ``Settings.log_requests``."""
        return self.which == "all" or (self.which == "slow" and (status is None or status >= REFUSED or took > SLOW))


def _noting(send: Send, number: str, answers: list[int]) -> Send:
    async def note(message: Message) -> None:
        if message["type"] == "http.response.start":
            answers.append(message["status"])
            MutableHeaders(scope=message)["X-Request-Id"] = number
        elif message["type"] == "websocket.close":
            answers.append(message.get("code", 1000))
        await send(message)

    return note


def _route(scope: Scope) -> str:
    """Return the pattern of the route that answered."""
    return str(getattr(scope.get("route"), "path", "-"))
