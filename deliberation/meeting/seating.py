"""Who is expected: a seat for each voice of the roll, and for each holder of the offices that were asked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from community.codes import new_code
from community.errors import Unfit
from community.people.models import Person
from community.people.roles import holdings_at
from community.places.models import Place, Resident
from community.rights import Role
from deliberation.body.models import RollHead, RollVersion, RollVoice
from deliberation.body.queries import latest_roll
from deliberation.meeting.models import Meeting, MeetingSeat
from deliberation.meeting.rules import SHORT_CODE, Form, SeatKind

BATCH: Final = 500
NAMES: Final = 3  # of those who may act for one voice, on the clerk's list


async def fill(meeting: Meeting, *, at: datetime) -> RollVersion | None:
    """Make all seats of a meeting that is being called, and return the roll it counts by.

    Raises:
        Unfit: an assembly has no roll, or nobody at all is expected.
    """
    roll = await _roll(meeting)
    taken = {str(short) for short in await MeetingSeat.filter(meeting_id=meeting.id).values_list("short", flat=True)}
    made = [*(await _voices(meeting, roll) if roll else []), *await _offices(meeting, at)]
    for seat in made:
        seat.short = _unlike(taken)
    await MeetingSeat.bulk_create(made, batch_size=BATCH)
    if not taken:
        raise Unfit("还没有请任何人。请选要邀请的身份，或者写上要请的人。", field="roles")
    return roll


async def fresh_short(meeting_id: int) -> str:
    """Return a code for the door that no other seat of this meeting has."""
    return _unlike(
        {str(short) for short in await MeetingSeat.filter(meeting_id=meeting_id).values_list("short", flat=True)}
    )


def _unlike(taken: set[str]) -> str:
    while (short := new_code(SHORT_CODE)) in taken:
        continue
    taken.add(short)
    return short


async def _roll(meeting: Meeting) -> RollVersion | None:
    if meeting.form is not Form.ASSEMBLY:
        return None
    roll = await latest_roll(meeting.body_id)
    if roll is None:
        raise Unfit("这个会议还没有冻结名册。请先冻结名册，再发通知。")
    if roll.objection_until > meeting.starts_at:
        raise Unfit("名册的异议期过完以后才能开会，请把时间改晚一些。", field="starts_at")
    return roll


async def _voices(meeting: Meeting, roll: RollVersion) -> list[MeetingSeat]:
    names = await _names(roll)
    return [
        MeetingSeat(
            community_id=meeting.community_id,
            meeting=meeting,
            kind=SeatKind.VOICE,
            votes=True,
            head_id=head.id,
            area=head.area,
            name=("、".join(names[head.id][:NAMES]) or head.label or "–")[:64],
            label=head.label,
        )
        for head in await RollHead.filter(roll_id=roll.id).order_by("id")
    ]


async def _names(roll: RollVersion) -> dict[int, list[str]]:
    voices = await RollVoice.filter(roll_id=roll.id).values_list("resident_id", "head_id")
    known: dict[int, str] = {}
    wanted = sorted({int(resident) for resident, _ in voices})
    for start in range(0, len(wanted), 5000):
        rows = Resident.filter(id__in=wanted[start : start + 5000])
        known |= {int(number): str(name) for number, name in await rows.values_list("id", "name")}
    found: dict[int, list[str]] = defaultdict(list)
    for resident, head in voices:
        found[int(head)].append(known[int(resident)])
    return found


async def _offices(meeting: Meeting, at: datetime) -> list[MeetingSeat]:
    """Return a seat for each holder of an invited office; who holds several of them sits once."""
    wanted = [*meeting.invited_roles, *([Role.OWNERS_COMMITTEE] if meeting.form is Form.COMMITTEE else [])]
    place = await Place.get(id=meeting.body.place_id)
    near = Q(place_id__in=place.ancestors) | Q(place__path__startswith=place.path)
    near |= Q(org__community_id=meeting.community_id)
    rows = await holdings_at(at).filter(near, role__in=wanted).select_related("person").order_by("id") if wanted else []
    held: dict[int, list[Role]] = defaultdict(list)
    people: dict[int, Person] = {}
    for row in rows:
        held[row.person_id].append(row.role)
        people[row.person_id] = row.person
    return [_office(meeting, people[number], roles) for number, roles in held.items() if not people[number].closed_at]


def _office(meeting: Meeting, person: Person, roles: Iterable[Role]) -> MeetingSeat:
    held = list(roles)
    return MeetingSeat(
        community_id=meeting.community_id,
        meeting=meeting,
        kind=SeatKind.OFFICE,
        votes=_has_voice(meeting.form, held),
        person=person,
        name=person.name,
        label=held[0],
    )


def _has_voice(form: Form, roles: list[Role]) -> bool:
    """Tell whether an office votes: never beside a roll, only its members in a committee, all in a council."""
    if form is Form.ASSEMBLY:
        return False
    return Role.OWNERS_COMMITTEE in roles if form is Form.COMMITTEE else True
