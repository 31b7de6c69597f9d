"""Who is told that something was said: the members who are not there, once until they look, and rarely by mail."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.case.mailing import not_mailed
from mediation.room.models import Room, RoomSeen
from mediation.room.rules import MAIL_GAP, Voice
from mediation.room.sitting import seats
from web.teller import Teller
from web.words import N_

OBJECTED: Final = N_("{code} 里有一条消息被遮住，写的人有意见，请再看一看该不该遮。")
SENTENCE: Final = N_("您有新消息。")


async def said(event: Event) -> None:
    """Tell the absent members, without a word of who said what; at most one mail about a room in half an hour."""
    facts = facts_of(event)
    room = await Room.get(id=facts["room"]).select_related("case")
    seq = int(str(facts["seq"]))
    held = {person_id for _, person_id in await seats([room.id], at=event.at)} - {event.actor_id}
    marks = RoomSeen.filter(room_id=room.id, person_id__in=held, seq__lt=seq)
    for mark in await marks.order_by("person_id"):
        if mark.here_until is None or mark.here_until <= event.at:
            await _tell(room, mark, event)


async def _tell(room: Room, mark: RoomSeen, event: Event) -> None:
    """Write one line per absence: the mark of how far they have read names it. A mail only after a pause."""
    rested = mark.mailed_at is None or event.at - mark.mailed_at >= MAIL_GAP
    mail = rested and not await not_mailed(room.case, {mark.person_id})
    if mail:
        await RoomSeen.filter(id=mark.id).update(mailed_at=event.at)
    await tell(
        [mark.person_id],
        SENTENCE,
        {},
        url=f"/cases/{room.case.code}/rooms/{room.code}",
        at=event.at,
        topic=Topic.CASE,
        mail=mail,
        dedupe=f"{room.name}:{mark.seq}",
    )


async def objected(event: Event) -> None:
    """Ask the mediators of the room and the head of the committee to look at a covered line again."""
    facts = facts_of(event)
    room = await Room.get(id=facts["room"]).select_related("case")
    leads = {key[1] for key, seat in (await seats([room.id], at=event.at)).items() if seat.voice is Voice.MEDIATOR}
    heads = set(await people_with(Right.CASE_DIRECT, org_id=room.case.org_id, at=event.at))
    url, about = f"/cases/{room.case.code}", {"code": room.case.code}
    await tell(sorted(leads | heads), OBJECTED, about, url=url, at=event.at, topic=Topic.CASE)


TELLERS: Final[Mapping[str, Teller]] = {
    "room.message": said,
    "room.permit": said,
    "room.answer": said,
    "room.evidence": said,
    "room.card": said,
    "room.reply": said,
    "room.tongue": said,
    "room.voice": said,
    "room.mute": said,
    "room.unmute": said,
    "room.objected": objected,
}
