"""The offices that follow from the roll: whoever is matched with a row holds what the row says, and no more."""

from datetime import datetime

from community.people.authority import changed as authority_changed
from community.people.models import Holding, Person
from community.people.roles import holdings_at
from community.people.rules import FROM_THE_ROLL
from community.places.models import Ownership, Resident
from community.places.rules import roles_of
from community.record.outbox import record
from community.rights import Role


async def align(person_id: int, community_id: int, *, by: Person | None, at: datetime) -> None:
    """Give and end roles of a person so that they are those of their row; call it inside what changed the row."""
    wanted = await _wanted(person_id, community_id)
    running = holdings_at(at).filter(person_id=person_id, place_id=community_id, role__in=list(FROM_THE_ROLL))
    held = {each.role: each for each in await running}
    for role in sorted(wanted - held.keys()):
        await Holding.create(person_id=person_id, role=role, place_id=community_id, since=at, granted_by_id=_id(by))
    for role in sorted(held.keys() - wanted):
        await Holding.filter(id=held[role].id).update(until=at)
    if wanted != held.keys():
        await authority_changed(person_id)
        await record(
            "person.aligned", f"person-{person_id}", by=by, at=at, community_id=community_id, roles=sorted(wanted)
        )


async def _wanted(person_id: int, community_id: int) -> frozenset[Role]:
    row = await Resident.get_or_none(person_id=person_id, community_id=community_id, moved_out=None)
    if row is None:
        return frozenset()
    owns = await Ownership.filter(resident_id=row.id, until=None).exists()
    return roles_of(lives_here=row.unit_id is not None, household_rep=row.household_rep, owns=owns)


def _id(person: Person | None) -> int | None:
    return person.id if person else None
