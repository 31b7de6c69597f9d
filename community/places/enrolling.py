"""Putting a roll into the store: all of it or nothing, with one event that names the file by its hash."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.places.lines import Key
from community.places.models import AreaChange, Ownership, Place, Resident, Unit
from community.places.planting import BATCH, Progress, silent
from community.places.roll import Flat, Roll, Someone
from community.places.rolling import RollPlan, compare, present
from community.places.standing import align
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right

T = TypeVar("T")


async def plan_roll(roll: Roll, community: Place, *, complete: bool, by: Person | None, at: datetime) -> RollPlan:
    """Return what ``roll`` would change in ``community``; ``by`` is ``None`` for the operator at the machine.

    Raises:
        Forbidden: ``by`` may not edit the community.
    """
    if by:
        await require_in_place(by, community.id, Right.PLACE_EDIT, at=at)
    return compare(community, roll, await present(community), complete=complete)


@command
async def enrol(
    roll: Roll,
    community: Place,
    *,
    sha256: str,
    complete: bool = False,
    by: Person | None,
    at: datetime,
    progress: Progress = silent,
) -> dict[str, int]:
    """Put ``roll`` into the store and return the counts.

    Args:
        roll: the file as read.
        community: whose roll it is.
        sha256: of the file.
        complete: move out whoever lives in one of its units, on record, but is not in it.
        by: who imports it.
        at: when.
        progress: told how many rows were written.

    Raises:
        Unfit: something in it is wrong; plan it first and show what.
        Forbidden: ``by`` may not edit the community.
    """
    plan = await plan_roll(roll, community, complete=complete, by=by, at=at)
    if plan.wrong:
        raise Unfit("文件里有 {n} 处要改，这次什么都没有导入。", n=len(plan.wrong))
    units = await _units(plan, by, at, progress)
    rows = await _people(plan, units, progress)
    await _shares(plan, units, rows, local_day(at), progress)
    for row in plan.gone:
        await move_out(row, by=by, at=at)
    await _align([*(row for row in rows if row.person_id), *await _owners_of(plan)], community.id, by, at)
    facts: dict[str, Any] = {"sha256": sha256, "complete": complete, **plan.counts}
    await record("roll.imported", f"place-{community.id}", by=by, at=at, community_id=community.id, **facts)
    return plan.counts


@command
async def move_out(row: Resident, *, by: Person | None, at: datetime) -> None:
    """Note that somebody has left; an owner stays on the roll as one who lives elsewhere, others leave it.

    The account of one who leaves the roll is set free, and loses what the row gave.
    """
    owns = await Ownership.filter(resident_id=row.id, until=None).exists()
    left = {"unit_id": None} if owns else {"moved_out": local_day(at), "person_id": None}
    await Resident.filter(id=row.id).update(household_rep=False, slip_hash=None, slip_until=None, **left)
    await record("resident.left", f"resident-{row.id}", by=by, at=at, community_id=row.community_id, owns=owns)
    if row.person_id:
        await align(row.person_id, row.community_id, by=by, at=at)


async def _units(plan: RollPlan, by: Person | None, at: datetime, progress: Progress) -> dict[Key, Unit]:
    """Write the units, and return all of the file's."""
    fresh = [flat for flat in plan.roll.flats if plan.units[flat.key] is None]
    for batch in _batches(fresh):
        await Unit.bulk_create([_unit(plan, flat) for flat in batch])
        progress(len(batch))
    await AreaChange.bulk_create([_change(unit, flat, by, at) for unit, flat in plan.new_areas], batch_size=BATCH)
    for unit, flat in plan.new_areas:
        unit.area, unit.area_source = flat.area, flat.source
    for unit, flat in plan.new_facts:
        unit.kind, unit.delivered = flat.kind, flat.delivered
    changed = {unit.id: unit for unit, _ in (*plan.new_areas, *plan.new_facts)}
    for some in _batches(list(changed.values())):
        await Unit.bulk_update(some, fields=["area", "area_source", "kind", "delivered"])
    stored = {(u.building_id, u.number): u for u in await Unit.filter(community_id=plan.community.id)}
    return {key: stored[home] for key, home in plan.homes.items()}


def _unit(plan: RollPlan, flat: Flat) -> Unit:
    building, number = plan.homes[flat.key]
    return Unit(
        community_id=plan.community.id,
        building_id=building,
        number=number,
        kind=flat.kind,
        area=flat.area,
        area_source=flat.source,
        delivered=flat.delivered,
    )


def _change(unit: Unit, flat: Flat, by: Person | None, at: datetime) -> AreaChange:
    return AreaChange(
        community_id=unit.community_id,
        unit_id=unit.id,
        old=unit.area,
        new=flat.area,
        old_source=unit.area_source,
        new_source=flat.source,
        changed_by_id=by.id if by else None,
        at=at,
    )


async def _people(plan: RollPlan, units: dict[Key, Unit], progress: Progress) -> list[Resident]:
    """Write the people, and return the row of each of the file's."""
    rows = list(plan.people)
    for row, one in plan.mended:
        await _mend(row, one, units)
        progress(1)
    fresh = [at for at, row in enumerate(rows) if row is None]
    for batch in _batches(fresh):
        new = [_resident(plan.roll.people[at], plan.community, units) for at in batch]
        await Resident.bulk_create(new)
        codes = {row.code: row for row in await Resident.filter(code__in=[row.code for row in new])}
        for at, row in zip(batch, new, strict=True):
            rows[at] = codes[row.code]
        progress(len(batch))
    return [row for row in rows if row]


def _resident(one: Someone, community: Place, units: dict[Key, Unit]) -> Resident:
    return Resident(
        community_id=community.id,
        unit_id=units[one.home].id if one.home else None,
        ref=one.ref,
        name=one.name,
        born_on=one.born_on,
        household_rep=one.rep,
    )


async def _mend(row: Resident, one: Someone, units: dict[Key, Unit]) -> None:
    row.unit_id = units[one.home].id if one.home else None
    row.name, row.household_rep = one.name, one.rep
    row.ref, row.born_on = one.ref or row.ref, one.born_on or row.born_on
    await row.save(update_fields=["unit_id", "name", "household_rep", "ref", "born_on"])


async def _shares(
    plan: RollPlan, units: dict[Key, Unit], rows: list[Resident], today: date, progress: Progress
) -> None:
    """End the shares of units whose owners changed, and write the new ones."""
    for batch in _batches(plan.new_shares):
        changed = [units[flat.key].id for flat in batch]
        await Ownership.filter(unit_id__in=changed, until=None).update(until=today)
        await Ownership.bulk_create(_ownerships(batch, units, rows, today))
        progress(len(batch))


def _ownerships(
    flats: Sequence[Flat], units: dict[Key, Unit], rows: list[Resident], today: date
) -> Iterable[Ownership]:
    return [
        Ownership(
            community_id=units[flat.key].community_id,
            unit_id=units[flat.key].id,
            resident_id=None if holder.who is None else rows[holder.who].id,
            holder_name=holder.name,
            developer=holder.who is None,
            num=holder.share.numerator,
            den=holder.share.denominator,
            since=today,
        )
        for flat in flats
        for holder in flat.holders
    ]


async def _owners_of(plan: RollPlan) -> list[Resident]:
    """Return the rows with an account that hold or held a share in a unit whose owners changed."""
    units = [unit.id for flat in plan.new_shares if (unit := plan.units[flat.key])]
    found: dict[int, Resident] = {}
    for batch in _batches(units):
        held = await Ownership.filter(unit_id__in=batch).exclude(resident_id=None).values_list("resident_id", flat=True)
        rows = await Resident.filter(id__in=list(held), moved_out=None).exclude(person_id=None)
        found.update({row.id: row for row in rows})
    return list(found.values())


async def _align(rows: Iterable[Resident], community_id: int, by: Person | None, at: datetime) -> None:
    for account in sorted({row.person_id for row in rows if row.person_id}):
        await align(account, community_id, by=by, at=at)


def _batches(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
