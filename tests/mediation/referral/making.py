"""Organisations on other tracks, and cases on their way to them."""

from datetime import timedelta

from community.orgs.models import Org, OrgKind
from community.people.models import Holding, Person
from community.rights import Role
from mediation.assignment.commands import assign
from mediation.case.models import Case, Track
from mediation.referral import sending
from mediation.referral.models import Handover
from mediation.referral.rules import Basis
from tests.mediation.filing import accepted
from tests.world import NOON, World

AT = NOON + timedelta(days=4)
DUTY = "平安建设条例第十二条"
WHY = "双方都想由法院指派的人来谈。"


async def person(name: str) -> Person:
    """Return somebody new."""
    return await Person.create(name=name, email=f"{name}@example.org", joined_at=NOON, confirmed_at=NOON)


async def org_of(world: World, kind: OrgKind, name: str) -> tuple[Org, Person]:
    """Found an organisation around the community, with somebody who directs it, unless it is there already."""
    if found := await Org.get_or_none(kind=kind, name=name):
        return found, await Person.get(holdings__org_id=found.id, holdings__role=Role.DIRECTOR)
    org = await Org.create(kind=kind, name=name, short_name=name, place=world.street)
    head = await person(f"head-{org.id}")
    await Holding.create(person=head, role=Role.DIRECTOR, org=org, since=NOON)
    return org, head


async def court_of(world: World) -> tuple[Org, Person]:
    """Found the liaison office of a court."""
    return await org_of(world, OrgKind.COURT, "云州区法院诉调对接中心")


async def dispatcher_of(world: World) -> Person:
    """Return somebody who dispatches in the street."""
    somebody = await person("dispatcher")
    await Holding.create(person=somebody, role=Role.DISPATCHER, place=world.street, since=NOON)
    return somebody


async def talking(world: World) -> Case:
    """Bring a case to where it is talked over."""
    case = await accepted(world)
    return await assign(case.code, world.mediator.code, clear=True, willing=True, by=world.director, at=AT)


def plan(to: Org, on: Track = Track.COURT_PRE, /, **changes: object) -> sending.Plan:
    """Return a plan on the ground of a duty by law, with ``changes``."""
    given: dict[str, object] = {"org": to.code, "track": on, "basis": Basis.STATUTORY, "article": DUTY}
    return sending.Plan(**{**given, "reason": WHY, **changes})  # type: ignore[arg-type]


async def sent(world: World, case: Case, org: Org, track: Track = Track.COURT_PRE) -> Handover:
    """Send a case on the ground of a duty by law."""
    return await sending.propose(case.code, plan(org, track), by=world.director, at=AT)
