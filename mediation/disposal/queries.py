"""Reading lists: those of the bodies whose shelf one keeps or which one directs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where, roles_in_org
from community.rights import Right, may
from mediation.archive.holds import holds_on
from mediation.archive.models import CaseDossier, DossierLeaf
from mediation.disposal.models import DisposalList, DisposalRow
from mediation.disposal.rules import MOST, DisposalStage

HIDDEN: Final = "没有找到这份销毁清册。请从“案卷”里打开，或者换一个账号登录。"


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier on a list, as it is printed; nothing in it says who the parties were."""

    row: int
    number: str
    kind: str
    bound_on: date
    kept_until: date | None
    leaves: int
    manifest: str
    talk: int | None


async def shelves(person: Person, *, at: datetime) -> set[int]:
    """Return the bodies whose lists ``person`` reads, else raise `Hidden`."""
    keeps = await orgs_where(person, Right.CASE_ARCHIVE, at=at)
    directs = await orgs_where(person, Right.CASE_DIRECT, at=at)
    if not keeps and not directs:
        raise Hidden(HIDDEN)
    return {*keeps, *directs}


async def lists(person: Person, *, at: datetime) -> list[DisposalList]:
    """Return the lists of one's shelves, the newest first."""
    return await DisposalList.filter(org_id__in=list(await shelves(person, at=at))).order_by("-id").limit(MOST)


async def ripe(person: Person, *, at: datetime) -> list[CaseDossier]:
    """Return dossiers that ``person`` may put on a list today: over their term, held by nothing, on no open list."""
    keeps, today = list(await orgs_where(person, Right.CASE_ARCHIVE, at=at)), local_day(at)
    there = CaseDossier.filter(org_id__in=keeps, kept_until__lt=today).exclude(case__data_key="")
    listed = await listed_already()
    found = await there.order_by("kept_until", "id").limit(4 * MOST).select_related("case")
    held = await holds_on([each.case_id for each in found], today=today)
    return [each for each in found if each.case_id not in held and each.id not in listed][:MOST]


async def listed_already() -> frozenset[int]:
    """Return the dossiers on lists that wait for an answer."""
    rows = DisposalRow.filter(disposal__stage=DisposalStage.PROPOSED).values_list("dossier_id", flat=True)
    return frozenset([int(str(each)) for each in await rows])


async def visible(person: Person, code: str, *, at: datetime) -> DisposalList:
    """Return a list of one's own shelves with its people; to everybody else it is `Hidden`."""
    row = await DisposalList.get_or_none(code=code).select_related("org", "asked_by", "decided_by")
    if row is None or row.org_id not in await shelves(person, at=at):
        raise Hidden(HIDDEN)
    return row


async def decides(person: Person, row: DisposalList, *, at: datetime) -> bool:
    """Return whether ``person`` may say yes or no: who directs the body, and did not propose it."""
    able = may(await roles_in_org(person, row.org_id, at=at), Right.CASE_DIRECT)
    return able and person.id != row.asked_by_id


async def lines(row: DisposalList) -> list[Line]:
    """Return the dossiers of a list, in order; the caller has checked for whom."""
    found = await DisposalRow.filter(disposal_id=row.id).order_by("row").select_related("dossier__case")
    ids = [each.dossier_id for each in found]
    leaves: dict[int, int] = {}
    for (dossier_id,) in await DossierLeaf.filter(dossier_id__in=ids).values_list("dossier_id"):
        leaves[dossier_id] = leaves.get(dossier_id, 0) + 1
    return [_line(each, leaves.get(each.dossier_id, 0)) for each in found]


def _line(each: DisposalRow, leaves: int) -> Line:
    bound = each.dossier
    return Line(
        row=each.row,
        number=bound.number,
        kind=bound.case.type_code,
        bound_on=local_day(bound.at),
        kept_until=bound.kept_until,
        leaves=leaves,
        manifest=bound.manifest,
        talk=each.lines,
    )
