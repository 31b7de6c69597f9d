"""``python -m bench.dossier``: a dossier of 200 pages from rows of a database to the locked file of its ZIP.

A case is brought to its end, its records of talks are sealed, it is bound, and its export asked for. What is measured
is all that the worker does then: reading and opening the rows, typesetting, packing, locking away, the record. Prints
pages, seconds of each stage and of the whole, and the size; ends in an error above ten seconds. ``--agreements`` makes
so many agreements, each of other words, one after another, and prints the median and the 95th of a hundred, by the
clock and in CPU time of the process.
"""

import asyncio
import io
import statistics
import tempfile
import time
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from bench.drill.stage import behind, database
from community.files.storage import Disk
from community.record.outbox import record
from community.record.transaction import command
from mediation.archive import export, exporting
from mediation.archive.commands import archive
from mediation.archive.models import DossierExport
from mediation.archive.rules import ExportStage
from mediation.case.models import Case
from mediation.minutes.models import TalkMinutes
from mediation.minutes.rules import RecordStage
from mediation.minutes.text import lock_words
from tests.mediation.archive.test_archiving import AT, archivist_of, binding, finished
from tests.world import build
from web.app import create_app
from web.mediation.archive.worker import Exporter
from web.paper import qr
from web.settings import Settings
from web.typeset.sheet import Sheet, pdf

LINE: Final = "双方在调解员主持下核对了漏水的位置、修理的费用和以后怎样检修，各自说了意见，调解员逐条记下来请双方确认。"
MARKS: Final = tuple({"name": name, "agreed": True, "words": ""} for name in ("阿兰", "阿强"))
ENTRIES: Final = 100
PAGES: Final = 11.3  # pages of a record of so many entries, about
LIMIT: Final = 10.0
SOON: Final = 0.3
T = TypeVar("T")


def _words(case: Case, n: int) -> dict[str, Any]:
    entries = [{"n": k, "speaker": "阿兰", "text": f"（{n}）{LINE}", "marks": MARKS} for k in range(1, ENTRIES + 1)]
    head = {"place": "居委会二楼", "present": "阿兰\n阿强\n吴老师", "matter": "漏水"}
    whole = {"case": case.code, "n": n, "held_at": AT.isoformat(), "head": head, "entries": entries}
    return {**whole, "refusals": [], "hands": [{"name": name} for name in ("阿兰", "阿强", "吴老师")]}


@command
async def _records(case: Case, by: Any, count: int) -> None:  # noqa: ANN401 - a person
    for n in range(1, count + 1):
        known: dict[str, Any] = {"case": case, "n": n, "opened_by": by, "opened_at": AT, "held_at": AT, "ended_at": AT}
        row = TalkMinutes(community_id=case.community_id, head="", stage=RecordStage.SEALED, **known)
        lock_words(case, row, _words(case, n))
        await row.save()
    await record("minutes.sealed", case.key, by=by, at=AT, community_id=case.community_id)


async def dossier(folder: Path, pages: int) -> float:
    """Bind a case with as many records as fill ``pages``, let the worker export it, and return how long that took."""
    world = await build()
    case, keeper = await finished(world), await archivist_of(world)
    await _records(case, world.mediator, max(1, round(pages / PAGES)))
    await archive(case.code, await binding(case), by=keeper, at=AT)
    found, _ = await export.to_export(keeper, case.code, at=AT)
    asked = await exporting.ask(found, by=keeper, at=AT)
    storage, took = Disk(folder), dict[str, float]()
    began = time.perf_counter()

    async def reached(row: DossierExport, stage: ExportStage) -> None:
        took[stage] = time.perf_counter() - began
        await reach(row, stage)

    reach, exporting.reach = exporting.reach, reached
    settings = Settings(home=str(folder))
    create_app(settings, courier=False)  # addresses on the papers are those of its pages
    await Exporter(settings, storage).round(AT)
    whole = time.perf_counter() - began
    row = await DossierExport.get(id=asked.id)
    if row.stage is not ExportStage.READY:
        raise RuntimeError(row.why)
    _, _, body = await exporting.bytes_of(keeper, case.code, row.code, storage, at=AT)
    _tell(await _read(body), took, whole)
    return whole


async def _read(body: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in body])


def _tell(content: bytes, took: dict[str, float], whole: float) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        made = package.read(export.BODY)
    pages = made.count(b"/Type/Page/") + made.count(b"/Type /Page\n") + made.count(b"/Type/Page\n")
    stages = " ".join(f"{name} at {at:.2f} s" for name, at in took.items())
    click.echo(f"pages {pages} {stages} whole {whole:.2f} s {len(content) // 1024} KB")


async def agreements(count: int) -> float:
    """Typeset agreements of the usual length, each of other words, and return the 95th of a hundred in seconds."""
    took, spent = [], []
    for n in range(count + 5):
        began, before = time.perf_counter(), time.process_time()
        address = f"https://heyi.example/papers/{n}"
        notes = [f"{k}. 第{n}件：{LINE}" for k in range(25)]
        told: dict[str, Any] = {"head": "调解委员会", "title": "人民调解协议书", "qr": qr(address), "address": address}
        await pdf(Sheet(**told, on=date(2026, 5, 4), scan="扫码", sign=("阿兰", "阿强"), notes=notes))
        took.append(time.perf_counter() - began)
        spent.append(time.process_time() - before)
    for name, each in (("clock", took[5:]), ("CPU", spent[5:])):
        middle = statistics.median(each)
        click.echo(f"{count} agreements, {name}: median {middle:.3f} s p95 {_late(each):.3f} s")
    return _late(took[5:])


def _late(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def _with(engine: str, work: Callable[[Path], Awaitable[T]]) -> T:
    with tempfile.TemporaryDirectory(prefix="heyi-dossier-") as name, database(engine, Path(name)) as url:
        return asyncio.run(behind(url, partial(work, Path(name))))


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--pages", default=200, show_default=True)
@click.option("--agreements", "sheets", default=0, help="so many agreements in place of a dossier")
def main(engine: str, pages: int, sheets: int) -> None:
    """Measure once, with everything cold, and say how long it took."""
    late = asyncio.run(agreements(sheets)) > SOON if sheets else _with(engine, partial(dossier, pages=pages)) > LIMIT
    if late:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
