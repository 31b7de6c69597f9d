"""附议、确认、收回 — buttons of one press, and the page on which an endorser sees what changed."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deliberation.matter import confirming, queries, seconding
from deliberation.matter.meaning import Sign
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.support import Stand, stand
from deliberation.matter.wording import pair
from web.deliberation.matter.forms import ReadForm
from web.deliberation.matter.versions import compared
from web.forms import read
from web.page import done, page
from web.person import now, signed_in


async def endorse(request: Request) -> Response:
    """Second the words that were read."""
    number = request.path_params["id"]
    version = await _version_read(request)
    await seconding.endorse(number, version=version, by=signed_in(request), at=now(request))
    return done(f"/matters/{number}")


async def confirmation(request: Request) -> Response:
    """Show what changed since the reader seconded it, and ask whether they still do."""
    person = signed_in(request)
    matter = await queries.find(person, request.path_params["id"])
    given = await queries.endorsed_by(person, matter)
    view = {"matter": matter, "asked": _asked(matter, given), "mine": given, "signs": Sign, "at": now(request)}
    if given and _asked(matter, given):
        old, new = await pair(matter, matter.version, given.version)
        view |= {"old": old, "new": new, **compared(old, new)}
    return await page(request, "deliberation/matter/confirmation.html", view)


async def confirm(request: Request) -> Response:
    """Say that one's second still holds."""
    number = request.path_params["id"]
    version = await _version_read(request)
    await confirming.confirm(number, version=version, by=signed_in(request), at=now(request))
    return done(f"/matters/{number}/confirmation")


async def retract(request: Request) -> Response:
    """Take one's second back."""
    number = request.path_params["id"]
    await confirming.retract(number, by=signed_in(request), at=now(request))
    return done(f"/matters/{number}/confirmation")


async def _version_read(request: Request) -> int | None:
    """Return the version that the pressed page showed; 0, which is none, when that cannot be read."""
    filled = await read(request, ReadForm)
    return filled.data.version if filled.data else 0


def _asked(matter: Matter, given: Endorsement | None) -> bool:
    return given is not None and stand(given.version, given.ended, matter.meaning_since) is Stand.ASKED


routes = [
    Route("/matters/{id:int}/endorsement", endorse, methods=["POST"], name="matter-endorsement"),
    Route("/matters/{id:int}/confirmation", confirmation, name="matter-confirmation"),
    Route("/matters/{id:int}/confirmation", confirm, methods=["POST"], name="matter-confirm"),
    Route("/matters/{id:int}/retraction", retract, methods=["POST"], name="matter-retraction"),
]
