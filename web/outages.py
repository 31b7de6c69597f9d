"""When the site was away, for everybody to read: what moves the close of a vote; administrators write one down."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import SHANGHAI
from community.errors import Unfit
from community.timers.outages import WHY, listed, may_note, require_note, write_down
from web.api.call import Answer, Ask, Call
from web.deliberation.ballot.words import OUTAGES
from web.forms import Filled, Form, read
from web.page import done, page
from web.person import maybe, now, signed_in
from web.words import N_


class OutageForm(Form):
    """From when to when, Beijing time, and how it is known."""

    since: datetime
    until: datetime
    why: Annotated[str, StringConstraints(max_length=WHY[1])] = ""


async def show(request: Request) -> Response:
    """Show the outages that were noticed or written down, the latest first."""
    return await _show(request, Filled({}, None, {}))


async def _show(request: Request, filled: Filled[Any], *, status: int = 200) -> Response:
    person = maybe(request)
    notes = bool(person) and await may_note(signed_in(request), at=now(request))
    view = {"outages": await listed(), "rule": OUTAGES, "may_note": notes, "filled": filled}
    return await page(request, "outages.html", view, status=status)


async def note(request: Request) -> Response:
    """Write an outage down."""
    by = signed_in(request)
    await require_note(by, at=now(request))
    filled = await read(request, OutageForm)
    if filled.data is None:
        return await _show(request, filled, status=422)
    data = filled.data
    try:
        await write_down(_beijing(data.since), _beijing(data.until), data.why, by=by, at=now(request))
    except Unfit as why:
        return await _show(request, filled.with_error(why), status=422)
    return done("/outages")


def _beijing(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


class OutageOut(Answer):
    """One outage; ``why`` is empty where the site noticed it by itself."""

    id: int
    since: datetime
    until: datetime
    noted_at: datetime
    why: str


class Outages(Answer):
    """The last hundred outages, the latest first."""

    items: list[OutageOut]


async def list_outages(ask: Ask) -> Outages:
    """Answer with the outages."""
    del ask
    plain = ("id", "since", "until", "noted_at", "why")
    return Outages(items=[OutageOut(**{name: getattr(each, name) for name in plain}) for each in await listed()])


routes = [
    Route("/outages", show, name="outages"),
    Route("/outages", note, methods=["POST"], name="outage-note"),
]
calls = [
    Call(
        method="GET",
        path="/outages",
        name="listOutages",
        title=N_("列出停机记录，新的在前"),
        do=list_outages,
        answer=Outages,
    ),
]
