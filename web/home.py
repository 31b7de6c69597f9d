"""The first page, and a sign of life for whoever watches the service."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tortoise.connection import get_connection

from deliberation.matter.quick_queries import listed
from web.deliberation.asking import here
from web.deliberation.matter.steps import KINDS
from web.page import page
from web.person import maybe, now
from web.waiting import waits

NEWS = 5


async def home(request: Request) -> Response:
    """Show what waits for the reader, and the three big doors."""
    person, at = maybe(request), now(request)
    news, _ = await listed(person, here(request), newest=NEWS)
    view = {"waits": await waits(person, at=at), "news": news, "kinds": KINDS, "at": at}
    return await page(request, "home.html", view)


async def alive(_request: Request) -> Response:
    """Answer while the database answers."""
    await get_connection("default").execute_query("SELECT 1")
    return JSONResponse({"status": "ok"})


routes = [Route("/", home, name="home"), Route("/alive", alive, name="alive")]
