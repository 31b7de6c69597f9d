"""What whoever is owed something may do once an agreement was not kept: the open roads, and a paper for each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.queries import calendar_at
from community.calendar.rules import local_day
from community.errors import Hidden, Unfit
from mediation.agreement.models import Obligation
from mediation.agreement.money import in_words
from mediation.agreement.performing import overdue_in
from mediation.agreement.queries import clause_text, number_for, obligations_of, readable_case
from mediation.agreement.queries import latest as latest_of
from mediation.agreement.roads import DEADLINES, SOURCES, WAGES, Broken, Road, roads
from mediation.agreement.rules import may_see_performance
from mediation.case.access import Thing
from mediation.case.deadlines import due_of, rule
from mediation.case.keys import opened
from mediation.case.models import Case, Side
from mediation.case.queries import HIDDEN
from mediation.case.standing import Stand, stands
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.queries import history
from mediation.confirmation.rules import Course
from mediation.intake.rules import Kind
from mediation.privacy.logging import note
from web.mediation.agreement.claim_words import TOLD, Claim, paper_of
from web.mediation.intake.letters import NO_FONT
from web.page import page
from web.person import now, signed_in
from web.typeset.sheet import NoFont, NoGlyph, bound

HERE: Final = "mediation/agreement"
FORM: Final = Path(__file__).parents[2] / "typeset" / "claim.typ"


@dataclass(frozen=True, slots=True)
class Standing:
    """A broken agreement as one side looks at it: what it is owed, its roads, the last day of each, and the ruling.

    ``sides`` are those that are owed something, as far as the reader may take it further; ``side`` is who is looked at.
    """

    case: Case
    side: Side
    sides: list[Side]
    number: str
    late: list[Claim]
    roads: tuple[Road, ...]
    until: dict[Road, date]
    ruling: CourtConfirmation | None

    @property
    def wages(self) -> bool:
        """Return whether it is about work."""
        return self.case.type_code == Kind.LABOUR


async def _standing(request: Request) -> Standing:
    """Return how a broken agreement stands; `Hidden` when nothing of it is late, or to who may not see that.

    Parties take further what they are owed themselves, with the others of their side; who has an office, what any is.
    """
    me, at = signed_in(request), now(request)
    case, seats = await readable_case(me, request.path_params["code"], at=at)
    version = await latest_of(case)
    late = {each.id for each in await overdue_in(case, at)}
    if version is None or not late or not may_see_performance(seats, case.state):
        raise Hidden(HIDDEN)
    await note(case, seats, (Thing.PERFORMANCE,), by=me, at=at)
    rows = [each for each in await obligations_of(case) if each.id in late]
    mine = [each for each in await stands(me, case.id, at=at) if each.acts]
    sides = _sides(rows, mine)
    asked = request.query_params.get("for", "")
    side = next((each for each in sides if each == asked), sides[0])
    owed = _owed_to(rows, side, {each.party_id for each in mine})
    held = next(
        (row for row in await history(case) if row.stage is Course.CONFIRMED and row.version_id == version.id), None
    )
    money = any(each.clause.amount_fen for each in owed)
    open_ = roads(Broken(confirmed=held is not None, money=money, labour=case.type_code == Kind.LABOUR))
    until = await _until(open_, owed)
    return Standing(case, side, sides, number_for(version), [_claim(each) for each in owed], open_, until, held)


def _sides(late: Sequence[Obligation], mine: Sequence[Stand]) -> list[Side]:
    """Return the sides for whom the reader may take something further, whom something was owed longest first."""
    found = list(dict.fromkeys(Side(each.clause.obligee.side) for each in late))
    sides = [each for each in found if not mine or each in {stand.side for stand in mine}]
    if not sides:
        raise Hidden(HIDDEN)
    return sides


def _owed_to(late: Sequence[Obligation], side: Side, mine: Collection[int]) -> list[Obligation]:
    """Return what a side is owed by others; where its own people owe each other, what is owed to ``mine``."""
    to_side = [each for each in late if each.clause.obligee.side is side]
    theirs = [each for each in to_side if each.clause.obligor.side is not side]
    first = {to_side[0].clause.obligee_id}
    return theirs or [each for each in to_side if each.clause.obligee_id in (mine or first)] or to_side[:1]


def _claim(duty: Obligation) -> Claim:
    clause = duty.clause
    return Claim(
        who=opened(clause.obligor, "name"),
        whom=opened(clause.obligee, "name"),
        text=clause_text(clause),
        until=duty.due_on,
        rest=(clause.amount_fen or 0) - duty.paid_fen,
    )


async def _until(open_: tuple[Road, ...], owed: list[Obligation]) -> dict[Road, date]:
    """Return the last day of each road, counted from the day that was missed first."""
    missed, calendar = min(each.due_on for each in owed if each.due_on), await calendar_at()
    return {road: due_of(rule(DEADLINES[road]), missed, calendar).due for road in open_ if road in DEADLINES}


async def show(request: Request) -> Response:
    """Show the open roads, each with what it needs and its last day."""
    found = await _standing(request)
    view = {"case": found.case, "found": found, "told": TOLD, "total": sum(one.rest for one in found.late)}
    return await page(request, f"{HERE}/roads.html", view)


def _source(found: Standing, road: Road) -> tuple[tuple[str, str], ...]:
    return (*SOURCES[road], *([WAGES] if road is Road.PAYMENT_ORDER and found.wages else []))


async def _written(request: Request) -> tuple[Standing, dict[str, Any]]:
    found = await _standing(request)
    road = next((each for each in found.roads if each == request.path_params["road"]), None)
    if road is None:
        raise Hidden(HIDDEN)
    told = paper_of(
        road,
        found.late,
        org=found.case.org.name,
        agreement=found.number,
        ruling=found.ruling,
        source=_source(found, road),
        total=in_words,
    )
    return found, told


async def sheet(request: Request) -> Response:
    """Show the paper of one road, to be printed and signed."""
    found, paper = await _written(request)
    view = {"case": found.case, "paper": paper, "road": Road(request.path_params["road"]), "side": found.side}
    return await page(request, f"{HERE}/road.html", view)


async def pdf(request: Request) -> Response:
    """Hand the paper of one road out as PDF.

    Raises:
        Unfit: this machine has no Chinese font, or none for a letter in it.
    """
    found, paper = await _written(request)
    try:
        made = await bound(FORM, {**paper, "on": _day(now(request))})
    except (NoFont, NoGlyph) as why:
        raise Unfit(NO_FONT) from why
    name = f'inline; filename="heyi-{request.path_params["road"]}-{found.case.code}.pdf"'
    head = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(made, media_type="application/pdf", headers=head)


def _day(at: datetime) -> list[int]:
    on = local_day(at)
    return [on.year, on.month, on.day]


routes = [
    Route("/cases/{code}/agreement/roads", show, name="agreement-roads"),
    Route("/cases/{code}/agreement/roads/{road}", sheet, name="agreement-road"),
    Route("/cases/{code}/agreement/roads/{road}/pdf", pdf, name="agreement-road-pdf"),
]
