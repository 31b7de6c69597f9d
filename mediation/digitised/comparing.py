"""Comparing a copy with the paper, sending it back, and destroying it when its term is over."""

from datetime import datetime
from typing import Any

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.files.storage import Storage
from community.people.models import Person
from community.record.transaction import command
from mediation.archive.erasing import over
from mediation.digitised.keeping import put_words
from mediation.digitised.models import PaperDossier, PaperName, PaperScan
from mediation.digitised.rules import WORDS, CopyDeed, ScanLine, link_of, manifest_of
from mediation.digitised.steps import move, permitted


@command
async def compare(code: str, *, counted: int, same: bool, words: str, by: Person, at: datetime) -> PaperDossier:
    """Say that a copy was compared with the paper, page by page; it is chained to the copy before it.

    Raises:
        Hidden: there is no such copy for ``by``.
        Forbidden: ``by`` scanned it.
        Unfit: the pages counted are not as many as were scanned, or it was not said that they are the same.
        MovedOn: somebody was quicker.
    """
    dossier, row = await permitted(code, CopyDeed.COMPARE, by=by, at=at)
    if counted != dossier.pages:
        raise Unfit(
            "您数的和扫描件的 {n} 页对不上。请再数一遍；真的缺页，请退回重扫。", field="counted", n=dossier.pages
        )
    if not same:
        raise Unfit("请逐页看过以后，再确认和原件一致。", field="same")
    last = await PaperDossier.filter(org_id=dossier.org_id).exclude(n=None).order_by("-n").first()
    before, manifest = (last.link or "" if last else ""), manifest_of(dossier.code, await lines_of(dossier))
    changes: dict[str, Any] = {"compared_by_id": by.id, "compared_at": at, "words": put_words(dossier, "words", words)}
    changes |= {"n": (last.n or 0) + 1 if last else 1, "manifest": manifest, "before": before}
    changes |= {"link": link_of(before, dossier.number, manifest)}
    return await move(dossier, row, changes, by=by, at=at, manifest=manifest, link=changes["link"])


async def send_back(code: str, *, why: str, storage: Storage, by: Person, at: datetime) -> None:
    """Send a copy back to be scanned anew: its pages are deleted, the line with the reason stays.

    Raises:
        Hidden: there is no such copy for ``by``.
        Unfit: no reason was given.
        MovedOn: somebody was quicker.
    """
    await _dropped(await _sent_back(code, why=why, by=by, at=at), storage)


@command
async def _sent_back(code: str, *, why: str, by: Person, at: datetime) -> list[str]:
    dossier, row = await permitted(code, CopyDeed.SEND_BACK, by=by, at=at)
    if not 0 < len(why.strip()) <= WORDS:
        raise Unfit("请写明哪里不对，好让人重扫。", field="why")
    changes = {"parties": "", "words": put_words(dossier, "words", why.strip()), "ended_by_id": by.id, "ended_at": at}
    await move(dossier, row, changes, by=by, at=at)
    return await _blanked(dossier)


@command
async def ask_destruction(code: str, *, by: Person, at: datetime) -> PaperDossier:
    """Ask for a copy whose term is over to be destroyed.

    Raises:
        Hidden: there is no such copy for ``by``.
        Forbidden: its term is not over.
        MovedOn: somebody was quicker.
    """
    dossier, row = await permitted(code, CopyDeed.ASK, by=by, at=at)
    if not over(dossier.kept_until, local_day(at)):
        raise Forbidden("档案的保管期限还没有到，不能销毁。")
    return await move(dossier, row, {"asked_by_id": by.id}, by=by, at=at)


@command
async def keep(code: str, *, by: Person, at: datetime) -> PaperDossier:
    """Say that a copy that was to be destroyed is kept on. Raises as `ask_destruction`."""
    dossier, row = await permitted(code, CopyDeed.KEEP, by=by, at=at)
    return await move(dossier, row, {"asked_by_id": None}, by=by, at=at)


async def destroy(code: str, *, storage: Storage, by: Person, at: datetime) -> None:
    """Destroy a copy that somebody else asked to destroy: its key, its words and its pages; number and hashes stay.

    Raises:
        Hidden: there is no such copy for ``by``.
        Forbidden: ``by`` asked for it.
        MovedOn: somebody was quicker.
    """
    await _dropped(await _destroyed(code, by=by, at=at), storage)


@command
async def _destroyed(code: str, *, by: Person, at: datetime) -> list[str]:
    dossier, row = await permitted(code, CopyDeed.DESTROY, by=by, at=at)
    blank = {"data_key": "", "parties": "", "words": "", "ended_by_id": by.id, "ended_at": at}
    facts = {"manifest": dossier.manifest, "second": dossier.asked_by_id}
    await move(dossier, row, blank, by=by, at=at, **facts)
    return await _blanked(dossier)


async def lines_of(dossier: PaperDossier) -> list[ScanLine]:
    """Return the list of a copy as it is hashed."""
    rows = await PaperScan.filter(dossier_id=dossier.id).order_by("row")
    return [ScanLine(f"scan-{each.row:03d}", each.pages, each.sha256) for each in rows]


async def _blanked(dossier: PaperDossier) -> list[str]:
    """Take names and keys out of the tables; return where the bytes lie, which go once the record says so."""
    scans = PaperScan.filter(dossier_id=dossier.id)
    keys = [str(each) for each in await scans.values_list("key", flat=True)]
    await scans.update(name="", key="")
    await PaperName.filter(dossier_id=dossier.id).delete()
    return keys


async def _dropped(keys: list[str], storage: Storage) -> None:
    for key in keys:
        await storage.drop(key)
