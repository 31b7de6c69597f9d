"""The whole examination, in order; each part is spared the failure of the others."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from tortoise.exceptions import BaseORMException

from community.privacy import vault
from web import log_kept
from web.clock import Clock
from web.database import close_database, config, open_database
from web.db import migrate
from web.doctor import base, given, machine, post, promises, work
from web.doctor.finding import Finding, bad, good
from web.settings import Settings, ring_of

PATIENCE: Final = 20.0  # seconds for the mail server and for the database, each


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Return everything that was found."""
    vault.install(ring_of(settings))
    found = [*given.unknown(), *machine.look(settings)]
    found += await _within(lambda: post.look(settings), "寄信")
    return [*found, *await _within(lambda: _database(settings, clock), "数据库")]


async def _within(part: Callable[[], Awaitable[list[Finding]]], name: str) -> list[Finding]:
    try:
        return await asyncio.wait_for(part(), PATIENCE)
    except TimeoutError:
        return [bad(name, f"{PATIENCE:.0f} 秒没有应答。")]
    except (BaseORMException, OSError) as wrong:
        return [bad(name, f"没有应答：{type(wrong).__name__}。请看它是否在运行，地址对不对。")]


async def _log(settings: Settings) -> Finding:
    if found := await log_kept.faults(settings.folder):
        return bad("票据日志", "".join(found) + log_kept.ADVICE)
    return good("票据日志", "和库外留存的检查点相符。")


async def _database(settings: Settings, clock: Clock) -> list[Finding]:
    if await migrate.pending(config(settings.database_url)):
        return [bad("数据库", "连不上，或还不是这个版本的样子。请看它是否在运行，再运行 heyi migrate。")]
    await open_database(settings.database_url)
    try:
        found = [good("迁移", "全部做过了。"), *await base.look(clock), *await work.look(clock.now())]
        return [*found, *await promises.look(clock.now()), await _log(settings)]
    finally:
        await close_database()
