"""What was changed from one wording of an agreement to the next, word by word."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deliberation.matter.diff import compare
from mediation.agreement.wordings import changes, wordings, words
from web.page import page
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """Show every wording beside the one before it, the newest first."""
    case, found = await wordings(signed_in(request), request.path_params["code"], at=now(request))
    steps = [(old, new, compare(words(before), words(after))) for (old, before), (new, after) in changes(found)]
    return await page(request, "mediation/agreement/changes.html", {"case": case, "steps": steps})


routes = [Route("/cases/{code}/agreement/changes", show, name="agreement-changes")]
