"""When the site was away, for everybody to read: what moves the close of a vote."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.timers.outages import listed
from web.deliberation.ballot.words import OUTAGES
from web.page import page


async def show(request: Request) -> Response:
    """Show the outages that were noticed or written down, the latest first."""
    return await page(request, "outages.html", {"outages": await listed(), "rule": OUTAGES})


routes = [Route("/outages", show, name="outages")]
