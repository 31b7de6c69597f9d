"""What a roll file would change in a community: compared unit by unit, person by person, share by share."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from community.errors import Unfit
from community.places.columns import Wrong
from community.places.lines import Key
from community.places.models import Ownership, Place, PlaceKind, Resident, Unit
from community.places.roll import Flat, Holder, Roll, Someone
from community.places.rules import yields
from community.places.tree import in_order

Share = tuple[int | None, str, Fraction]
"""Whose (row of the roll; none for a developer's), under which name, and how much."""


@dataclass(slots=True)
class Present:
    """What the store holds of one community: the places, units, people and shares of today."""

    buildings: dict[str, list[Place]]
    units: dict[tuple[int, str], Unit]
    people: list[Resident]
    shares: dict[int, list[Ownership]]


@dataclass(slots=True)
class RollPlan:
    """What a roll file would change. Flats and people are named by their place in the file."""

    community: Place
    roll: Roll
    homes: dict[Key, tuple[int, str]]
    units: dict[Key, Unit | None]
    people: list[Resident | None]
    new_areas: list[tuple[Unit, Flat]]
    kept_areas: list[tuple[Unit, Flat]]
    new_facts: list[tuple[Unit, Flat]]
    mended: list[tuple[Resident, Someone]]
    new_shares: list[Flat]
    gone: list[Resident]
    wrong: list[Wrong]

    @property
    def counts(self) -> dict[str, int]:
        """Return how much would happen, by what it is."""
        return {
            "units_new": sum(1 for unit in self.units.values() if unit is None),
            "areas_changed": len(self.new_areas),
            "areas_kept": len(self.kept_areas),
            "units_changed": len(self.new_facts),
            "people_new": sum(1 for row in self.people if row is None),
            "people_changed": len(self.mended),
            "shares_changed": len(self.new_shares),
            "people_gone": len(self.gone),
        }

    @property
    def work(self) -> int:
        """Return how many steps `community.places.enrolling.enrol` tells of."""
        steps = ("units_new", "people_new", "people_changed", "shares_changed")
        return sum(self.counts[name] for name in steps)

    @property
    def empty(self) -> bool:
        """Tell whether nothing would change; areas kept from a better source are no change."""
        return not any(count for name, count in self.counts.items() if name != "areas_kept")


async def present(community: Place) -> Present:
    """Read what the store holds of ``community``."""
    buildings: dict[str, list[Place]] = {}
    for place in await Place.filter(community_id=community.id, kind=PlaceKind.BUILDING):
        for name in {place.name, place.code}:
            buildings.setdefault(name, []).append(place)
    units = {(unit.building_id, unit.number): unit for unit in await Unit.filter(community_id=community.id)}
    people = await Resident.filter(community_id=community.id, moved_out=None).order_by("id")
    shares: dict[int, list[Ownership]] = {}
    for each in await Ownership.filter(community_id=community.id, until=None):
        shares.setdefault(each.unit_id, []).append(each)
    return Present(buildings, units, people, shares)


def compare(community: Place, roll: Roll, now: Present, *, complete: bool) -> RollPlan:
    """Return what ``roll`` would change; ``complete`` moves out whoever of its units it does not name."""
    wrong = list(roll.wrong)
    homes = {flat.key: home for flat in roll.flats if (home := _home(flat, now, wrong))}
    wrong.extend(_twice(roll, homes))
    units = {key: now.units.get(home) for key, home in homes.items()}
    people = _matched(roll.people, units, now)
    both = [(unit, flat) for flat in roll.flats if (unit := units.get(flat.key))]
    new = [(u, f) for u, f in both if (u.area, u.area_source) != (f.area, f.source)]
    pairs = [(row, one) for row, one in zip(people, roll.people, strict=True) if row]
    return RollPlan(
        community=community,
        roll=roll,
        homes=homes,
        units=units,
        people=people,
        new_areas=[(u, f) for u, f in new if yields(u.area_source, f.source)],
        kept_areas=[(u, f) for u, f in new if not yields(u.area_source, f.source)],
        new_facts=[(u, f) for u, f in both if (u.kind, u.delivered) != (f.kind, f.delivered)],
        mended=[(row, one) for row, one in pairs if differs(row, one, units)],
        new_shares=[flat for flat in roll.flats if _reshared(flat, units.get(flat.key), people, now)],
        gone=_gone(people, units, now) if complete else [],
        wrong=in_order(wrong),
    )


def _home(flat: Flat, now: Present, wrong: list[Wrong]) -> tuple[int, str] | None:
    found = now.buildings.get(flat.key[0], [])
    if len(found) == 1:
        return found[0].id, flat.key[1]
    name = flat.key[0]
    why = (
        Unfit("有 {n} 栋楼都叫“{name}”，请改填楼栋编码。", n=len(found), name=name)
        if found
        else Unfit("没有“{name}”这栋楼，请先导入楼栋，或者改成已有的名称。", name=name)
    )
    wrong.append(Wrong(flat.line, "楼栋", why))
    return None


def _twice(roll: Roll, homes: dict[Key, tuple[int, str]]) -> Iterable[Wrong]:
    """Object to a unit that is named in two ways, by the building's name and by its code."""
    seen: dict[tuple[int, str], Flat] = {}
    for flat in roll.flats:
        first = seen.setdefault(homes.get(flat.key, (0, str(flat.line))), flat)
        if first is not flat:
            why = Unfit("这一套在第 {first} 行用另一种楼栋写法写过了，请统一写法。", first=first.line)
            yield Wrong(flat.line, "楼栋", why)


def _matched(people: Iterable[Someone], units: dict[Key, Unit | None], now: Present) -> list[Resident | None]:
    """Return the stored row of every person of the file; no row serves two."""
    taken: set[int] = set()
    refs = {row.ref: row for row in now.people if row.ref}
    names: dict[str, list[Resident]] = {}
    for each in now.people:
        names.setdefault(each.name, []).append(each)
    rooms = _rooms(now)
    found: list[Resident | None] = []
    for one in people:
        mine = {unit.id for key in one.units if (unit := units.get(key))}
        named = [refs[one.ref]] if one.ref in refs else _named(one, names.get(one.name, []), rooms, mine)
        row = next((each for each in named if each.id not in taken), None)
        taken |= {row.id} if row else set()
        found.append(row)
    return found


def _named(one: Someone, rows: list[Resident], rooms: dict[int, set[int]], mine: set[int]) -> list[Resident]:
    """Return the rows of the same name that may be this person: the same birth date, else a unit in common."""
    free = [row for row in rows if not (row.ref and one.ref)]
    born = [row for row in free if one.born_on and row.born_on == one.born_on]
    near = [row for row in free if rooms.get(row.id, set()) & mine and not (one.born_on and row.born_on)]
    return born + near


def _rooms(now: Present) -> dict[int, set[int]]:
    """Return the units that each row lives in or owns."""
    rooms = {row.id: {row.unit_id} if row.unit_id else set() for row in now.people}
    for unit, shares in now.shares.items():
        for each in shares:
            if each.resident_id:
                rooms.setdefault(each.resident_id, set()).add(unit)
    return rooms


def differs(row: Resident, one: Someone, units: dict[Key, Unit | None]) -> bool:
    """Tell whether the file says something else of a person than their row; what it leaves out is no difference."""
    home = units.get(one.home) if one.home else None
    moved = (home.id if home else None) != row.unit_id if one.home is None or home else True
    news = (one.ref and one.ref != row.ref) or (one.born_on and one.born_on != row.born_on)
    return bool(moved or news or one.rep != row.household_rep or one.name != row.name)


def _reshared(flat: Flat, unit: Unit | None, people: list[Resident | None], now: Present) -> bool:
    """Tell whether a unit's owners or shares change; a file that names no owner leaves them."""
    if not flat.holders:
        return False
    said = sorted(map(str, (_said(holder, people) for holder in flat.holders)))
    kept = now.shares.get(unit.id, []) if unit else []
    return said != sorted(map(str, (stored(each) for each in kept)))


def _said(holder: Holder, people: list[Resident | None]) -> Share:
    row = people[holder.who] if holder.who is not None else None
    return (row.id if row else None if holder.who is None else -1 - holder.who, holder.name, holder.share)


def stored(each: Ownership) -> Share:
    """Return a stored share in the form in which files are compared."""
    return (each.resident_id, each.holder_name, Fraction(each.num, each.den))


def _gone(people: list[Resident | None], units: dict[Key, Unit | None], now: Present) -> list[Resident]:
    """Return who lives in a unit of the file, on record, but is not in the file."""
    named = {row.id for row in people if row}
    inside = {unit.id for unit in units.values() if unit}
    return [row for row in now.people if row.unit_id in inside and row.id not in named]
