"""The days of an agreement for the calendar of a telephone; it says nothing of what was agreed, nor by whom."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from mediation.agreement.queries import obligations_of, readable_case
from mediation.agreement.rules import OWED, may_see_performance
from mediation.case.queries import HIDDEN
from web.ical import TYPE, Entry, calendar_of, event_of, uid_of
from web.locale import say
from web.page import prefs_of, url_for
from web.person import now, signed_in
from web.words import N_

SUMMARY: Final = N_("约定的事今天到期（查询码 {code}）")


async def ics(request: Request) -> Response:
    """Answer with the last day of everything that is still owed, a day an entry."""
    me, at = signed_in(request), now(request)
    case, seats = await readable_case(me, request.path_params["code"], at=at)
    if not may_see_performance(seats, case.state):
        raise Hidden(HIDDEN)
    site_url = request.app.state.settings.site_url
    told = say(prefs_of(request).lang, SUMMARY, code=case.code)
    entries = [
        Entry(
            uid=uid_of(f"obligation-{one.code}", site_url),
            summary=told,
            begins=one.due_on,
            changed=at,
            url=site_url + url_for("agreement", code=case.code),
        )
        for one in await obligations_of(case)
        if one.due_on and one.state in OWED
    ]
    text = calendar_of([event_of(entry) for entry in entries], method="PUBLISH")
    head = {"Content-Disposition": 'attachment; filename="heyi-days.ics"', "Cache-Control": "no-store"}
    return Response(text, media_type=TYPE, headers=head)


routes = [Route("/cases/{code}/agreement/calendar.ics", ics, name="agreement-calendar")]
