"""Choosing the mediator, for a program of whoever directs the committee: whom to ask first and why, and the choice."""

from datetime import datetime

from community.errors import Hidden
from community.tokens.rules import Scope
from mediation.assignment import choosing, commands
from mediation.assignment.ranking import Suggestion, Why
from mediation.case.access import Seat
from mediation.case.queries import HIDDEN, lead_of, visible_case
from mediation.case.states import State
from web.api.call import Answer, Ask, Call
from web.mediation.assignment.forms import AssignForm
from web.words import N_


class ReasonOut(Answer):
    """What speaks for or against asking somebody, and how often."""

    why: Why
    n: int


class MediatorOut(Answer):
    """A mediator of the committee; ``free`` when the case may be given to them."""

    code: str
    name: str
    free: bool
    points: int
    reasons: list[ReasonOut]


class MediatorList(Answer):
    """The mediators of a case's committee, whom to ask first on top."""

    items: list[MediatorOut]


class AssignmentOut(Answer):
    """Who leads a case, since when, and whether the parties chose."""

    case: str
    state: State
    mediator: str
    mode: str
    since: datetime


async def suggest(ask: Ask) -> MediatorList:
    """Answer with whom to ask; the reasons tell of the parties, so only the director reads them."""
    case, seats = await visible_case(ask.person, ask.path["code"], at=ask.at)
    if Seat.DIRECTOR not in seats:
        raise Hidden(HIDDEN)
    return MediatorList(items=[_mediator(each) for each in await choosing.suggestions(case, at=ask.at)])


async def assign(ask: Ask) -> AssignmentOut:
    """Give the lead to a mediator and open the rooms."""
    given = ask.body
    told = {name: getattr(given, name) for name in ("clear", "willing", "chosen", "disclosed")}
    case = await commands.assign(ask.path["code"], given.mediator, **told, by=ask.person, at=ask.at)
    lead = await lead_of(case)
    assert lead  # noqa: S101 - it was given just now, in this very transaction or before it
    return AssignmentOut(
        case=case.code, state=case.state, mediator=lead.mediator.code, mode=lead.mode, since=lead.since
    )


def _mediator(one: Suggestion) -> MediatorOut:
    reasons = [ReasonOut(why=why, n=n) for why, n in one.reasons]
    return MediatorOut(code=one.who.code, name=one.who.name, free=one.free, points=one.points, reasons=reasons)


calls = [
    Call(
        method="GET",
        path="/cases/{code}/mediators",
        name="suggestMediators",
        title=N_("看先问哪位调解员，为什么"),
        do=suggest,
        answer=MediatorList,
        scope=Scope.CASES_ASSIGN,
    ),
    Call(
        method="POST",
        path="/cases/{code}/assignment",
        name="assignMediator",
        title=N_("选定调解员，打开调解室"),
        do=assign,
        answer=AssignmentOut,
        body=AssignForm,
        scope=Scope.CASES_ASSIGN,
    ),
]
