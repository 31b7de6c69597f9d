"""What the terms of keeping ask for: what stays, what is over, what holds it, what was destroyed, what is late.

Source: 个人信息保护法 19, 47; 档案法 (terms, appraisal and destruction by rule).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from community.calendar.rules import local_day
from community.errors import Hidden
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import orgs_where
from community.rights import Right
from mediation.archive.holds import complained, holds_on
from mediation.archive.models import CaseDossier
from mediation.archive.rules import Retention
from mediation.case.queries import HIDDEN
from mediation.digitised.models import PaperDossier
from mediation.room.models import Room
from mediation.room.rules import RoomKind

SHOWN: Final = 200
"""So many dossiers whose term is over are listed, the oldest first; the rest come when these are done."""
SOON: Final = timedelta(days=365)
GRACE: Final = timedelta(days=1)
"""How long the timers may take to destroy talk after its last day."""


@dataclass(frozen=True, slots=True)
class Over:
    """A dossier whose term is over, and why it may not be destroyed yet."""

    dossier: CaseDossier
    holds: list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """The shelf on one day: dossiers kept by term, ending within a year, over, destroyed; rooms destroyed and late.

    ``copies`` are the scanned ones, ``copies_over`` those of them whose term is over.
    """

    kept: dict[Retention, int]
    soon: int
    over: list[Over]
    more: int
    destroyed: int
    talk_gone: int
    talk_late: int
    copies: int
    copies_over: int

    @property
    def due(self) -> int:
        """Return how many of the listed can be destroyed now."""
        return sum(not each.holds for each in self.over)


async def report(orgs: Collection[int], *, at: datetime) -> Report:
    """Return what the terms of the dossiers of some bodies ask for today."""
    today, ids = local_day(at), list(orgs)
    there = CaseDossier.filter(org_id__in=ids).exclude(case__data_key="")
    kept = await there.annotate(n=Count("id")).group_by("retention").values_list("retention", "n")
    past = there.filter(kept_until__lt=today)
    rows, n = await past.order_by("kept_until", "id").limit(SHOWN).select_related("case"), await past.count()
    held = await holds_on([each.case_id for each in rows], today=today)
    return Report(
        kept={Retention(term): count for term, count in kept},
        soon=await there.filter(kept_until__gte=today, kept_until__lt=today + SOON).count(),
        over=[Over(each, held.get(each.case_id, [])) for each in rows],
        more=n - len(rows),
        destroyed=await CaseDossier.filter(org_id__in=ids, case__data_key="").count(),
        talk_gone=await Room.filter(case__dossier__org_id__in=ids, key="").count(),
        talk_late=await _late(ids, today - GRACE),
        copies=await _copies(ids).count(),
        copies_over=await _copies(ids).filter(kept_until__lt=today).count(),
    )


def _copies(orgs: list[int]) -> QuerySet[PaperDossier]:
    """Return the scanned dossiers that are there."""
    return PaperDossier.filter(org_id__in=orgs, ended_at=None).exclude(compared_at=None)


async def _late(orgs: list[int], day: date) -> int:
    """Count the rooms whose talk should be gone; while a complaint is open it stays."""
    together = Q(kind=RoomKind.JOINT, case__dossier__together_until__lt=day)
    alone = Q(~Q(kind=RoomKind.JOINT), case__dossier__alone_until__lt=day)
    late = Room.filter(together | alone, case__dossier__org_id__in=orgs).exclude(key="")
    cases = [int(str(each)) for each in await late.values_list("case_id", flat=True)]
    held = await complained(cases) if cases else frozenset()
    return sum(case not in held for case in cases)


async def report_for(person: Person, *, at: datetime) -> Report:
    """Return the report of the shelves that ``person`` keeps or which they direct, else `Hidden`."""
    keeps = await orgs_where(person, Right.CASE_ARCHIVE, at=at)
    directs = await orgs_where(person, Right.CASE_DIRECT, at=at)
    if not keeps and not directs:
        raise Hidden(HIDDEN)
    return await report({*keeps, *directs}, at=at)


async def reports(*, at: datetime) -> list[tuple[str, Report]]:
    """Return the report of every body that has a shelf, for who runs the installation."""
    ids = set(await CaseDossier.all().distinct().values_list("org_id", flat=True))
    orgs = await Org.filter(id__in=list(ids)).order_by("id")
    return [(each.name, await report([each.id], at=at)) for each in orgs]
