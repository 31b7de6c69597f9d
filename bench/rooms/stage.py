"""One case with its joint room, and as many people in it as wanted: parties, and mediators with an office to lose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.drill.stage import Speaker
from community.people.models import Holding, Person, Session
from community.rights import Role
from mediation.case.keys import lock_party, share_key
from mediation.case.models import Case, Party, Side, Will
from mediation.room.models import Room, RoomMember, RoomSeen
from mediation.room.rules import Chair
from tests.deliberation.stage import settle
from tests.mediation.making import made_case, made_rooms
from tests.world import FOREVER, NOON, World, build
from web.person import token_hash

BATCH = 500


@dataclass(frozen=True)
class Seated:
    """Somebody in the room; ``office`` is the code of what lets a mediator be there."""

    speaker: Speaker
    person: Person
    office: str = ""


@dataclass(frozen=True)
class Gathering:
    """The case, its joint room, and everybody in it."""

    world: World
    case: Case
    room: Room
    parties: list[Seated]
    mediators: list[Seated]


async def gather(parties: int, mediators: int = 0) -> Gathering:
    """Fill the open empty database; at least two are parties."""
    world = await build()
    people = [each.person for each in await settle(world, max(2, parties) + mediators)]
    await _sessions(people)
    case = await made_case(replace(world, lan=people[0], qiang=people[1]))
    room = (await made_rooms(case, world.mediator))["joint"]
    cut = len(people) - mediators
    await _sit(case, room, people[2:cut], Chair.PARTY)
    await _sit(case, room, people[cut:], Chair.MEDIATOR)
    offices = await _offices(world, people[cut:])
    path = f"/cases/{case.code}/rooms/{room.code}/live"
    seated = [
        Seated(Speaker(f"heyi=token-of-{each.id}", each.id, path, room.id), each, offices.get(each.id, ""))
        for each in people
    ]
    return Gathering(world, case, room, seated[:cut], seated[cut:])


async def _sessions(people: Sequence[Person]) -> None:
    life = {"began_at": NOON, "seen_at": NOON, "strong_at": NOON, "expires_at": FOREVER}
    rows = [Session(person=each, token_hash=token_hash(f"token-of-{each.id}"), **life) for each in people]
    await Session.bulk_create(rows, batch_size=BATCH)


async def _sit(case: Case, room: Room, people: Sequence[Person], chair: Chair) -> None:
    if chair is Chair.PARTY:
        await Party.bulk_create([_party(case, each, n) for n, each in enumerate(people, 1)], batch_size=BATCH)
    seats = [RoomMember(room=room, person=each, chair=chair, since=NOON) for each in people]
    await RoomMember.bulk_create(seats, batch_size=BATCH)
    await RoomSeen.bulk_create([RoomSeen(room=room, person=each) for each in people], batch_size=BATCH)


def _party(case: Case, person: Person, ordinal: int) -> Party:
    party = Party(case=case, side=Side.THIRD, ordinal=ordinal, person=person, will=Will.CONSENTED)
    share_key(case, party)
    for column, text in (("name", person.name), ("phone", ""), ("email", person.email)):
        lock_party(party, column, text)
    return party


async def _offices(world: World, people: Sequence[Person]) -> dict[int, str]:
    office = {"role": Role.PEOPLE_MEDIATOR, "org": world.mediation_committee, "since": NOON}
    await Holding.bulk_create([Holding(person=each, **office) for each in people], batch_size=BATCH)
    held = await Holding.filter(person_id__in=[each.id for each in people], role=Role.PEOPLE_MEDIATOR)
    return {each.person_id: each.code for each in held}
