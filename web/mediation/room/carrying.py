"""A proposal put to each side alone: where it stands with each, for the mediator, and putting it to another side."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from community.codes import new_code
from community.errors import Hidden
from mediation.room.card_rules import CardKind
from mediation.room.carrying import carry
from mediation.room.models import RoomCard
from mediation.room.queries import HIDDEN, Entry, Line, rooms_of
from mediation.room.rules import RoomKind, Voice
from web.forms import read
from web.mediation.room.forms import CarryForm
from web.mediation.room.pages import look_of, present
from web.page import done
from web.person import now, signed_in


async def beside(request: Request, entry: Entry, found: Line) -> dict[str, Any]:
    """Return to whom else a proposal can be put, and where it stands with those who have it; to others nothing."""
    leads = entry.seat is not None and entry.seat.voice is Voice.MEDIATOR
    if (
        not leads
        or entry.room.kind is not RoomKind.CAUCUS
        or not found.card
        or found.card.kind is not CardKind.PROPOSAL
    ):
        return {"others": [], "asked": [], "client": ""}
    person = signed_in(request)
    rooms = [each for each in await rooms_of(person, entry.room.case, at=now(request)) if each != entry.room]
    alone = {each.id: each for each in rooms if each.kind is RoomKind.CAUCUS}
    same = RoomCard.filter(carried=found.card.carried, message__room_id__in=list(alone)).order_by("id")
    cards = await same.select_related("message") if found.card.carried else []
    asked = [(look_of(alone[each.message.room_id], person), each) for each in cards]
    known = {each.message.room_id for each in cards}
    own = found.voice is Voice.MEDIATOR
    others = [(room, look_of(room, person)) for room in alone.values() if own and room.id not in known]
    return {"others": others, "asked": asked, "client": new_code()}


async def carried(request: Request) -> Response:
    """Put a proposal to another side."""
    person, entry = await present(request)
    filled, seq = await read(request, CarryForm), request.path_params["seq"]
    if filled.data is None:
        raise Hidden(HIDDEN)
    given, room = filled.data, entry.room
    await carry(room.code, seq, given.to, given.client_id, by=person, at=now(request))
    return done(f"/cases/{room.case.code}/rooms/{room.code}/cards/{seq}")
