"""Answering with the page of a case; the pages of its rooms come back here when something is to be mended."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from community.people.models import Person
from mediation.case.access import Thing
from mediation.case.events import Event
from mediation.case.queries import visible_case
from mediation.case.states import Clock
from mediation.feedback.rules import Suit
from mediation.intake.rules import DeclineReason
from mediation.intake.ways import ways_of
from mediation.privacy.logging import note
from web.forms import Mistake
from web.mediation.case.beside import beside
from web.mediation.case.steps import offered
from web.mediation.case.view import is_staff_view, view_of
from web.page import page
from web.person import now

HERE = "mediation/case"


async def shown(
    request: Request,
    me: Person,
    code: str,
    *,
    errors: Mapping[str, Mistake] | None = None,
    typed: Mapping[str, object] | None = None,
    status: int = 200,
) -> Response:
    """Answer with the page of a case, with what was typed wrongly on it."""
    at = now(request)
    case, seats = await visible_case(me, code, at=at)
    view = await view_of(case, seats, me, at)
    await note(case, seats, (Thing.IDENTITY, Thing.STATEMENT), by=me, at=at)
    template = "desk_case.html" if is_staff_view(seats) else "case.html"
    words: dict[str, object] = {
        "clock_of": Clock,
        "event_of": Event,
        "reasons": list(DeclineReason),
        "suits": list(Suit),
    }
    words |= {"ways": ways_of(case.type_code), "offered": offered(case, seats), **await beside(case, seats, me)}
    more = words | {"wrong": errors or {}, "typed": typed or {}}
    return await page(request, f"{HERE}/{template}", view | more, status=status)
