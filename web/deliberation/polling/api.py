"""How many took part in a ballot and what is still missing, as open data; never how anybody voted."""

from datetime import datetime

from deliberation.ballot.breakdown import last_papers
from deliberation.ballot.models import Ballot, BallotState, Channel, Precedence
from deliberation.ballot.queries import find
from deliberation.ballot.shares import Basis
from deliberation.polling.queries import by_way, missing
from web.api.call import Answer, Ask, Call
from web.words import N_


class LineOut(Answer):
    """One line of the quorum: what is missing, in heads or in 0.01 m², and the article that asks for it."""

    basis: Basis
    missing: int
    source: str


class TurnoutOut(Answer):
    """Who took part; areas in 0.01 m². ``by_way`` is empty before the result and where a way was used by under ten."""

    state: BallotState
    closes_at: datetime
    ways: list[Channel]
    precedence: Precedence
    heads: int
    area: int
    all_heads: int
    all_area: int
    missing: list[LineOut]
    by_way: dict[str, int]


async def show_turnout(ask: Ask) -> TurnoutOut:
    """Answer with the turnout of a ballot."""
    ballot = await find(ask.path["id"])
    here, lines = await missing(ballot)
    return TurnoutOut(
        state=ballot.state,
        closes_at=ballot.closes_at,
        ways=list(ballot.ways),
        precedence=ballot.precedence,
        heads=here.heads,
        area=here.area,
        all_heads=here.all_heads,
        all_area=here.all_area,
        missing=[
            LineOut(basis=line.threshold.basis, missing=line.short, source=line.threshold.source) for line in lines
        ],
        by_way={str(way): number for way, number in (await _by_way(ballot)).items()},
    )


async def _by_way(ballot: Ballot) -> dict[Channel, int]:
    return by_way(await last_papers(ballot)) if ballot.state is BallotState.DECIDED else {}


calls = [
    Call(
        method="GET",
        path="/ballots/{id:int}/turnout",
        name="showTurnout",
        title=N_("看一次表决参加了多少、还差多少"),
        do=show_turnout,
        answer=TurnoutOut,
    ),
]
