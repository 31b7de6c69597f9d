"""Reading bodies and rolls; who may act for whom."""

from collections.abc import Iterable
from typing import Final

from community.people.models import Person
from community.places.models import Resident, UnitKind
from deliberation.ballot.roll import JOIN, Electorate, Entry, Kind, Roll
from deliberation.body.models import Body, RollEntry, RollHead, RollVersion, RollVoice
from deliberation.body.rules import DEVELOPER, Basis

PAGE: Final = 50
ELECTORATES: Final = {
    Basis.RESIDENTS: Electorate.ADULTS,
    Basis.HOUSEHOLDS: Electorate.HOUSEHOLDS,
    Basis.DELEGATES: Electorate.MEMBERS,
    Basis.OWNERS: Electorate.OWNERS,
}


async def bodies_near(person: Person) -> list[Body]:
    """Return the bodies of the community in which ``person`` lives or works."""
    return await Body.filter(community_id=person.community_id).order_by("id")


async def latest_roll(body_id: int) -> RollVersion | None:
    """Return the newest roll of a body."""
    return await RollVersion.filter(body_id=body_id).order_by("-number").first()


async def resident_of(person: Person) -> Resident | None:
    """Return the row of the residents' roll that belongs to ``person``; None until they were verified."""
    return await Resident.get_or_none(person_id=person.id)


async def voices_of(person: Person, roll_id: int) -> list[RollVoice]:
    """Return the heads of a roll for which ``person`` may act, with the key under which they speak."""
    resident = await resident_of(person)
    if resident is None:
        return []
    return await RollVoice.filter(roll_id=roll_id, resident_id=resident.id).select_related("head").order_by("head_id")


async def people_on(roll_id: int) -> dict[int, list[int]]:
    """Return, by person who has an account, the ids of the heads they may act for."""
    voices = await RollVoice.filter(roll_id=roll_id).values_list("resident_id", "head_id")
    accounts = await _accounts({int(resident) for resident, _ in voices})
    acting: dict[int, list[int]] = {}
    for resident, head in voices:
        if (person := accounts.get(int(resident))) is not None:
            acting.setdefault(person, []).append(int(head))
    return acting


async def _accounts(residents: Iterable[int]) -> dict[int, int]:
    wanted = sorted(residents)
    found: dict[int, int] = {}
    for start in range(0, len(wanted), 5000):
        rows = Resident.filter(id__in=wanted[start : start + 5000]).exclude(person_id=None)
        found |= {int(number): int(person) for number, person in await rows.values_list("id", "person_id")}
    return found


async def heads(roll: RollVersion, *, after: int = 0) -> tuple[list[RollHead], int | None]:
    """Return a page of the heads of a roll, and the key of the next page when there is more."""
    found = await RollHead.filter(roll_id=roll.id, id__gt=after).order_by("id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def counted_roll(roll: RollVersion) -> Roll:
    """Return the roll as the count reads it."""
    entries = await RollEntry.filter(roll_id=roll.id).order_by("id")
    keys = dict(await RollHead.filter(roll_id=roll.id).values_list("id", "key"))
    return Roll(ELECTORATES[roll.basis], tuple(_entry(each, str(keys[each.head_id])) for each in entries))


def _entry(row: RollEntry, head: str) -> Entry:
    return Entry(
        key=row.key,
        owners=() if head == DEVELOPER else tuple(head.split(JOIN)),
        developer=DEVELOPER if head == DEVELOPER else None,
        kind=Kind.PERSON if row.kind is None else KINDS[row.kind],
        building=row.building,
        registered=row.area,
    )


KINDS: Final = {UnitKind.HOME: Kind.HOME, UnitKind.SHOP: Kind.SHOP, UnitKind.PARKING: Kind.PARKING}
