"""The application on a free port of this machine, in the loop of the test, under the limits it has for people."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from web.serve import limits
from web.tasks import spawn


@asynccontextmanager
async def serving(app: ASGIApp, **options: str | int) -> AsyncGenerator[str]:
    """Serve ``app``, whose lifespan is somebody else's, and yield its address without a slash at the end."""
    ours = {"lifespan": "off", "timeout_graceful_shutdown": 2, "log_level": "error"}
    settings: dict[str, Any] = {**limits(1), **ours, **options}
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, **settings))
    task = spawn(server.serve(), name="server")
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
