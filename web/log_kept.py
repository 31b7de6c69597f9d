"""The last checkpoint of every log of papers, kept outside the database, so that a database put back is noticed.

A file in the data folder that only its owner may read. Source: the trust model, "start-up rollback check".
"""

import asyncio
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from community.record.outbox import record
from community.record.transaction import command
from deliberation.ledger.commands import sequence
from deliberation.ledger.queries import begins_with, newer

FILE: Final = "log-checkpoints.json"
ADVICE: Final = (
    "如果刚从备份恢复，先找回更新的备份；确实没有了，运行 heyi doctor --accept-restored-log 写明接受，"
    "再告诉名册上的人：恢复时间以后投的票要重新投。"
)

Kept = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Keeper:
    """The courier's duty: put papers into their logs, and keep outside what was signed."""

    folder: Path

    async def round(self, at: datetime) -> int:
        """Do it once and return how much there was to do."""
        return await sequence(at=at) + await keep(self.folder)


def read(folder: Path) -> Kept:
    """Return what was kept: the key of the last checkpoint seen, and size and root by ballot."""
    path = folder / FILE
    found: Kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"last": 0, "ballots": {}}
    return found


async def keep(folder: Path) -> int:
    """Keep what was signed since, and return how many checkpoints that were."""
    kept = read(folder)
    fresh = await newer(kept["last"])
    if fresh:
        for each in fresh:
            kept["ballots"][str(each.ballot_id)] = [each.size, each.root]
        kept["last"] = fresh[-1].id
        await asyncio.to_thread(_write, folder, kept)
    return len(fresh)


def _write(folder: Path, kept: Kept) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.{os.getpid()}.new"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept, file, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / FILE)


async def faults(folder: Path) -> list[str]:
    """Return a sentence for every ballot whose log in the database does not begin with what was kept."""
    rows = read(folder)["ballots"].items()
    wrong = [(ballot, size) for ballot, (size, root) in rows if not await begins_with(int(ballot), size, root)]
    return [f"第 {ballot} 次表决的票据日志比签过的短，或者对不上：签过 {size} 张。" for ballot, size in wrong]


@command
async def _accepted(ballots: list[str], *, at: datetime) -> None:
    await record("log.accepted", "log", by=None, at=at, ballots=ballots)


async def accept(folder: Path, *, at: datetime) -> list[str]:
    """Take the logs in the database as they are, record for which ballots, and return the sentences that were true."""
    rows, found = read(folder)["ballots"].items(), await faults(folder)
    wrong = [ballot for ballot, (size, root) in rows if not await begins_with(int(ballot), size, root)]
    if wrong:
        await _accepted(wrong, at=at)
        await asyncio.to_thread(_write, folder, {"last": 0, "ballots": {}})
        while await keep(folder):
            pass
    return found
