"""Where the cases stand that somebody may see: the stops they made, the periods that run, and their last days."""

from datetime import date, datetime

from pydantic import Field
from tortoise.queryset import QuerySet

from community.calendar.rules import local_day
from community.tokens.rules import Scope
from mediation.case.access import Grade, Seat, Thing, letter
from mediation.case.events import Event
from mediation.case.history import stops_of
from mediation.case.models import Case, Period, Track
from mediation.case.queries import indexed, lead_of, mine, number_for, on_desk, running, visible_case
from mediation.case.states import STANDINGS, Actor, Clock, Outcome, State
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.words import N_

SHOWN = 50


class StopOut(Answer):
    """One step from a state to another."""

    event: Event
    was: State
    now: State
    at: datetime


class PeriodOut(Answer):
    """A period that runs: by which rule, until which last day; ``waits_since`` while its days are not counted.

    ``provisional`` says that the calendar of holidays does not reach that far yet.
    """

    clock: Clock
    rule: str
    began_on: date
    due: date
    waits_since: date | None
    extended_to: date | None
    provisional: bool
    over: bool


class CaseLine(Answer):
    """A case in a list; ``kind`` in two digits, as in what is handed over."""

    code: str
    kind: str
    track: Track
    state: State
    organisation: str
    moved_at: datetime


class CaseOut(CaseLine):
    """Where a case stands for this reader, who sees it as ``seats``.

    Who may know no more than that it is there has no number, mediator, outcome, periods and stops (``whole`` is false).
    """

    seats: list[Seat]
    whole: bool
    owner: Actor | None
    filed_at: datetime
    closed_at: datetime | None
    outcome: Outcome | None
    number: str
    mediator: str
    periods: list[PeriodOut]
    stops: list[StopOut]


class CasePage(Page[CaseLine]):
    """A page of cases, the newest first."""


class CasesAsk(Paging):
    """Which of them."""

    desk: bool = Field(default=False, description=N_("true 看我的单位正在办的；不写看我自己的"))
    overseen: bool = Field(default=False, description=N_("true 看我只能知道有这件事的（调度、司法所）"))


async def list_cases(ask: Ask) -> CasePage:
    """Answer with the cases of one's own, of one's desk, or of those one oversees."""
    rows, after = (await _rows(ask)).order_by("-id"), key_of(ask.query.cursor)
    found = await (rows.filter(id__lt=after) if after else rows).limit(SHOWN + 1)
    more = found[SHOWN - 1].id if len(found) > SHOWN else None
    return CasePage(items=[CaseLine(**_line(each)) for each in found[:SHOWN]], next=cursor_of(more))


async def _rows(ask: Ask) -> QuerySet[Case]:
    if ask.query.overseen:
        return await indexed(ask.person, at=ask.at)
    return await on_desk(ask.person, at=ask.at) if ask.query.desk else mine(ask.person)


async def show(ask: Ask) -> CaseOut:
    """Answer where one case stands."""
    case, seats = await visible_case(ask.person, ask.path["code"], at=ask.at)
    whole = letter(seats, Thing.INDEX, case.state) is Grade.WHOLE
    lead, today = await lead_of(case) if whole else None, local_day(ask.at)
    return CaseOut(
        **_line(case),
        seats=sorted(seats),
        whole=whole,
        owner=STANDINGS[case.state].owner,
        filed_at=case.filed_at,
        closed_at=case.closed_at,
        outcome=case.outcome if whole else None,
        number=await number_for(seats, case),
        mediator=lead.mediator.name if lead else "",
        periods=[_period(each, today) for each in await running(case)] if whole else [],
        stops=await _stops(case) if whole else [],
    )


async def _stops(case: Case) -> list[StopOut]:
    return [StopOut(event=each.event, was=each.was, now=each.now, at=each.at) for each in await stops_of(case)]


def _line(case: Case) -> dict[str, object]:
    return {
        "code": case.code,
        "kind": case.type_code,
        "track": case.track,
        "state": case.state,
        "organisation": case.org.name,
        "moved_at": case.moved_at,
    }


def _period(row: Period, today: date) -> PeriodOut:
    return PeriodOut(
        clock=Clock(row.clock),
        rule=row.rule,
        began_on=row.began_on,
        due=row.due,
        waits_since=row.waits_since,
        extended_to=row.extended_to,
        provisional=row.provisional,
        over=row.waits_since is None and row.due < today,
    )


calls = [
    Call(
        method="GET",
        path="/cases",
        name="listCases",
        title=N_("列出我的纠纷，或者我的单位正在办的"),
        do=list_cases,
        answer=CasePage,
        query=CasesAsk,
        scope=Scope.CASES_FOLLOW,
    ),
    Call(
        method="GET",
        path="/cases/{code}",
        name="showCase",
        title=N_("看一件纠纷走到哪一步、期限到哪一天"),
        do=show,
        answer=CaseOut,
        scope=Scope.CASES_FOLLOW,
    ),
]
