"""Reading copies: the list with its search, one copy, and whether the chain of a body is whole."""

from collections import defaultdict
from datetime import datetime

from tortoise.expressions import Q

from community.errors import Hidden
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import orgs_where
from community.rights import Right
from mediation.digitised.keeping import mark_of
from mediation.digitised.models import PaperDossier, PaperName, PaperScan
from mediation.digitised.rules import NO_DOSSIER, CopyDeed, ScanLine, link_of, manifest_of, steps_from


async def shelves_of(person: Person, *, at: datetime) -> list[Org]:
    """Return the bodies whose shelf ``person`` keeps, and into which a copy may be brought."""
    return await Org.filter(id__in=await orgs_where(person, Right.CASE_ARCHIVE, at=at)).order_by("id")


async def _orgs(person: Person, *, at: datetime) -> list[int]:
    keeps = await orgs_where(person, Right.CASE_ARCHIVE, at=at)
    return [*keeps, *await orgs_where(person, Right.CASE_DIRECT, at=at)]


async def copies(person: Person, sought: str = "", *, at: datetime, limit: int) -> list[PaperDossier]:
    """Return the copies of the bodies of ``person``, the newest first: of a year, with a number, or of a party.

    A party is found by the whole name only, for names are locked.
    """
    orgs = await _orgs(person, at=at)
    rows = PaperDossier.filter(org_id__in=orgs)
    if told := "".join(sought.split()):
        named = await PaperName.filter(mark=mark_of(told), dossier__org_id__in=orgs).values_list(
            "dossier_id", flat=True
        )
        found = Q(number__icontains=told) | Q(id__in=list(named))
        rows = rows.filter(found | Q(year=int(told)) if told.isascii() and told.isdigit() and len(told) == 4 else found)  # noqa: PLR2004
    return await rows.order_by("-id").limit(limit)


async def copy_of(person: Person, code: str, *, at: datetime) -> tuple[PaperDossier, list[PaperScan]]:
    """Return a copy with its list, for whoever keeps or directs its body; else `Hidden`."""
    dossier = await PaperDossier.get_or_none(code=code).select_related("org", "scanned_by", "compared_by", "ended_by")
    if dossier is None or dossier.org_id not in await _orgs(person, at=at):
        raise Hidden(NO_DOSSIER)
    return dossier, await PaperScan.filter(dossier_id=dossier.id).order_by("row")


async def deeds_for(person: Person, dossier: PaperDossier, *, at: datetime) -> set[CopyDeed]:
    """Return what ``person`` may do with a copy now; the term is checked when it is done."""
    keeps = dossier.org_id in await orgs_where(person, Right.CASE_ARCHIVE, at=at)
    heads = dossier.org_id in await orgs_where(person, Right.CASE_DIRECT, at=at)
    held = {"shelf": keeps, "head": heads}
    found = set[CopyDeed]()
    for each in steps_from(dossier.stage):
        first = dossier.asked_by_id if each.deed is CopyDeed.DESTROY else dossier.scanned_by_id
        if any(held[who] for who in each.by) and not (each.other and first == person.id):
            found.add(each.deed)
    return found


async def whole(org_id: int) -> bool:
    """Return whether every copy of a body names the one before it, and lists what it was compared with."""
    lines = defaultdict[int, list[ScanLine]](list)
    for row in await PaperScan.filter(dossier__org_id=org_id).order_by("dossier_id", "row"):
        lines[row.dossier_id].append(ScanLine(f"scan-{row.row:03d}", row.pages, row.sha256))
    before = ""
    for each in await PaperDossier.filter(org_id=org_id).exclude(n=None).order_by("n"):
        manifest = manifest_of(each.code, lines[each.id])
        if each.before != before or each.link != link_of(before, each.number, manifest):
            return False
        before = each.link
    return True
