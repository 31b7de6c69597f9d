"""Putting on the log of a case that an officer opened something of it. What parties read is never noted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from community.calendar.rules import local_day
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from mediation.assignment.models import JointOrg
from mediation.case.access import Seat, Thing
from mediation.case.models import Case
from mediation.privacy.models import CaseReading, GlassPermit
from mediation.privacy.rules import GAP, LOGGED, PURPOSES, reads_as
from mediation.room.models import Room
from mediation.room.rules import OBJECTS, Voice


async def note(
    case: Case,
    seats: Iterable[Seat],
    things: Iterable[Thing],
    *,
    by: Person,
    at: datetime,
    party_id: int | None = None,
) -> None:
    """Note that ``by`` has these things open now; the first time of a day stands in the record as well.

    ``party_id`` says with whom the mediator talked alone, where that is what was opened.
    """
    held = frozenset(seats)
    read = {thing: reads_as(held, thing, case.state) for thing in LOGGED.intersection(things)}
    marks = {_mark(thing, party_id): (thing, seat) for thing, seat in read.items() if seat}
    if not marks:
        return
    rows = CaseReading.filter(case_id=case.id, person_id=by.id, day=local_day(at), mark__in=list(marks))
    known = {each.mark: each for each in await rows}
    if stale := [each.id for each in known.values() if at - each.last_at >= GAP]:
        await _again(stale, at=at)
    for mark, (thing, seat) in marks.items():
        if mark not in known:
            await _first(case, mark, thing, seat, party_id, by=by, at=at)


async def note_room(room: Room, voice: Voice, *, by: Person, at: datetime) -> None:
    """Note that an officer who sits in a room has it open; the mediator's own room is nobody else's matter."""
    thing = OBJECTS.get(room.kind)
    if thing is None or thing is Thing.INTERNAL or voice is not Voice.MEDIATOR:
        return
    joined = JointOrg.filter(case_id=room.case_id, mediator_id=by.id, left_at=None)
    seat = Seat.CO if await joined.exists() else Seat.MEDIATOR
    await note(room.case, (seat,), (thing,), by=by, at=at, party_id=room.party_id)


@bookkeeping
async def _again(ids: list[int], *, at: datetime) -> None:
    await CaseReading.filter(id__in=ids, last_at__lt=at).update(last_at=at)


@command
async def _first(
    case: Case, mark: str, thing: Thing, seat: Seat, party_id: int | None, *, by: Person, at: datetime
) -> None:
    await put_down(case, mark, thing, seat, party_id, by=by, at=at)
    facts: dict[str, Any] = {"thing": thing, "seat": seat, "purpose": PURPOSES[seat]}
    await record("case.read", case.key, by=by, at=at, community_id=case.community_id, **facts)


async def put_down(
    case: Case,
    mark: str,
    thing: Thing,
    seat: Seat,
    party_id: int | None = None,
    *,
    by: Person,
    at: datetime,
    permit: GlassPermit | None = None,
) -> None:
    """Write one line of the log; a line that is there already is left as it is."""
    row = CaseReading(
        case_id=case.id,
        person_id=by.id,
        seat=seat,
        thing=thing,
        party_id=party_id,
        mark=mark,
        day=local_day(at),
        first_at=at,
        last_at=at,
        permit_id=permit.id if permit else None,
    )
    await CaseReading.bulk_create([row], ignore_conflicts=True)


def _mark(thing: Thing, party_id: int | None) -> str:
    return f"{thing}-{party_id}" if party_id else str(thing)
