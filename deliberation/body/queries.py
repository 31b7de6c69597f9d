"""Reading bodies and rolls; who may act for whom."""

from collections.abc import Iterable
from typing import Any, Final

from community.errors import Hidden
from community.people.models import Person
from community.places.models import Resident, UnitKind
from community.record.reading import columns, made, many, rows, uncollected, width
from deliberation.ballot.roll import JOIN, Electorate, Entry, Kind, Roll, Scope
from deliberation.body.models import Body, RollHead, RollVersion, RollVoice
from deliberation.body.rules import DEVELOPER, Basis, BodyKind

PAGE: Final = 50
MOST: Final = 200  # bodies of one community, rolls of one body, on a page
ELECTORATES: Final = {
    Basis.RESIDENTS: Electorate.ADULTS,
    Basis.HOUSEHOLDS: Electorate.HOUSEHOLDS,
    Basis.DELEGATES: Electorate.MEMBERS,
    Basis.OWNERS: Electorate.OWNERS,
    Basis.MEMBERS: Electorate.OWNERS_COMMITTEE,
}
_VOICES: Final = """SELECT {voice}, {head} FROM roll_voice v
JOIN roll_head h ON h.id = v.head_id JOIN resident r ON r.id = v.resident_id
WHERE r.person_id = $1 AND v.roll_id = $2 ORDER BY v.head_id"""


async def bodies_near(person: Person) -> list[Body]:
    """Return the bodies at work in the community in which ``person`` lives or works."""
    return await Body.filter(community_id=person.community_id, ended_at=None).order_by("id")


async def find(body_id: int) -> Body:
    """Return a body with its place, or raise `Hidden`; that there is one is public."""
    body = await Body.get_or_none(id=body_id).select_related("place")
    if body is None:
        raise Hidden("没有这个会议。")
    return body


async def listed(community_id: int | None) -> list[Body]:
    """Return the bodies of a community, those that have ended last."""
    rows = Body.filter(**({"community_id": community_id} if community_id else {}))
    return sorted(await rows.order_by("id").limit(MOST), key=lambda body: body.ended_at is not None)


async def versions(body: Body) -> list[RollVersion]:
    """Return the rolls of a body, the newest first."""
    return await RollVersion.filter(body_id=body.id).order_by("-number").limit(MOST)


async def latest_roll(body_id: int) -> RollVersion | None:
    """Return the newest roll of a body."""
    return await RollVersion.filter(body_id=body_id).order_by("-number").first()


async def resident_of(person: Person) -> Resident | None:
    """Return the row of the residents' roll that belongs to ``person``; None until they were verified."""
    return await Resident.get_or_none(person_id=person.id)


async def voices_of(person: Person, roll_id: int) -> list[RollVoice]:
    """Return the heads of a roll for which ``person`` may act, with the key under which they speak."""
    sql = _VOICES.format(voice=columns(RollVoice, "v"), head=columns(RollHead, "h"))
    return [_with_head(tuple(row)) for row in await rows(sql, person.id, roll_id)]


def _with_head(values: tuple[Any, ...]) -> RollVoice:
    voice = made(RollVoice, values[: width(RollVoice)])
    voice.head = made(RollHead, values[width(RollVoice) :])
    return voice


async def people_on(roll_id: int) -> dict[int, list[int]]:
    """Return, by person who has an account, the ids of the heads they may act for."""
    voices = await RollVoice.filter(roll_id=roll_id).values_list("resident_id", "head_id")
    accounts = await _accounts({int(resident) for resident, _ in voices})
    acting: dict[int, list[int]] = {}
    for resident, head in voices:
        if (person := accounts.get(int(resident))) is not None:
            acting.setdefault(person, []).append(int(head))
    return acting


async def voices_for(resident_id: int, roll_id: int) -> list[RollVoice]:
    """Return the heads of a roll for which a row of the residents' roll may act, account or not."""
    found = RollVoice.filter(roll_id=roll_id, resident_id=resident_id)
    return await found.select_related("head").order_by("head_id")


async def heads_of_residents(roll_id: int, residents: Iterable[int | None]) -> dict[int, int]:
    """Return, by row of the residents' roll, the first head of a roll for which it may act."""
    wanted = sorted(number for number in residents if number)
    rows = RollVoice.filter(roll_id=roll_id, resident_id__in=wanted).order_by("-head_id") if wanted else None
    return {int(row): int(head) for row, head in await rows.values_list("resident_id", "head_id")} if rows else {}


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


async def surnames(heads: Iterable[RollHead]) -> dict[int, list[str]]:
    """Return, by head, the first sign of the names of those who may act for it; never a whole name."""
    ids = [head.id for head in heads]
    voices = await RollVoice.filter(head_id__in=ids).order_by("id") if ids else []
    people = await Resident.filter(id__in=[voice.resident_id for voice in voices]) if voices else []
    first = {row.id: row.name[:1] for row in people}
    found: dict[int, list[str]] = {}
    for voice in voices:
        found.setdefault(voice.head_id, []).append(first.get(voice.resident_id, ""))
    return found


async def counted_roll(roll: RollVersion) -> Roll:
    """Return the roll as the count reads it."""
    known: object = roll.body  # a page has read it with the roll
    body = known if isinstance(known, Body) else await Body.get(id=roll.body_id)
    found = await many(_COUNTED, roll.id)
    with uncollected():
        every = tuple([_entry(*row) for row in found])
    return Roll(ELECTORATES[roll.basis], every, scope_of(body))


def scope_of(body: Body) -> Scope:
    """Return how much of the neighbourhood a body speaks for."""
    return Scope.BUILDING if body.kind is BodyKind.OWNERS_SCOPE else Scope.WHOLE


_COUNTED: Final = """
SELECT h.key, e.key, e.kind, e.building, e.area FROM roll_entry e JOIN roll_head h ON h.id = e.head_id
WHERE e.roll_id = $1 ORDER BY e.id
"""


def _entry(head: str, key: str, kind: str | None, building: str, area: int | None) -> Entry:
    return Entry(
        key=key,
        owners=() if head == DEVELOPER else tuple(head.split(JOIN)),
        developer=DEVELOPER if head == DEVELOPER else None,
        kind=Kind.PERSON if kind is None else KINDS[kind],
        building=building,
        registered=area,
    )


KINDS: Final = {
    UnitKind.HOME.value: Kind.HOME,
    UnitKind.SHOP.value: Kind.SHOP,
    UnitKind.PARKING.value: Kind.PARKING,
}
