"""Giving the next number of an organisation to a paper, in the very commit that makes the paper."""

from datetime import datetime
from typing import Any

from community.errors import Unfit
from community.orgs.models import Org
from community.orgs.numbers import next_number
from community.people.models import Person
from mediation.case.models import Case
from mediation.case.numbers import Kind, Number, year_of
from mediation.papers.models import NumberedPaper
from mediation.papers.rules import Made


async def give(case: Case, kind: Kind, made: Made, *, by: Person, at: datetime, org_id: int | None = None) -> str:
    """Return the next number of a body, after writing it into its book. Call it inside the command that uses it.

    Args:
        case: what the paper belongs to.
        kind: the series.
        made: what the number is given to.
        by: who does.
        at: when; the year is that in Shanghai.
        org_id: whose series; that of the body which has the case unless told.
    """
    return (await enter(case, kind, made, by=by, at=at, org_id=org_id)).number


async def enter(
    case: Case, kind: Kind, made: Made, *, by: Person, at: datetime, org_id: int | None = None
) -> NumberedPaper:
    """Return the new line of the book, see `give`.

    Raises:
        Unfit: another body goes by the same short name and has given that number.
    """
    org, year, shelf = await Org.get(id=org_id or case.org_id), year_of(at), made is Made.DOSSIER
    series = f"{kind}卷" if shelf else str(kind)
    seq = await next_number(org.id, series, year)
    number = str(Number(year=year, mark=org.short_name, kind=kind, seq=seq, dossier=shelf))
    if await NumberedPaper.filter(number=number).exists():
        raise Unfit("别的单位也用“{mark}”这个简称，编号会重。请管理员先改本单位的简称。", mark=org.short_name)
    known: dict[str, Any] = {"community_id": case.community_id, "case": case, "made": made, "by": by, "at": at}
    return await NumberedPaper.create(org=org, series=series, year=year, seq=seq, number=number, **known)
