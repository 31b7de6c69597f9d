"""The database: does it answer, is it of this version, does it keep what it acknowledges, does its clock agree."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException

from web.clock import Clock
from web.doctor.finding import Finding, bad, good, warn

FULL: Final = 2  # SQLite's synchronous
SKEW: Final = timedelta(seconds=2)


async def look(clock: Clock) -> list[Finding]:
    """Return what was found in the open database."""
    try:
        lite = get_connection("default").capabilities.dialect == "sqlite"
        found = await (_sqlite() if lite else _postgres())
    except (BaseORMException, OSError) as wrong:
        return [bad("数据库", f"没有应答：{type(wrong).__name__}。请看它是否在运行，地址对不对。")]
    return [*found, *_shifted(clock)]


async def _sqlite() -> list[Finding]:
    journal, keys, flush = [await _one(f"PRAGMA {name}") for name in ("journal_mode", "foreign_keys", "synchronous")]
    version = await _one("SELECT sqlite_version()")
    told = f"SQLite {version} · journal_mode={journal} · synchronous={flush} · foreign_keys={keys}"
    sound = journal == "wal" and keys == 1
    engine = good("数据库", told) if sound else bad("数据库", f"{told}。应是 wal 和 1，请不要改这两项。")
    return [engine, _kept(durable=flush >= FULL, name="synchronous=FULL"), good("对时", "数据库和程序在同一台机器上。")]


async def _postgres() -> list[Finding]:
    names = ("server_version", "synchronous_commit", "fsync", "full_page_writes")
    values = {name: await _one(f"SHOW {name}") for name in names}
    told = " · ".join(f"{name}={value}" for name, value in values.items())
    safe = values["synchronous_commit"] != "off" and values["fsync"] == values["full_page_writes"] == "on"
    return [
        good("数据库", f"PostgreSQL {told}"),
        _kept(durable=safe, name="synchronous_commit 和 fsync"),
        await _skew(),
    ]


def _kept(*, durable: bool, name: str) -> Finding:
    if durable:
        return good("落盘", "答复“已收到”之前已经写到盘上。")
    return bad("落盘", f"{name} 没有开：断电会丢掉已经答复的票和发言。请打开。")


async def _skew() -> Finding:
    real = Clock()
    before = real.now()
    there: datetime = await _one("SELECT clock_timestamp()")
    middle = before + (real.now() - before) / 2
    apart = abs(there.astimezone(UTC) - middle)
    told = f"和数据库的钟差 {apart.total_seconds():.2f} 秒。"
    return good("对时", told) if apart < SKEW else bad("对时", f"{told}请给两台机器都开 NTP。")


def _shifted(clock: Clock) -> list[Finding]:
    shift = clock.now() - Clock().now()
    return [warn("拨钟", f"钟拨快了 {shift}（heyi clock）。")] if abs(shift) > SKEW else []


async def _one(sql: str) -> Any:  # noqa: ANN401 - whatever the database says
    return next(iter(dict((await get_connection("default").execute_query(sql))[1][0]).values()))
