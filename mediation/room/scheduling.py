"""The times of an appointment shown in the room where those asked talk; what becomes of it is said there too."""

from datetime import datetime

from community.people.models import Person
from mediation.appointment.models import Appointment, OfferedTime
from mediation.room.card_rules import CardKind, CardState, Reply, Terms, packed, said_as
from mediation.room.lines import take_number, write
from mediation.room.models import Room, RoomCard
from mediation.room.rules import LineKind, RoomKind, Voice


async def show_times(row: Appointment, *, by: Person, at: datetime) -> None:
    """Put the times on offer into the joint room, or that of the one side; call it inside the command.

    Where there is no such room nothing is shown: the letters and the page of the appointment remain.
    """
    kind = RoomKind.CAUCUS if row.party_id else RoomKind.JOINT
    room = await Room.get_or_none(case_id=row.case_id, kind=kind, party_id=row.party_id, closed_at=None)
    if room is None:
        return
    times = await OfferedTime.filter(appointment_id=row.id, round=row.round).order_by("n")
    shown = Terms(text="", times=tuple(each.starts_at.isoformat() for each in times))
    await take_number(room)
    line = await write(room, packed(shown), by=by, at=at, voice=Voice.MEDIATOR, kind=LineKind.CARD)
    await RoomCard.create(message=line, kind=CardKind.SCHEDULE, appointment=row)


async def tell_what_became(row: Appointment, reply: Reply, *, by: Person | None, at: datetime) -> None:
    """Say in the room what became of the times shown there; call it inside the command."""
    states = {Reply.FIXED: CardState.AGREED, Reply.MOVED: CardState.WITHDRAWN, Reply.CALLED_OFF: CardState.WITHDRAWN}
    card = await RoomCard.filter(appointment_id=row.id).order_by("-id").first().select_related("message__room")
    if card is None or card.message.room.closed_at:
        return
    await RoomCard.filter(id=card.id).update(state=states[reply], settled_at=at)
    room, about = card.message.room, card.message.seq
    await take_number(room)
    await write(room, said_as(reply), by=by, at=at, voice=None, kind=LineKind.REPLY, reply_to=about)
