"""Reading the book of numbers: for those who work in the organisation whose numbers they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.functions import Count, Max, Min

from community.errors import Forbidden, Hidden
from community.orgs.models import NumberSeries, Org
from community.people.models import Person
from community.people.roles import orgs_where
from community.rights import Right
from mediation.case.models import Case
from mediation.case.queries import HIDDEN
from mediation.papers.models import NumberedPaper

PAGE: Final = 50
READERS: Final = (Right.CASE_INTAKE, Right.CASE_DIRECT, Right.CASE_ARCHIVE)


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a body and a year: its first and last number, how many lines it has, how many are void.

    ``whole`` says that every number between them has its line, and that none was given without one.
    """

    org: Org
    series: str
    year: int
    first: int
    last: int
    count: int
    void: int
    given: int

    @property
    def whole(self) -> bool:
        """Return whether nothing is missing."""
        return self.last - self.first + 1 == self.count and self.given == self.last


async def offices(person: Person, *, at: datetime) -> list[int]:
    """Return the organisations whose book ``person`` may read."""
    held = [await orgs_where(person, right, at=at) for right in READERS]
    return sorted({org for each in held for org in each})


async def series_of(person: Person, *, at: datetime) -> list[Series]:
    """Return every series that ``person`` may read, the newest year first.

    Raises:
        Forbidden: they work in no office that gives numbers.
    """
    mine = await offices(person, at=at)
    if not mine:
        raise Forbidden("编号簿由本单位的受理员、负责人和档案员看。")
    rows = NumberedPaper.filter(org_id__in=mine).annotate(n=Count("id"), low=Min("seq"), high=Max("seq"))
    told = await rows.group_by("org_id", "series", "year").values("org_id", "series", "year", "n", "low", "high")
    voids = NumberedPaper.filter(org_id__in=mine).exclude(voided_at=None).annotate(n=Count("id"))
    void = {
        (each["org_id"], each["series"], each["year"]): each["n"]
        for each in await voids.group_by("org_id", "series", "year").values("org_id", "series", "year", "n")
    }
    given = {(each.org_id, each.kind, each.year): each.last_number for each in await _given(mine)}  # type: ignore[attr-defined]
    orgs = {each.id: each for each in await Org.filter(id__in=mine)}
    found = []
    for row in told:
        key = (row["org_id"], row["series"], row["year"])
        counted = (row["low"], row["high"], row["n"], void.get(key, 0), given.get(key, 0))
        found.append(Series(orgs[key[0]], key[1], key[2], *counted))
    return sorted(found, key=lambda each: (-each.year, each.org.id, each.series))


async def _given(mine: Sequence[int]) -> list[NumberSeries]:
    return await NumberSeries.filter(org_id__in=list(mine))


async def numbers_in(
    person: Person, org_code: str, series: str, year: int, *, page: int = 1, at: datetime
) -> tuple[Org, list[NumberedPaper]]:
    """Return the lines of one series, the newest first, `PAGE` at a time, and one more to say that there are more.

    Raises:
        Hidden: it is no series of an office of ``person``.
    """
    org = await Org.get_or_none(code=org_code)
    if org is None or org.id not in await offices(person, at=at):
        raise Hidden(HIDDEN)
    rows = NumberedPaper.filter(org_id=org.id, series=series, year=year).order_by("-seq")
    rows = rows.select_related("case", "mends").offset((page - 1) * PAGE).limit(PAGE + 1)
    return org, await rows


async def papers_in(case: Case) -> list[NumberedPaper]:
    """Return what bears a number in a case, the newest first."""
    return await NumberedPaper.filter(case_id=case.id).order_by("-id").select_related("mends", "org")


async def paper_in(case: Case, code: str) -> NumberedPaper:
    """Return one of the numbers of a case, or raise `Hidden`."""
    row = await NumberedPaper.get_or_none(code=code, case_id=case.id).select_related("mends", "org")
    if row is None:
        raise Hidden(HIDDEN)
    return row


async def mended(papers: Sequence[NumberedPaper]) -> dict[int, list[NumberedPaper]]:
    """Return what mends each of these papers and is not void."""
    rows = NumberedPaper.filter(mends_id__in=[each.id for each in papers], voided_at=None).order_by("id")
    found: dict[int, list[NumberedPaper]] = {}
    for each in await rows:
        found.setdefault(each.mends_id or 0, []).append(each)
    return found
