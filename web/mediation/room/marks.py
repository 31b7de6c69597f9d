"""Asking whose mark stands on a picture of a one-sided talk."""

from typing import Annotated, Any

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.models import Person
from mediation.room.queries import HIDDEN, Entry
from mediation.room.rules import RoomKind, Voice
from mediation.room.watermark import whose
from web.forms import Filled, Form, read
from web.mediation.room.pages import address, present
from web.page import page
from web.person import now


class MarkForm(Form):
    """The mark on the picture."""

    mark: Annotated[str, StringConstraints(max_length=20)]


async def ask(request: Request) -> Response:
    """Show where a mark is typed in, and whose it is."""
    person, entry = await present(request)
    if entry.seat is None or entry.seat.voice is not Voice.MEDIATOR or entry.room.kind is not RoomKind.CAUCUS:
        raise Hidden(HIDDEN)
    if request.method == "GET":
        return await _shown(request, entry, Filled({}, None, {}))
    form = await read(request, MarkForm)
    if form.data is None:
        return await _shown(request, entry, form, status=422)
    code, room = entry.room.case.code, entry.room.code
    try:
        found = await whose(code, room, form.data.mark, by=person, at=now(request))
    except Unfit as wrong:
        return await _shown(request, entry, form.with_error(wrong), status=422)
    return await _shown(request, entry, form, found)


async def _shown(
    request: Request, entry: Entry, form: Filled[Any], found: Person | None = None, *, status: int = 200
) -> Response:
    view = {"entry": entry, "form": form, "address": address(entry), "found": found}
    return await page(request, "mediation/room/mark.html", view, status=status)


routes = [Route("/cases/{code}/rooms/{room}/mark", ask, methods=["GET", "POST"], name="room-mark")]
