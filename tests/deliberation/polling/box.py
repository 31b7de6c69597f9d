"""A ballot of ten owners in which the silent who were served join the majority, with a printed sheet for each."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from community.people.models import Person
from deliberation.ballot.compare import Switch
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.polling import entering, slips
from deliberation.polling import queries as polls
from deliberation.polling.entering import Read
from deliberation.polling.models import ReturnedSheet
from tests.deliberation.stage import VOTING, Settled, empty, settle
from tests.web.deliberation.ballot.examples import MAJOR, heads_of, homes, open_one, read_as
from tests.world import World

HOUR: Final = timedelta(hours=1)


@dataclass
class Box:
    """The ballot, its owners with their heads in the same order, and the code printed for each head."""

    world: World
    ballot: Ballot
    people: list[Settled]
    heads: list[int]
    codes: dict[int, str] = field(default_factory=dict)

    async def sheet(self, n: int, choice: Choice | None, at: datetime = VOTING + HOUR) -> ReturnedSheet:
        """Enter the sheet of somebody twice, some time after it came in."""
        read = Read(code=self.codes[self.heads[n]], choice=choice, received_at=VOTING)
        first, second = self.world.clerk, self.world.supervisor
        await entering.enter(self.ballot.id, read, f"{n}-{choice}", by=first, at=at)
        return await entering.enter(self.ballot.id, read, f"{n}-{choice}", by=second, at=at)

    def person(self, n: int) -> Person:
        """Return one of the owners."""
        return self.people[n].person


async def boxed(world: World) -> Box:
    """Open the ballot and print its sheets."""
    await empty(world)
    people = await settle(world, 10)
    await homes(world, people, area=100_00)
    ballot = await open_one(world, [each.person for each in people], read_as(MAJOR, Switch.MAJORITY))
    (building,) = await polls.buildings(ballot)
    printed = await slips.print_sheets(ballot.id, building.name, by=world.clerk, at=VOTING)
    codes = {one.head.id: one.code for one in printed}
    return Box(world, ballot, people, await heads_of(ballot, people), codes)
