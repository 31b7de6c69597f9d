"""Handing a case on, for a program: asked for, agreed to by each party, sent, called back, kept by the centre."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from pydantic import StringConstraints

from community.tokens.rules import Scope
from mediation.case.access import Thing, may_read
from mediation.case.models import Case
from mediation.case.queries import visible_case
from mediation.referral import ruling, sending
from mediation.referral.models import Handover
from mediation.referral.queries import answers_to, history
from mediation.referral.rules import Passing
from web.api.call import Answer, Ask, Call
from web.forms import Form
from web.mediation.referral.forms import HandForm, ReasonForm
from web.words import N_


class HandoverSaid(Answer):
    """What one party said to a handover that is asked about; null while they have not answered."""

    party: str
    given: bool | None


class HandoverStep(Answer):
    """One handover in the road of a case, without its reasons and papers."""

    code: str
    to_organisation: str
    state: Passing
    number: str
    answers: list[HandoverSaid]


class HandoverRoad(Answer):
    """Every handover of a case, the newest first."""

    case: str
    items: list[HandoverStep]


class SaidIn(Form):
    """A party's yes or no; a director who writes it down names the party and the way."""

    given: bool
    party: Annotated[str, StringConstraints(max_length=16)] = ""
    method: Annotated[str, StringConstraints(max_length=8)] = ""


async def road(ask: Ask) -> HandoverRoad:
    """Answer with the handovers of a case."""
    return await _road(ask)


async def propose(ask: Ask) -> HandoverRoad:
    """Begin handing a case on: the parties are asked, or it is sent at once where a statute says so."""
    given = ask.body
    plan = sending.Plan(org=given.org, track=given.track, basis=given.basis, article=given.article, reason=given.reason)
    await sending.propose(ask.path["code"], plan, by=ask.person, at=ask.at)
    return await _road(ask)


async def say(ask: Ask) -> HandoverRoad:
    """Answer as a party, or write down what a party said."""
    code, given = ask.path["code"], ask.body
    if given.party:
        await sending.answer_for(code, given.party, given=given.given, method=given.method, by=ask.person, at=ask.at)
    else:
        await sending.answer(code, given=given.given, by=ask.person, at=ask.at)
    return await _road(ask)


async def send(ask: Ask) -> HandoverRoad:
    """Send what everybody agreed to."""
    await sending.send(ask.path["code"], by=ask.person, at=ask.at)
    return await _road(ask)


def _ruled(deed: Callable[..., Awaitable[Case]]) -> Callable[[Ask], Awaitable[HandoverRoad]]:
    """Return what does one of the centre's two deeds."""

    async def do(ask: Ask) -> HandoverRoad:
        await deed(ask.path["code"], reason=ask.body.reason, by=ask.person, at=ask.at)
        return await _road(ask)

    return do


async def _road(ask: Ask) -> HandoverRoad:
    case, seats = await visible_case(ask.person, ask.path["code"], at=ask.at)
    inside = may_read(seats, Thing.INDEX, case.state)
    return HandoverRoad(
        case=case.code,
        items=[await _step(each, case, inside=inside) for each in await history(case) if inside or each.sent_at],
    )


async def _step(row: Handover, case: Case, *, inside: bool) -> HandoverStep:
    asked = inside and row.state is Passing.PROPOSED
    said = [HandoverSaid(party=one.party.code, given=one.given) for one in await answers_to(row, case)] if asked else []
    return HandoverStep(
        code=row.code, to_organisation=row.to_org.name, state=row.state, number=row.number or "", answers=said
    )


calls = [
    Call(
        method="GET",
        path="/cases/{code}/handovers",
        name="listCaseHandovers",
        title=N_("看一件纠纷移交过几次，各方同意了没有"),
        do=road,
        answer=HandoverRoad,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="POST",
        path="/cases/{code}/handovers",
        name="proposeHandover",
        title=N_("提出移交：征求各方同意，或者依法定职责直接送出"),
        do=propose,
        answer=HandoverRoad,
        body=HandForm,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="POST",
        path="/cases/{code}/handovers/answers",
        name="answerHandover",
        title=N_("当事人答复同意不同意移交，或者照他说的登记"),
        do=say,
        answer=HandoverRoad,
        body=SaidIn,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="POST",
        path="/cases/{code}/handovers/sending",
        name="sendHandover",
        title=N_("各方都同意以后送出"),
        do=send,
        answer=HandoverRoad,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="POST",
        path="/cases/{code}/handovers/recall",
        name="recallHandover",
        title=N_("综治中心收回过期没有答复的移交"),
        do=_ruled(ruling.recall),
        answer=HandoverRoad,
        body=ReasonForm,
        scope=Scope.CASES_HAND,
    ),
    Call(
        method="POST",
        path="/cases/{code}/handovers/ruling",
        name="ruleHandover",
        title=N_("综治中心决定由原来的单位接着办"),
        do=_ruled(ruling.keep_here),
        answer=HandoverRoad,
        body=ReasonForm,
        scope=Scope.CASES_HAND,
    ),
]
