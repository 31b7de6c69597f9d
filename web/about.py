"""Standing pages: how the site can be used by everybody."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.page import page


async def accessibility(request: Request) -> Response:
    """Say what has been done so that everybody can use the site, and whom to tell when it is not enough."""
    return await page(request, "accessibility.html", {})


routes = [Route("/accessibility", accessibility, name="accessibility")]
