"""The first page, and a sign of life for whoever watches the service."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tortoise.connection import get_connection

from web.page import page


async def home(request: Request) -> Response:
    """Show what waits for the reader, and the three big doors."""
    return await page(request, "home.html", {})


async def alive(_request: Request) -> Response:
    """Answer while the database answers."""
    await get_connection("default").execute_query("SELECT 1")
    return JSONResponse({"status": "ok"})


routes = [Route("/", home, name="home"), Route("/alive", alive, name="alive")]
