"""A ballot as open data: whom it reached in numbers, and what every reading would have decided; nobody's vote."""

from deliberation.ballot import queries
from deliberation.ballot.decide import Outcome, Stage
from deliberation.ballot.frozen import thaw
from deliberation.ballot.rules import Silence
from deliberation.ballot.shares import Basis
from deliberation.delivery.queries import rounds
from web.api.call import Answer, Ask, Call
from web.deliberation.ballot.what_if import decided
from web.words import N_


class ServedOut(Answer):
    """How many heads were reached; areas in 0.01 m²."""

    silence: Silence
    heads: int
    area: int
    voted: int
    served: int
    failed: int
    waiting: int
    waiting_area: int


class LineOut(Answer):
    """One fraction of a decision; areas in 0.01 m²."""

    stage: Stage
    basis: Basis
    numerator: int
    denominator: int
    share: str
    met: bool
    missing: int
    source: str


class ReadingOut(Answer):
    """What one reading decides on the papers as they were counted. ``reading`` is empty for the rule that held."""

    reading: str
    outcome: Outcome
    lines: list[LineOut]


class ReadingsOut(Answer):
    """Every lawful reading."""

    rule: str
    readings: list[ReadingOut]


async def show_served(ask: Ask) -> ServedOut:
    """Answer with how far service is, all buildings together."""
    ballot = await queries.find(ask.path["id"])
    whole = (await rounds(ballot))[-1]
    plain = ("heads", "area", "voted", "served", "failed", "waiting", "waiting_area")
    return ServedOut(silence=thaw(ballot.rule_json).silence, **{name: getattr(whole, name) for name in plain})


async def show_readings(ask: Ask) -> ReadingsOut:
    """Answer with what every lawful reading would have decided, once the result is out."""
    ballot = await queries.find(ask.path["id"])
    plain = ("stage", "basis", "numerator", "denominator", "met", "missing", "source")
    found = [
        ReadingOut(
            reading=switch.name if switch else "",
            outcome=decision.outcome,
            lines=[
                LineOut(share=str(line.share), **{name: getattr(line, name) for name in plain})
                for line in decision.lines
            ],
        )
        for switch, decision in await decided(ballot)
    ]
    return ReadingsOut(rule=ballot.rule_id, readings=found)


calls = [
    Call(
        method="GET",
        path="/ballots/{id:int}/deliveries",
        name="showDeliveries",
        title=N_("看一次表决送达了多少，不看怎么投的"),
        do=show_served,
        answer=ServedOut,
    ),
    Call(
        method="GET",
        path="/ballots/{id:int}/readings",
        name="showReadings",
        title=N_("看每一种合法的算法会得出什么结果"),
        do=show_readings,
        answer=ReadingsOut,
    ),
]
