"""What the reader of a room's page has answered to the cards on it."""

from collections.abc import Iterable

from mediation.appointment.models import AppointmentAnswer
from mediation.appointment.rules import Fixing, numbers
from mediation.room.queries import Line
from mediation.room.sitting import Seat
from web.mediation.room.show import Answering


async def answering_of(seat: Seat | None, lines: Iterable[Line]) -> Answering | None:
    """Return for whom the reader answers and which times they chose; nothing is asked where no times are on offer."""
    if seat is None or seat.party_id is None:
        return Answering(frozenset(), {})
    open_ = {card.meeting for each in lines if (card := each.card) and card.meeting}
    offered = {each.id: each.round for each in open_ if each.state is Fixing.OFFERED}
    found = AppointmentAnswer.filter(appointment_id__in=list(offered), party_id=seat.party_id)
    rows = [each for each in await found if each.round == offered[each.appointment_id]] if offered else []
    return Answering(frozenset({seat.party_id}), {each.appointment_id: numbers(each.suits) for each in rows})
