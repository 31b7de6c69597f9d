"""Long exports, made out of the way of the pages: asked for, taken by one worker at a time, kept locked for a day."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F, Q
from tortoise.queryset import QuerySet

from community.errors import Hidden, MovedOn
from community.files.storage import Storage
from community.people.models import Person
from community.privacy.sealing import seal, unseal
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from mediation.archive.export import Opened, Parcel, note_export, to_export
from mediation.archive.models import DossierExport
from mediation.archive.rules import UNDER_WAY, ExportStage
from mediation.case.keys import key_of
from mediation.case.models import Case
from mediation.case.queries import HIDDEN

LEASE: Final = timedelta(minutes=2)
"""How long a worker may be about one export; if it dies, another goes on after that."""
KEPT: Final = timedelta(days=1)
TRIES: Final = 3
TAKEN: Final = "这一卷已经由别处接着做了。"
STOPPED: Final = "做了三次都没有做成。请告诉管理员，看运行日志。"
CHUNK: Final = 256 * 1024


@command
async def ask(found: Opened, *, by: Person, at: datetime) -> DossierExport:
    """Ask for a long export; while one of the same dossier and person is under way, it is that one.

    Raises:
        MovedOn: it is under way.
    """
    bound = found.bound
    if await DossierExport.filter(dossier_id=bound.id, by_id=by.id, stage__in=list(UNDER_WAY)).exists():
        raise MovedOn("这一卷正在做，请等它做好。")
    row = await DossierExport.create(community_id=bound.community_id, dossier=bound, by=by, asked_at=at)
    await record("dossier.export-asked", f"dossier-{bound.id}", by=by, at=at, community_id=bound.community_id)
    return row


async def latest(case: Case, person: Person) -> DossierExport | None:
    """Return the newest export of a dossier that ``person`` asked for."""
    return await DossierExport.filter(dossier__case_id=case.id, by_id=person.id).order_by("-id").first()


@bookkeeping
async def take(*, at: datetime) -> DossierExport | None:
    """Take the oldest export that waits, or whose worker died, for as long as `LEASE`; none when there is nothing."""
    free = DossierExport.filter(Q(lease_until=None) | Q(lease_until__lt=at), stage__in=list(UNDER_WAY))
    row = await free.order_by("id").first()
    if row is None:
        return None
    mine = DossierExport.filter(id=row.id, tries=row.tries)
    if not await mine.update(lease_until=at + LEASE, tries=F("tries") + 1):
        return None
    if row.tries >= TRIES:
        await DossierExport.filter(id=row.id).update(stage=ExportStage.FAILED, ended_at=at, why=STOPPED)
        return None
    return await DossierExport.get(id=row.id).select_related("by", "dossier__case")


def _mine(row: DossierExport) -> QuerySet[DossierExport]:
    """Return the row of the book while it is under way and nobody has taken it over since ``row`` was taken."""
    return DossierExport.filter(id=row.id, tries=row.tries, stage__in=list(UNDER_WAY))


@bookkeeping
async def reach(row: DossierExport, stage: ExportStage) -> None:
    """Say how far it is, for whoever looks at the page.

    Raises:
        MovedOn: another worker took it over.
    """
    if not await _mine(row).update(stage=stage):
        raise MovedOn(TAKEN)


@bookkeeping
async def fail(row: DossierExport, why: str, *, at: datetime) -> None:
    """Put down that it cannot be made, and why; not of one that another worker took over."""
    await _mine(row).update(stage=ExportStage.FAILED, ended_at=at, why=why)


async def finish(row: DossierExport, found: Opened, parcel: Parcel, storage: Storage, *, at: datetime) -> None:
    """Lock the file away and put the export on record.

    Raises:
        MovedOn: another worker took it over; the file is dropped again.
    """
    key = await storage.put(seal(_chunks(parcel.content), about=_place(row), key=key_of(found.case)))
    try:
        await _finished(row, found, parcel, key, at=at)
    except BaseException:
        await storage.drop(key)
        raise


@command
async def _finished(row: DossierExport, found: Opened, parcel: Parcel, key: str, *, at: datetime) -> None:
    told = {"key": key, "size": len(parcel.content), "manifest": parcel.manifest, "ended_at": at}
    if not await _mine(row).update(stage=ExportStage.READY, **told):
        raise MovedOn(TAKEN)
    await note_export(found, parcel, by=row.by, at=at)


async def bytes_of(
    person: Person, code: str, export: str, storage: Storage, *, at: datetime
) -> tuple[Opened, DossierExport, AsyncIterator[bytes]]:
    """Return the bytes of an export for whoever asked for it and may still be handed the dossier; else `Hidden`."""
    found, _ = await to_export(person, code, at=at)
    row = await DossierExport.get_or_none(code=export, dossier_id=found.bound.id, by_id=person.id)
    if row is None or row.stage is not ExportStage.READY or (row.ended_at and row.ended_at < at - KEPT):
        raise Hidden(HIDDEN)
    return found, row, unseal(storage.get(row.key), about=_place(row), key=key_of(found.case))


async def sweep(storage: Storage, *, at: datetime) -> int:
    """Forget the files that were ready for longer than `KEPT`, and return how many there were."""
    old = DossierExport.filter(stage=ExportStage.READY, ended_at__lt=at - KEPT)
    rows = await old.limit(50)
    for row in rows:
        await storage.drop(row.key)
        await _gone(row)
    return len(rows)


@bookkeeping
async def _gone(row: DossierExport) -> None:
    await DossierExport.filter(id=row.id).update(stage=ExportStage.GONE, key="")


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]


def _place(row: DossierExport) -> str:
    return f"dossier_export|{row.code}"
