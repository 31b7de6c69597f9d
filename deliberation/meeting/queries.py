"""Reading meetings. While one is being planned it is known to those who hold meetings there, and to nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Q
from tortoise.functions import Count, Sum
from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import places_where, roles_in_place
from community.rights import Right, may
from deliberation.ballot.shares import NOTHING, Weight
from deliberation.body.models import RollVoice
from deliberation.body.queries import resident_of
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.meeting.models import (
    AgendaItem,
    Meeting,
    MeetingPoll,
    MeetingSeat,
    Minutes,
    MinutesSignature,
    SpeakSlot,
)
from deliberation.meeting.rules import Turn
from deliberation.meeting.workflow import Actor, MeetingState

PAGE: Final = 50
NONE_SUCH: Final = "没有找到这次会议。可能还在筹备，也可能地址抄错了。"
RIGHTS: Final = {Actor.HOST: Right.MEETING_HOST, Actor.RECORDER: Right.MEETING_RECORD}
RUNNING: Final = (MeetingState.CALLED, MeetingState.OPEN)
COMING: Final = (MeetingState.PLANNED, *RUNNING)


async def visible_to(person: Person | None, *, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings ``person`` may know of: those that were called, and those planned where they hold them."""
    public = Q(called_at__isnull=False)
    places = await places_where(person, Right.MEETING_HOST, at=at) if person else []
    for place in places:
        public |= Q(body__place__path__contains=f"/{place}/")
    return Meeting.filter(public)


async def find(person: Person | None, meeting_id: int, *, at: datetime) -> Meeting:
    """Return one meeting, or raise `Hidden` when there is none that ``person`` may know of."""
    found = Meeting.get_or_none(id=meeting_id)
    meeting = await found.select_related("body", "host", "clerk")
    if meeting is None or not (meeting.called_at or Actor.HOST in await actors_of(person, meeting, at=at)):
        raise Hidden(NONE_SUCH)
    return meeting


async def actors_of(person: Person | None, meeting: Meeting, *, at: datetime) -> frozenset[Actor]:
    """Return in which capacities ``person`` may act; commands ask again."""
    if person is None:
        return frozenset()
    roles = await roles_in_place(person, meeting.body.place_id, at=at)
    return frozenset(actor for actor, right in RIGHTS.items() if may(roles, right))


async def coming(person: Person | None, community_id: int | None, *, at: datetime) -> list[Meeting]:
    """Return what is planned, called or open, the soonest first."""
    rows = (await visible_to(person, at=at)).filter(state__in=COMING)
    here = rows.filter(community_id=community_id) if community_id else rows
    return await here.select_related("body").order_by("starts_at", "id").limit(PAGE)


async def past(
    person: Person | None, community_id: int | None, *, before: int | None = None, at: datetime
) -> tuple[list[Meeting], int | None]:
    """Return a page of what is over or cancelled, newest first, and the key of the next page when there is more."""
    rows = (await visible_to(person, at=at)).exclude(state__in=COMING)
    rows = rows.filter(community_id=community_id) if community_id else rows
    rows = rows.filter(id__lt=before) if before else rows
    found = await rows.select_related("body").order_by("-id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def calendar(community_id: int | None) -> list[Meeting]:
    """Return the newest meetings that were called, cancelled ones among them, for calendars."""
    rows = Meeting.exclude(called_at=None)
    rows = rows.filter(community_id=community_id) if community_id else rows
    return await rows.select_related("body").order_by("-starts_at").limit(200)


async def agenda(meeting: Meeting, *, dropped: bool = False) -> list[AgendaItem]:
    """Return the agenda in its order, without what was taken off unless asked; to be read, never to be saved.

    An item about a matter that moderation has hidden bears its number in the place of its words.
    """
    rows = AgendaItem.filter(meeting_id=meeting.id).select_related("matter").order_by("place", "id")
    found = await (rows if dropped else rows.filter(dropped_for=""))
    for item in found:
        if item.matter and item.matter.hidden_at:
            item.title = item.matter.name
    return found


async def seats(meeting: Meeting) -> list[MeetingSeat]:
    """Return everybody who is expected: voices first, in the order of the roll."""
    return await MeetingSeat.filter(meeting_id=meeting.id).order_by("-votes", "id")


async def seats_of(person: Person | None, meeting: Meeting) -> list[MeetingSeat]:
    """Return the seats ``person`` may take: their own, and those of the heads they may act for."""
    if person is None:
        return []
    own = Q(person_id=person.id)
    if meeting.roll_id and (resident := await resident_of(person)):
        heads = await RollVoice.filter(roll_id=meeting.roll_id, resident_id=resident.id).values_list(
            "head_id", flat=True
        )
        own |= Q(head_id__in=[int(str(head)) for head in heads])
    return await MeetingSeat.filter(own, meeting_id=meeting.id).order_by("id")


async def seat_by_code(code: str) -> MeetingSeat:
    """Return the seat that a personal link opens, with its meeting, or raise `Hidden`."""
    seat = await MeetingSeat.get_or_none(code=code).select_related("meeting__body", "meeting__host", "meeting__clerk")
    if seat is None or seat.meeting.called_at is None:
        raise Hidden("这个链接打不开。可能抄错了，也可能会议的邀请已经改过。")
    return seat


@dataclass(frozen=True, slots=True)
class Room:
    """The room at one moment: the voices expected and those here, and how many are here without one."""

    expected: Weight = NOTHING
    present: Weight = NOTHING
    guests: int = 0


async def room(meeting: Meeting) -> Room:
    """Return the room as it is now."""
    rows = MeetingSeat.filter(meeting_id=meeting.id).annotate(heads=Count("id"), areas=Sum("area"))
    whole, here, guests = NOTHING, NOTHING, 0
    for row in await rows.group_by("votes", "here").values("votes", "here", "heads", "areas"):
        weight = Weight(int(row["heads"]), int(row["areas"] or 0))
        whole += weight if row["votes"] else NOTHING
        here += weight if row["votes"] and row["here"] else NOTHING
        guests += weight.heads if row["here"] and not row["votes"] else 0
    return Room(whole, here, guests)


async def expected(meeting: Meeting) -> Weight:
    """Return how many voices are expected, and their area."""
    return (await room(meeting)).expected


async def present(meeting: Meeting) -> Weight:
    """Return how many voices are in the room at this moment, and their area."""
    return (await room(meeting)).present


async def queue(meeting: Meeting) -> list[SpeakSlot]:
    """Return who speaks and who waits, in their order."""
    rows = SpeakSlot.filter(meeting_id=meeting.id, turn__in=(Turn.SPEAKING, Turn.WAITING))
    return await rows.select_related("seat", "item").order_by("turn", "place", "id")


async def spoken(meeting: Meeting) -> list[SpeakSlot]:
    """Return who has spoken."""
    rows = SpeakSlot.filter(meeting_id=meeting.id, turn=Turn.DONE)
    return await rows.select_related("seat", "item").order_by("began_at", "id")


async def polls(meeting: Meeting) -> list[MeetingPoll]:
    """Return every question that was put, in its order."""
    return await MeetingPoll.filter(meeting_id=meeting.id).select_related("item").order_by("id")


async def open_poll(meeting: Meeting) -> MeetingPoll | None:
    """Return the question that is being answered now."""
    return await MeetingPoll.filter(meeting_id=meeting.id, closed_at=None).select_related("item").first()


async def newest_minutes(meeting: Meeting) -> Minutes | None:
    """Return the minutes as they read now."""
    rows = Minutes.filter(meeting_id=meeting.id).select_related("written_by")
    return await rows.order_by("-number").first()


async def versions(meeting: Meeting) -> list[Minutes]:
    """Return every wording, newest first."""
    return await Minutes.filter(meeting_id=meeting.id).select_related("written_by").order_by("-number")


async def signatures(meeting: Meeting) -> list[MinutesSignature]:
    """Return every signature under every wording, with its wording."""
    rows = MinutesSignature.filter(minutes__meeting_id=meeting.id)
    return await rows.select_related("minutes", "signer").order_by("minutes_id", "id")


async def matters_to_talk_about(community_id: int) -> Sequence[Matter]:
    """Return the public matters that an agenda may name."""
    open_ones = (State.PARTY_STUDY, State.DELIBERATING, State.FINALISED, State.NOTICED)
    rows = Matter.filter(community_id=community_id, state__in=open_ones).exclude(public_at=None)
    return await rows.order_by("-id").limit(PAGE)
