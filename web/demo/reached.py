"""The owners' rules of procedure, a ballot carried from door to door, and a vote lent to a neighbour."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from community.files.storage import Storage
from community.people.models import Person
from community.people.proof import Proof
from community.people.rules import Method
from deliberation.ballot.models import Ballot, Vote
from deliberation.ballot.roll import How
from deliberation.body.models import Body
from deliberation.body.procedure import Procedure, set_procedure
from deliberation.body.queries import voices_of
from deliberation.charter.commands import Adopted, adopt
from deliberation.charter.rules import NO, Clause, Point
from deliberation.delivery.commands import deliver
from deliberation.delivery.rules import Round
from deliberation.mandate.commands import Lent, give
from web.demo.finished import handed_in
from web.demo.story import Story

SIGNED: Final = 25
REFUSED: Final = 2
CLAUSES: Final = (
    Clause(Point.SILENCE, "abstain", 21),
    Clause(Point.PARKING_IN_HEADS, NO, 8),
    Clause(Point.AGENTS, "3", 24),
    Clause(Point.EXTENSION, "7", 19),
)


async def agree(story: Story, owners: Body, storage: Storage, *, by: Person) -> None:
    """Let the owners have rules of procedure of their own, adopted on paper."""
    agreed = Procedure(percent=0, least=5, hours=0, agreed_on=story.today)
    await set_procedure(owners.id, agreed, by=by, at=story.at)
    paper = await handed_in(story, storage, "幸福里业主大会议事规则", by=by)
    made = Adopted(clauses=CLAUSES, adopted_on=story.today, valid_from=story.today)
    await adopt(owners.id, made, files=[paper], by=by, at=story.at)


async def carry_round(story: Story, ballot: Ballot, *, by: Person) -> None:
    """Serve some of those who have not voted, and be refused by two."""
    silent = await Vote.filter(ballot_id=ballot.id, papers=0).order_by("id").limit(SIGNED + REFUSED)
    heads = tuple(vote.head_id for vote in silent)
    parts = ((heads[:SIGNED], How.SIGNED, "门口签收。"), (heads[SIGNED:], How.REFUSED, "说没时间，不肯签。"))
    for some, how, note in parts:
        made = Round(
            heads=some, how=how, served_at=story.at, batch=f"demo-{how}", warned=True, witness="楼组长", note=note
        )
        await deliver(ballot.id, made, by=by, at=story.at + timedelta(hours=1))


async def lend(story: Story, ballot: Ballot, people: Sequence[Person]) -> None:
    """Let the last of these who may vote and has not lend their vote to the first."""
    for principal in reversed(people):
        for voice in await voices_of(principal, ballot.roll_id):
            if await Vote.exists(ballot_id=ballot.id, head_id=voice.head_id, papers=0):
                lent = Lent(head_id=voice.head_id, agent=people[0])
                await give(ballot.id, lent, Proof(Method.PASSWORD), by=principal, at=story.at)
                return
