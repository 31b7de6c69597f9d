"""Opening the rooms of a case and letting people in and out. Plain functions, to be called inside a command."""

from collections.abc import Iterable
from datetime import datetime

from community.codes import new_code
from community.people.models import Person
from community.record.hints import hint
from community.record.outbox import record
from mediation.case.models import Case, Party, Will
from mediation.case.standing import acting_for
from mediation.room.lines import fresh_key, hold
from mediation.room.models import Room, RoomMember, RoomSeen
from mediation.room.rules import Chair, RoomKind


async def open_rooms(case: Case, mediator: Person, *, at: datetime) -> list[Room]:
    """Open the joint room, one room alone with each party, and the mediator's own; return them all.

    There is no joint room where the applicant fears the other side and did not wish to meet (反家庭暴力法 5).

    Called again for another mediator or a party who joined later, it lets them into what is open: into the
    joint talk from its first line, into a one-sided talk only from now on, since it was held with somebody else.
    """
    agreed = await Party.filter(case_id=case.id, will=Will.CONSENTED, left_at=None).order_by("id")
    people = {party.id: await _accounts(party, at) for party in agreed}
    rooms = await _together(case, [each for own in people.values() for each in own], mediator, at)
    for party in agreed:
        if not people[party.id]:
            continue
        alone = await _open(case, RoomKind.CAUCUS, party, at)
        for person in people[party.id]:
            await enter(alone, person, Chair.PARTY, at=at, from_now=True)
        await enter(alone, mediator, Chair.MEDIATOR, at=at, from_now=True)
        rooms.append(alone)
    own = await _open(case, RoomKind.INTERNAL, None, at)
    await enter(own, mediator, Chair.MEDIATOR, at=at, from_now=True)
    return [*rooms, own]


async def _together(case: Case, parties: Iterable[Person], mediator: Person, at: datetime) -> list[Room]:
    if case.afraid and not case.meets:
        return []
    joint = await _open(case, RoomKind.JOINT, None, at)
    for person in [*parties, mediator]:
        await enter(joint, person, Chair.MEDIATOR if person == mediator else Chair.PARTY, at=at)
    return [joint]


async def admit(case: Case, party: Party, person: Person, *, at: datetime) -> None:
    """Let somebody who acts for a party into the rooms that are open: the joint one, and the party's own from now."""
    rooms = Room.filter(case_id=case.id, closed_at=None)
    for room in await rooms.filter(kind__in=(RoomKind.JOINT, RoomKind.CAUCUS)).order_by("id"):
        if room.kind is RoomKind.JOINT or room.party_id == party.id:
            await enter(room, person, Chair.PARTY, at=at, from_now=room.kind is RoomKind.CAUCUS)


async def enter(room: Room, person: Person, chair: Chair, *, at: datetime, from_now: bool = False) -> None:
    """Let somebody into a room, unless they sit there already."""
    await hold(room)
    if await RoomMember.exists(room_id=room.id, person_id=person.id, until=None):
        return
    first = room.last_seq + 1 if from_now else 1
    await RoomMember.create(room=room, person=person, chair=chair, from_seq=first, since=at)
    await RoomSeen.bulk_create([RoomSeen(room_id=room.id, person_id=person.id)], ignore_conflicts=True)
    await _note(room, "entered", person, at)


async def end_membership(case: Case, person: Person, *, at: datetime) -> None:
    """Let somebody out of every room of a case at once; their open sockets are closed with 4403."""
    seats = RoomMember.filter(person_id=person.id, until=None, room__case_id=case.id)
    for seat in await seats.order_by("room_id").select_related("room"):
        await hold(seat.room)
        if await RoomMember.filter(id=seat.id, until=None).update(until=at, to_seq=seat.room.last_seq):
            await _note(seat.room, "left", person, at)


async def close_rooms(case: Case, *, at: datetime) -> None:
    """Close every room of a case: what was said can be read, nothing can be added."""
    for room in await Room.filter(case_id=case.id, closed_at=None).order_by("id"):
        await hold(room)
        await Room.filter(id=room.id).update(closed_at=at)
        await record("room.closed", room.name, by=None, at=at, community_id=room.community_id, case=case.id)
        hint(room.name)


async def _open(case: Case, kind: RoomKind, party: Party | None, at: datetime) -> Room:
    found = await Room.get_or_none(case_id=case.id, kind=kind, party_id=party.id if party else None, closed_at=None)
    if found:
        return found
    code = new_code()
    room = await Room.create(
        code=code,
        community_id=case.community_id,
        case=case,
        kind=kind,
        party=party,
        key=fresh_key(code),
        opened_at=at,
    )
    await record("room.opened", room.name, by=None, at=at, community_id=case.community_id, case=case.id, room=room.id)
    return room


async def _accounts(party: Party, at: datetime) -> list[Person]:
    """Return the accounts of a party and of whoever acts for it."""
    ids = await acting_for(party, at=at)
    return await Person.filter(id__in=ids).order_by("id") if ids else []


async def _note(room: Room, deed: str, person: Person, at: datetime) -> None:
    await record(
        f"room.{deed}",
        room.name,
        by=None,
        at=at,
        community_id=room.community_id,
        case=room.case_id,
        person=person.id,
        seq=room.last_seq,
    )
    hint(room.name)
