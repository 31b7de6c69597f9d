"""What if, before the vote; and which reading would have changed the outcome, after it."""

from typing import Annotated, Any, Final

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from deliberation.ballot import queries
from deliberation.ballot.compare import Switch
from deliberation.ballot.compare import compare as hold_against
from deliberation.ballot.counting import cast_votes
from deliberation.ballot.decide import Decision
from deliberation.ballot.frozen import thaw
from deliberation.ballot.heads import denominators
from deliberation.ballot.leak import Detail
from deliberation.ballot.models import Ballot, BallotState
from deliberation.ballot.readings import lawful
from deliberation.ballot.simulate import expect, simulate
from deliberation.body.queries import counted_roll
from deliberation.delivery.queries import counted
from deliberation.question.rules import Kind
from web.deliberation.ballot.figures import Asked, unit_of
from web.deliberation.ballot.reading import shown_to
from web.deliberation.ballot.words import READINGS
from web.forms import Filled, Form, check
from web.page import page
from web.person import maybe, now

Heads = Annotated[int, Field(ge=0, le=1_000_000)]
BEFORE: Final = (BallotState.WAITING, BallotState.OPEN)


class WhatIfForm(Form):
    """How many heads would say what."""

    yes: Heads = 0
    no: Heads = 0
    abstain: Heads = 0
    silent: Heads = 0


async def what_if(request: Request) -> Response:
    """Show what every lawful reading would decide if so many said so; the figures are the reader's own guess."""
    ballot = await queries.find(request.path_params["id"])
    if ballot.state not in BEFORE:
        raise Hidden("表决已经截止。请看各种算法的比较。")
    if ballot.kind is not Kind.YES_NO:
        raise Hidden("这次表决不只是赞成反对，没有别的算法可以比。")
    typed = {key: value for key, value in request.query_params.items() if key in WhatIfForm.model_fields and value}
    filled: Filled[WhatIfForm] = check(WhatIfForm, typed) if typed else Filled({}, None, {})
    rule = thaw(ballot.rule_json)
    roll = await counted_roll(ballot.roll)
    whole = denominators(roll, rule).whole
    view: dict[str, Any] = {
        "ballot": ballot,
        "text": await shown_to(maybe(request), ballot),
        "whole": whole,
        "unit": unit_of(ballot),
        "filled": filled,
        "asked": Asked,
        "found": [],
        "words": READINGS,
        "much": False,
    }
    if filled.data:
        given = filled.data.model_dump()
        view["much"] = sum(given.values()) > whole.heads
        if not view["much"]:
            view["found"] = [
                (switch, simulate(each, roll, expect(roll, each, **given))) for switch, each in lawful(rule)
            ]
    return await page(request, "deliberation/ballot/what_if.html", view)


async def decided(ballot: Ballot, *, exact: bool = False) -> list[tuple[Switch | None, Decision]]:
    """Return what every reading that was open decides on the same papers, the published rule first.

    Args:
        ballot: one whose result is published.
        exact: whether the reader may see how everybody voted anyway.

    Raises:
        Hidden: the result is not published, or so few took part that other readings would tell how somebody voted.
    """
    if ballot.kind is not Kind.YES_NO:
        raise Hidden("这次表决不只是赞成反对，没有别的算法可以比。")
    row = await queries.result_of(ballot)
    if row is None:
        raise Hidden("结果还没有公布。截止以后由两位计票人计票，三天内公布。")
    if row.detail is not Detail.EXACT and not exact:
        raise Hidden("参加的人少，换着算会让人推出别人怎么投的。名册上的人登录以后看得到。")
    read = lawful(thaw(ballot.rule_json))
    roll, sent, cast = await counted_roll(ballot.roll), await counted(ballot), await cast_votes(ballot)
    found = hold_against(*[rule for _, rule in read], roll=roll, deliveries=sent, votes=cast).decisions
    return [(switch, decision) for (switch, _), decision in zip(read, found, strict=True)]


async def compare(request: Request) -> Response:
    """Show what every reading that was open would have decided on the same papers; the published one stands."""
    ballot = await queries.find(request.path_params["id"])
    found = await decided(ballot, exact=await queries.may_read_names(maybe(request), ballot, at=now(request)))
    view = {
        "ballot": ballot,
        "text": await shown_to(maybe(request), ballot),
        "found": found,
        "differ": len({decision.outcome for _, decision in found}) > 1,
        "words": READINGS,
        "asked": Asked,
        "unit": unit_of(ballot),
    }
    return await page(request, "deliberation/ballot/compare.html", view)


routes = [
    Route("/ballots/{id:int}/what-if", what_if, name="ballot-what-if"),
    Route("/ballots/{id:int}/compare", compare, name="ballot-compare"),
]
