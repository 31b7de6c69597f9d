"""公开与监督 — what was decided, and clear counts, for anybody."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deliberation.outcome import queries
from web.deliberation.asking import here, number
from web.page import page
from web.person import maybe, now


async def index(request: Request) -> Response:
    """Show the figures of this year and the decisions, newest first."""
    person, community, at = maybe(request), here(request), now(request)
    rows, more = await queries.decided(person, community, before=number(request, "before"))
    figures = await queries.figures(person, community, at=at)
    return await page(
        request, "deliberation/outcome/index.html", {"results": rows, "next": more, "figures": figures, "at": at}
    )


routes = [Route("/open", index, name="open")]
