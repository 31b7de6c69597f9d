"""Looking for words in one's own rooms. They are posted and never stand in an address, nor in a log or a history."""

import asyncio
from typing import Any, Final

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.privacy.logging import note_room
from mediation.room.searching import Finds, find
from web.forms import Filled, Form, read
from web.mediation.room.pages import hold_back
from web.page import page
from web.person import now, signed_in

SECONDS: Final = 2.0
BLANK: Final[Filled[Any]] = Filled({}, None, {})


class FindForm(Form):
    """What is looked for."""

    q: str = Field(default="", max_length=60)


async def search(request: Request) -> Response:
    """Show where to write what is looked for, and what was found."""
    me, at = signed_in(request), now(request)
    if request.method == "GET":
        return await _page(request, BLANK, None)
    form = await read(request, FindForm)
    if form.data is None:
        return await _page(request, form, None)
    hold_back(request, me)
    loop = asyncio.get_running_loop()
    until = loop.time() + SECONDS
    try:
        found = await find(me, form.data.q, enough=lambda: loop.time() > until, at=at)
    except Unfit as why:
        return await _page(request, form.with_error(why), None)
    for room, seat in {each.room.id: (each.room, each.seat) for each in found.finds}.values():
        if seat:
            await note_room(room, seat.voice, by=me, at=at)
    return await _page(request, form, found)


async def _page(request: Request, form: Filled[Any], found: Finds | None) -> Response:
    view = {"form": form, "found": found}
    return await page(request, "mediation/room/search.html", view, status=422 if form.errors else 200)


routes = [Route("/disputes/search", search, methods=["GET", "POST"], name="rooms-search")]
