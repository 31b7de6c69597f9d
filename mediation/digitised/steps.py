"""Who may take a step with a copy, and taking it: compare-and-swap, then the record."""

from datetime import datetime
from typing import Any, Final

from community.errors import Forbidden, Hidden, MovedOn
from community.people.models import Person
from community.people.roles import roles_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, may
from mediation.digitised.models import PaperDossier
from mediation.digitised.rules import NO_DOSSIER, CopyDeed, CopyStep, Keeps, step

HEADS: Final = "这一步要由本单位的负责人办。"
SHELF: Final = "这一步要由本单位的档案员办。"


async def keeps(person: Person, org_id: int, *, at: datetime) -> frozenset[Keeps]:
    """Return what ``person`` is to the shelf of a body."""
    roles = await roles_in_org(person, org_id, at=at)
    held = {Keeps.SHELF: Right.CASE_ARCHIVE, Keeps.HEAD: Right.CASE_DIRECT}
    return frozenset(each for each, right in held.items() if may(roles, right))


async def permitted(code: str, deed: CopyDeed, *, by: Person, at: datetime) -> tuple[PaperDossier, CopyStep]:
    """Return a copy and the step, or raise `Hidden`, `Forbidden` or `MovedOn`."""
    dossier = await PaperDossier.get_or_none(code=code)
    held = await keeps(by, dossier.org_id, at=at) if dossier else frozenset()
    if dossier is None or not held:
        raise Hidden(NO_DOSSIER)
    row = step(deed)
    if dossier.stage is not row.source:
        raise MovedOn("这一卷已经有人办过了，请刷新后再看。")
    if not held & row.by:
        raise Forbidden(HEADS if Keeps.HEAD in row.by else SHELF)
    first = dossier.asked_by_id if deed is CopyDeed.DESTROY else dossier.scanned_by_id
    if row.other and by.id == first:
        raise Forbidden("这一步要换一个人办，一个人不能办完。请再请一位。")
    return dossier, row


async def move(
    dossier: PaperDossier, row: CopyStep, changes: dict[str, Any], *, by: Person, at: datetime, **facts: object
) -> PaperDossier:
    """Take a step and put it on record; call it inside a command. Raises `MovedOn`."""
    mine = PaperDossier.filter(id=dossier.id, stage=row.source)
    if not await mine.update(stage=row.target, **changes):
        raise MovedOn("这一卷已经有人办过了，请刷新后再看。")
    await note(dossier, row.deed, by=by, at=at, **facts)
    return await PaperDossier.get(id=dossier.id)


async def note(dossier: PaperDossier, deed: str, *, by: Person, at: datetime, **facts: object) -> None:
    """Put a deed on record."""
    known: dict[str, Any] = {"number": dossier.number, **facts}
    subject = f"paper-dossier-{dossier.id}"
    await record(f"paper-dossier.{deed}", subject, by=by, at=at, community_id=dossier.community_id, **known)


@command
async def looked(dossier: PaperDossier, row: int, *, by: Person, at: datetime) -> None:
    """Put on record that a page file of a copy was opened."""
    await note(dossier, "read", by=by, at=at, row=row)


@command
async def handed_out(dossier: PaperDossier, manifest: str, *, by: Person, at: datetime) -> None:
    """Put on record that a copy was handed out, with the hash of the list of its package."""
    await note(dossier, "exported", by=by, at=at, manifest=manifest, link=dossier.link)
