"""Running the site under uvicorn, with the limits that its defaults leave out."""

import asyncio
import os
from typing import Any

import click
import uvicorn

from web.app import create_app
from web.database import config
from web.db import migrate as migrations
from web.log import set_up
from web.settings import BadSettings, Settings, load

WEBSOCKET_FRAME = 64 * 1024
GRACE = 10  # seconds that requests under way have to end


def start(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve until stopped. The embedded engine allows one process only."""
    if settings.sqlite and workers > 1:
        raise click.ClickException("SQLite 只能用一个进程。要多进程，请设置 HEYI_DATABASE 用 PostgreSQL。")
    if settings.development and host not in ("127.0.0.1", "::1", "localhost"):
        raise click.ClickException("开发模式只在本机开放，请用 --host 127.0.0.1。")
    if asyncio.run(migrations.pending(config(settings.database_url))):
        raise click.ClickException("数据库还不是这个版本的样子，请先运行 heyi migrate。")
    set_up(settings)
    uvicorn.run("web.serve:application", factory=True, host=host, port=port, **limits(workers))


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


def application() -> object:
    """Build the application from the environment; uvicorn calls this in each process."""
    try:
        settings = load(os.environ)
    except BadSettings as wrong:
        raise SystemExit(str(wrong)) from wrong
    set_up(settings)
    return create_app(settings)
