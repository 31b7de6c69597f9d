"""The periods of a case, each with what its last day follows from."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from mediation.case.access import Grade, Thing, letter, may_read
from mediation.case.events import Event
from mediation.case.noting import may_read_notes, notes_of
from mediation.case.queries import visible_case
from mediation.case.states import Clock
from mediation.case.waiting import opened_pause
from mediation.clock.reading import promised, told
from web.mediation.clock import counting
from web.mediation.clock.words import BECAUSE, LAWS
from web.page import page
from web.person import now, signed_in

HERE = "mediation/clock"


async def clocks(request: Request) -> Response:
    """Show every period of a case and why it ends when it does."""
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    open_ = letter(seats, Thing.INDEX, case.state) is Grade.WHOLE
    rows = await told(case) if open_ else []
    inside = may_read_notes(seats, case.state)
    pauses = {each.id: each for row in rows for each in (*row.left_out, *row.counted)}
    view = {
        "case": case,
        "rows": rows,
        "promises": await promised(case) if open_ and may_read(seats, Thing.PERFORMANCE, case.state) else [],
        "words": {n: opened_pause(case, each, "words") for n, each in pauses.items()} if inside else {},
        "notes": await notes_of(case) if inside else [],
        "event_of": Event,
        "today": local_day(at),
        "because": BECAUSE,
        "laws": LAWS,
        "confirmation": Clock.JC,
    }
    return await page(request, f"{HERE}/clocks.html", view)


routes = [Route("/cases/{code}/clocks", clocks, name="case-clocks"), *counting.routes]
