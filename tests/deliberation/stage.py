"""Rolls of any size and matters at any point of the road, for tests; all of it through commands where there are any."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from community.codes import new_code
from community.files.models import Upload
from community.people.models import Holding, Person
from community.places.models import Ownership, Resident, Unit, UnitKind
from community.rights import Role
from community.timers.commands import fire_due
from community.timers.models import Timer
from deliberation.ballot import announcing, casting, counting, running
from deliberation.ballot.compare import Switch
from deliberation.ballot.models import Ballot, Result
from deliberation.ballot.votes import Choice
from deliberation.body import commands as bodies
from deliberation.body.models import Body, RollVersion, RollVoice
from deliberation.body.rules import Basis, BodyKind, Effect, Weight
from deliberation.charter.commands import Adopted, adopt
from deliberation.charter.queries import own_rules
from deliberation.charter.rules import NO, Clause, Point
from deliberation.matter import drafting, expiring, hosting, screening, seconding
from deliberation.matter.models import Matter
from deliberation.matter.states import Screened, State
from deliberation.matter.text import Text
from deliberation.stakeholder.declaring import declare
from deliberation.stakeholder.rules import Capacity
from tests.world import NOON, World
from web.clocks import TIMERS

TEXT = Text(
    title="把东门旧车棚改成充电棚",
    what="拆掉旧车棚，建六十个充电位。",
    cost="八万六千元，从公共收益出。",
    who="物业施工，业委会监督，居委会验收。",
    body="第一段。\n\n第二段。",
)
OPENS, CLOSES = date(2026, 6, 1), date(2026, 6, 5)
VOTING = datetime(2026, 6, 2, 4, tzinfo=NOON.tzinfo)
AFTER = datetime(2026, 6, 5, 13, tzinfo=NOON.tzinfo)
PLAN = announcing.Plan(weight=Weight.GENERAL, effect=Effect.BINDING, opens_on=OPENS, closes_on=CLOSES)


@dataclass
class Settled:
    """Somebody generated, with what they own."""

    person: Person
    resident: Resident


async def settle(
    world: World, count: int, *, start: int = 0, roles: Sequence[Role] = (Role.RESIDENT, Role.OWNER)
) -> list[Settled]:
    """Move ``count`` adults in, each with an account and the roles of resident and owner."""
    names = [f"p{start + n}" for n in range(count)]
    await Person.bulk_create(
        [
            Person(name=name, email=f"{name}@example.org", joined_at=NOON, community_id=world.community.id)
            for name in names
        ],
        batch_size=500,
    )
    people = {p.name: p for p in await Person.filter(community_id=world.community.id)}
    await Resident.bulk_create(
        [
            Resident(community_id=world.community.id, name=name, born_on=date(1980, 1, 1), person_id=people[name].id)
            for name in names
        ],
        batch_size=500,
    )
    rows = {r.name: r for r in await Resident.filter(community_id=world.community.id)}
    await Holding.bulk_create(
        [
            Holding(person_id=people[name].id, role=role, place_id=world.community.id, since=NOON)
            for name in names
            for role in roles
        ],
        batch_size=500,
    )
    return [Settled(people[name], rows[name]) for name in names]


async def own(
    world: World,
    owners: Sequence[Settled] = (),
    *,
    area: int,
    count: int = 1,
    kind: UnitKind = UnitKind.HOME,
    prefix: str = "x",
    developer: bool = False,
    delivered: bool = True,
) -> list[Unit]:
    """Give ``count`` units of ``area`` (0.01 m²) to these owners together, or to the developer."""
    units = []
    for n in range(count):
        unit = await Unit.create(
            community_id=world.community.id,
            building=world.building,
            number=f"{prefix}{n}",
            area=area,
            kind=kind,
            delivered=delivered,
        )
        units.append(unit)
        common: dict[str, Any] = {"community_id": world.community.id, "unit": unit, "since": date(2020, 1, 1)}
        if developer:
            await Ownership.create(**common, developer=True, holder_name="开发商")
        for each in owners:
            await Ownership.create(**common, resident=each.resident, den=len(owners))
    return units


async def empty(world: World) -> None:
    """Move the cast out, so that a roll holds only who was settled for the test."""
    await Ownership.filter(community_id=world.community.id).delete()
    await Unit.filter(community_id=world.community.id, residents__id=None).delete()
    await Resident.filter(community_id=world.community.id).update(moved_out=date(2026, 1, 1), unit_id=None)
    await Unit.filter(community_id=world.community.id).delete()


async def body_of(
    world: World, kind: BodyKind = BodyKind.RESIDENTS_ASSEMBLY, basis: Basis = Basis.RESIDENTS
) -> tuple[Body, RollVersion]:
    """Found a body and freeze its roll."""
    body = await bodies.found(kind, world.community.id, "居民会议", by=world.clerk, at=NOON)
    return body, await bodies.freeze_roll(body.id, basis, by=world.clerk, at=NOON)


async def proposed(body: Body, author: Person) -> Matter:
    """Draft and submit; what one author proposes a second time has a paragraph more, or it would be the same thing."""
    before = await Matter.filter(author_id=author.id).count()
    text = replace(TEXT, body=f"{TEXT.body}\n\n第 {before + 1} 件。") if before else TEXT
    matter = await drafting.draft(body.id, text, by=author, at=NOON)
    await drafting.submit(matter.id, by=author, at=NOON)
    return matter


async def deliberating(world: World, body: Body, *people: Person) -> Matter:
    """Take a matter from the first word to the table; whoever else is needed seconds it."""
    matter = await proposed(body, people[0])
    for person in people[1:] or [each for each in world.residents if each.id != people[0].id]:
        await matter.refresh_from_db()
        if matter.seconded >= matter.threshold:
            break
        await seconding.endorse(matter.id, by=person, at=NOON)
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    await matter.refresh_from_db()
    if matter.state is State.PARTY_STUDY:
        await screening.study(matter.id, NOON.date(), "同意提交议事。", by=world.moderator, at=NOON)
    await matter.refresh_from_db()
    return matter


async def finalised(world: World, body: Body, roll: RollVersion, people: Sequence[Person]) -> Matter:
    """Take a matter from the first word to its frozen text."""
    matter = await deliberating(world, body, *people)
    await hosting.discuss(matter.id, NOON.date(), 12, "大家都来了，谈得很细。", by=world.clerk, at=NOON)
    await declared(matter.id, people[0], world.clerk)
    await hosting.finalise(matter.id, by=world.clerk, at=NOON)
    await matter.refresh_from_db()
    return matter


async def returned(world: World, body: Body, outcome: Screened = Screened.SEND_BACK) -> Matter:
    """Take a matter of 阿兰 to its return by the clerk."""
    matter = await screened(world, body)
    await screening.send_back(matter.id, "钱从哪里来没有写清楚。", outcome=outcome, by=world.clerk, at=NOON)
    await matter.refresh_from_db()
    return matter


async def screened(world: World, body: Body) -> Matter:
    """Let the four residents second a matter of 阿兰, so that it waits for the clerk."""
    matter = await proposed(body, world.lan)
    for person in world.residents[1:]:
        await matter.refresh_from_db()
        if matter.state is State.ENDORSING:
            await seconding.endorse(matter.id, by=person, at=NOON)
    await matter.refresh_from_db()
    return matter


async def talking(world: World) -> Matter:
    """Take a matter of 阿兰 to where it has been talked about."""
    matter = await screened(world, (await body_of(world))[0])
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    await screening.study(matter.id, NOON.date(), "同意提交议事。", by=world.moderator, at=NOON)
    await hosting.discuss(matter.id, NOON.date(), 12, "大家都来了。", by=world.clerk, at=NOON)
    await matter.refresh_from_db()
    return matter


async def declared(matter_id: int, author: Person, host: Person) -> None:
    """Let author and host declare that they have no interest of their own."""
    await declare(matter_id, Capacity.AUTHOR, interested=False, by=author, at=NOON)
    await declare(matter_id, Capacity.HOST, interested=False, by=host, at=NOON)


async def tick(at: datetime) -> int:
    """Let every clock run out that is due at ``at``, and return how many of those were of matters and ballots."""
    own = Timer.filter(kind__in=[*running.TIMERS, *expiring.TIMERS]).exclude(fired_at=None)
    before = await own.count()
    await fire_due(TIMERS, at)
    return await own.count() - before


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlan(announcing.Plan):
    """A plan under rules of procedure that turn these switches."""

    readings: frozenset[Switch] = frozenset()


SAYS = {
    Switch.PARKING_IN_AREA: (Point.PARKING_IN_AREA, NO),
    Switch.PARKING_IN_HEADS: (Point.PARKING_IN_HEADS, NO),
    Switch.INVALID: (Point.INVALID, NO),
    Switch.HEAD_KEY: (Point.HEAD_KEY, "any_common_owner"),
    Switch.STRICT: (Point.SILENCE, "none"),
    Switch.ABSTAIN: (Point.SILENCE, "abstain"),
    Switch.MAJORITY: (Point.SILENCE, "majority"),
}
"""What rules of procedure say so that a switch of the national rule is turned."""


def clause_for(switch: Switch, article: int = 7) -> Clause:
    """Return the clause that turns a switch."""
    point, value = SAYS[switch]
    return Clause(point, value, article)


async def reads(world: World, body: Body, switches: frozenset[Switch]) -> None:
    """Let a body adopt rules of procedure that turn these switches, unless it reads the law so already."""
    wanted = {clause.point: clause for clause in map(clause_for, sorted(switches))}
    if (await own_rules(body.id, NOON)).clauses != wanted:
        made = Adopted(clauses=tuple(wanted.values()), adopted_on=NOON.date(), valid_from=NOON.date())
        await adopt(body.id, made, files=[await scan(world.clerk)], by=world.clerk, at=NOON)


async def scan(by: Person) -> str:
    """Return the code of a scan that ``by`` has just handed in."""
    key = new_code()
    facts: dict[str, Any] = {
        "name": "签收单.pdf",
        "media_type": "application/pdf",
        "size": 9,
        "sha256": key * 4,
        "given_sha256": key * 4,
    }
    return (await Upload.create(community_id=by.community_id, owner=by, key=key, at=VOTING, **facts)).code


async def opened(
    world: World, body: Body, roll: RollVersion, people: Sequence[Person], plan: announcing.Plan = PLAN
) -> Ballot:
    """Take a matter to its open ballot; the body adopts the readings first that a plan asks for."""
    matter = await finalised(world, body, roll, people)
    await reads(world, body, plan.readings if isinstance(plan, ReadPlan) else frozenset())
    ballot = await announcing.announce(matter.id, plan, by=world.clerk, at=NOON)
    await tick(ballot.opens_at)
    return await Ballot.get(id=ballot.id)


async def vote(ballot: Ballot, people: Sequence[Settled], choice: Choice) -> None:
    """Let each of them hand in the same choice for every head they may act for."""
    heads: dict[int, list[int]] = {}
    for row in await RollVoice.filter(roll_id=ballot.roll_id):
        heads.setdefault(row.resident_id, []).append(row.head_id)
    for each in people:
        for head in heads[each.resident.id]:
            await casting.cast(ballot.id, head, choice, by=each.person, at=VOTING)


async def counted(world: World, ballot: Ballot, at: datetime = AFTER) -> Result:
    """Close and count with two tellers."""
    await tick(at)
    assert await counting.tell(ballot.id, by=world.clerk, at=at) is None
    result = await counting.tell(ballot.id, by=world.supervisor, at=at + timedelta(minutes=5))
    assert result is not None
    return result
