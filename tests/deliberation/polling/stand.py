"""A ballot that runs, with a second teller, for the tests of everything that is not the site."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from community.people.models import Holding, Person
from community.rights import Role
from deliberation.ballot.announcing import Plan
from deliberation.ballot.models import Ballot
from deliberation.ballot.queries import mine
from deliberation.body.rules import Basis, BodyKind
from deliberation.polling import slips
from tests.deliberation.stage import PLAN, VOTING, body_of, opened
from tests.world import NOON, World

SOON = VOTING + timedelta(hours=1)


@dataclass
class Stand:
    """The ballot, who reads sheets besides the clerk, and the codes by head."""

    ballot: Ballot
    teller: Person
    grid: Person
    codes: dict[int, str]
    heads: dict[str, int]


async def stand(world: World, plan: Plan = PLAN, *, owners: bool = False, more: Sequence[Person] = ()) -> Stand:
    """Open a ballot and print its sheets."""
    kind = BodyKind.OWNERS_ASSEMBLY if owners else BodyKind.RESIDENTS_ASSEMBLY
    body, roll = await body_of(world, kind, Basis.OWNERS if owners else Basis.RESIDENTS)
    ballot = await opened(world, body, roll, [*world.residents, *more], plan)
    teller, grid = await staff(world, "老孙", Role.CLERK), await staff(world, "网格员小马", Role.GRID_WORKER)
    printed = []
    if {"paper", "slip"} & set(ballot.channels.split(",")):
        printed = await slips.print_sheets(ballot.id, "1号楼", by=world.clerk, at=VOTING)
    heads = {p.name: (await mine(p, ballot))[0].head_id for p in world.residents}
    return Stand(ballot, teller, grid, {one.head.id: one.code for one in printed}, heads)


async def staff(world: World, name: str, role: Role) -> Person:
    """Take somebody on."""
    person = await Person.create(
        name=name, email=f"s{await Person.all().count()}@example.org", joined_at=NOON, community_id=world.community.id
    )
    await Holding.create(person=person, role=role, place=world.community, since=NOON)
    return person


def only(*ways: str) -> Plan:
    """Return a plan with these ways and no others."""
    return replace(PLAN, channels=ways)  # type: ignore[arg-type]
