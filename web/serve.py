"""Running the site under uvicorn, with the limits that its defaults leave out."""

import asyncio
import gc
import os
from typing import Any, Final

import click
import uvicorn
from starlette.applications import Starlette

from web import log_kept
from web.app import create_app
from web.database import close_database, config, open_database
from web.db import migrate as migrations
from web.log import set_up
from web.settings import BadSettings, Settings, load

WEBSOCKET_FRAME = 64 * 1024
GRACE = 10  # seconds that requests under way have to end
LOOKS: Final = (10_000, 20, 20)  # new objects after which young, then older, then old ones are looked at for cycles


def start(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve until stopped. The embedded engine allows one process only."""
    if settings.sqlite and workers > 1:
        raise click.ClickException("SQLite 只能用一个进程。要多进程，请设置 HEYI_DATABASE 用 PostgreSQL。")
    if settings.development and host not in ("127.0.0.1", "::1", "localhost"):
        raise click.ClickException("开发模式只在本机开放，请用 --host 127.0.0.1。")
    if asyncio.run(migrations.pending(config(settings.database_url))):
        raise click.ClickException("数据库还不是这个版本的样子，请先运行 heyi migrate。")
    if found := asyncio.run(_faults(settings)):
        raise click.ClickException("".join(found) + log_kept.ADVICE)
    set_up(settings)
    uvicorn.run("web.serve:application", factory=True, host=host, port=port, **limits(workers))


async def _faults(settings: Settings) -> list[str]:
    """Say for which ballots the database is older than what was signed."""
    await open_database(settings.database_url)
    try:
        return await log_kept.faults(settings.folder)
    finally:
        await close_database()


def limits(workers: int) -> dict[str, Any]:
    """Return uvicorn's options: short frames, no compression, deadlines, our own log."""
    return {
        "workers": workers if workers > 1 else None,
        "http": "web.guarded:Guarded",
        "ws": "web.sockets:Cuttable",
        "ws_max_size": WEBSOCKET_FRAME,
        "ws_per_message_deflate": False,
        "ws_ping_interval": 20,
        "ws_ping_timeout": 20,
        "timeout_graceful_shutdown": GRACE,
        "proxy_headers": True,
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }


def settled(app: Starlette) -> Starlette:
    """Let what was made while the program began be looked at for cycles no more, and what is made since less often.

    A look at everything takes a tenth of a second, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOKS)
    return app


def application() -> object:
    """Build the application from the environment; uvicorn calls this in each process."""
    try:
        settings = load(os.environ)
    except BadSettings as wrong:
        raise SystemExit(str(wrong)) from wrong
    set_up(settings)
    return settled(create_app(settings))
