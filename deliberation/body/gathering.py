"""Reading the places room for a roll: who lives there and who owns what on the day of freezing."""

from collections import Counter, defaultdict
from datetime import date, datetime

from tortoise.expressions import Q

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.roles import holdings_at
from community.places.models import Ownership, Place, Resident, Unit
from deliberation.body.freezing import Draft, Owner, Part, by_household, by_owners, by_person, is_adult
from deliberation.body.models import Body, HouseholdRep
from deliberation.body.rules import PRESETS, Basis


async def drafts(body: Body, basis: Basis, *, at: datetime) -> list[Draft]:
    """Return the heads that the roll of ``body`` would have if it were frozen at ``at``.

    Raises:
        Unfit: something is missing without which nobody can say who is entitled.
    """
    on = local_day(at)
    match basis:
        case Basis.RESIDENTS:
            return await _residents(body, on)
        case Basis.HOUSEHOLDS:
            return await _households(body, on)
        case Basis.DELEGATES | Basis.MEMBERS:
            return await _members(body, on, at)
        case Basis.OWNERS:
            return await _owners(body, on)


async def _living(body: Body, on: date) -> list[Resident]:
    here = Resident.filter(community_id=body.community_id).filter(Q(moved_out=None) | Q(moved_out__gt=on))
    inside = await _buildings(body)
    rows = await here.select_related("unit__building").order_by("id")
    return [row for row in rows if row.unit is None or row.unit.building_id in inside]


async def _buildings(body: Body) -> set[int]:
    place = await Place.get(id=body.place_id)
    rows = await Place.filter(community_id=body.community_id, path__startswith=place.path).values_list("id", flat=True)
    return {int(str(row)) for row in rows}


async def _residents(body: Body, on: date) -> list[Draft]:
    rows = await _living(body, on)
    if unknown := sum(row.born_on is None for row in rows):
        raise Unfit("有 {n} 位居民没有登记出生日期，分不清是不是满十八岁。请先补上，或者改按户表决。", n=unknown)
    grown = [row for row in rows if is_adult(row.born_on, on)]
    return by_person(
        (Part(key=f"r{row.id}", building=_building(row.unit), label=_home(row.unit)), row.id) for row in grown
    )


async def _households(body: Body, on: date) -> list[Draft]:
    declared = await _declared(body, on)
    living = [row for row in await _living(body, on) if row.unit]
    reps = [row for row in living if declared.get(row.unit_id or 0, row.id if row.household_rep else 0) == row.id]
    return by_household((_home_of(row, f"u{row.unit_id}"), row.id) for row in reps)


async def _declared(body: Body, on: date) -> dict[int, int]:
    """Return, by unit, the resident who was declared to speak for it on a day; the others go by the imported roll."""
    running = HouseholdRep.filter(community_id=body.community_id, since__lte=on).filter(Q(until=None) | Q(until__gt=on))
    return {row.unit_id: row.resident_id for row in await running.order_by("id")}


async def _members(body: Body, on: date, at: datetime) -> list[Draft]:
    place = await Place.get(id=body.place_id)
    elected = holdings_at(at).filter(role=PRESETS[body.kind].members, place_id__in=place.ancestors)
    people = {int(str(number)) for number in await elected.values_list("person_id", flat=True)}
    sitting = [row for row in await _living(body, on) if row.person_id in people]
    return by_person((_home_of(row, f"r{row.id}"), row.id) for row in sitting)


async def _owners(body: Body, on: date) -> list[Draft]:
    inside = await _buildings(body)
    every = await Unit.filter(community_id=body.community_id).select_related("building").order_by("id")
    units = [unit for unit in every if unit.building_id in inside]
    held = await _held(body, on)
    unsold = frozenset(f"u{u.id}" for u in units if not u.delivered or any(o.developer for o in held[u.id]))
    if unowned := [u for u in units if not held[u.id] and f"u{u.id}" not in unsold]:
        raise Unfit("有 {n} 处房屋没有登记业主：{which}。请先补登记。", n=len(unowned), which=_some(unowned))
    _refuse_nameless(units, held, unsold)
    owners = {f"u{u.id}": [_owner(each) for each in held[u.id]] for u in units}
    return by_owners([_part(u) for u in units], owners, unsold)


async def _held(body: Body, on: date) -> dict[int, list[Ownership]]:
    running = Ownership.filter(community_id=body.community_id, since__lte=on).filter(Q(until=None) | Q(until__gt=on))
    held: dict[int, list[Ownership]] = defaultdict(list)
    for row in await running.order_by("id"):
        held[row.unit_id].append(row)
    return held


def _refuse_nameless(units: list[Unit], held: dict[int, list[Ownership]], unsold: frozenset[str]) -> None:
    """Refuse owners known by name alone who hold several parts: one person or two of the same name, nobody can say."""
    loose = [(u, o.holder_name) for u in units if f"u{u.id}" not in unsold for o in held[u.id] if not o.resident_id]
    often = Counter(name for _, name in loose)
    if doubtful := [unit for unit, name in loose if often[name] > 1]:
        raise Unfit(
            "有 {n} 处房屋的业主只登记了姓名，分不清是不是同一个人：{which}。请先在名册里补登记。",
            n=len(doubtful),
            which=_some(doubtful),
        )


def _owner(row: Ownership) -> Owner:
    return Owner(f"r{row.resident_id}", row.resident_id) if row.resident_id else Owner(f"o{row.id}")


def _home_of(row: Resident, key: str) -> Part:
    return Part(key=key, building=_building(row.unit), label=_home(row.unit))


def _part(unit: Unit) -> Part:
    return Part(key=f"u{unit.id}", kind=unit.kind, building=_building(unit), label=_home(unit), area=unit.area)


def _building(unit: Unit | None) -> str:
    return unit.building.name if unit else ""


def _home(unit: Unit | None) -> str:
    return f"{unit.building.name} {unit.number}" if unit else ""


def _some(units: list[Unit]) -> str:
    return "、".join(_home(unit) for unit in units[:5]) + ("……" if len(units) > 5 else "")  # noqa: PLR2004 - enough to find them
