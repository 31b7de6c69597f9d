"""The rules of procedure of a body as open data: the version in force, clause by clause."""

from datetime import date

from deliberation.body.queries import find
from deliberation.charter.queries import own_rules
from deliberation.charter.rules import Adoption, Point
from web.api.call import Answer, Ask, Call
from web.words import N_


class ClauseOut(Answer):
    """What one article says about one point."""

    point: Point
    value: str
    article: int


class RulesOut(Answer):
    """The version in force; ``version`` is 0 and nothing is said where the body goes by the law alone."""

    version: int
    adoption: Adoption | None
    ballot: int | None
    sha256: str
    seal: str
    adopted_on: date | None
    valid_from: date | None
    clauses: list[ClauseOut]


async def show_rules(ask: Ask) -> RulesOut:
    """Answer with the body's own rules of procedure as they stand today."""
    own = await own_rules((await find(ask.path["id"])).id, ask.at)
    charter = own.charter
    return RulesOut(
        version=charter.number if charter else 0,
        adoption=charter.adoption if charter else None,
        ballot=charter.ballot_id if charter else None,
        sha256=charter.sha256 if charter else "",
        seal=charter.seal if charter else "",
        adopted_on=charter.adopted_on if charter else None,
        valid_from=charter.valid_from if charter else None,
        clauses=[ClauseOut(point=c.point, value=c.value, article=c.article) for c in own.clauses.values()],
    )


calls = [
    Call(
        method="GET",
        path="/bodies/{id:int}/rules",
        name="showBodyRules",
        title=N_("看一个会议自己的议事规则"),
        do=show_rules,
        answer=RulesOut,
    ),
]
