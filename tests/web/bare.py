"""The smallest application, under the limits of the real one: ``python -m tests.web.bare FACTORY PORT``."""

import asyncio
import os
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from community.places.models import Place, PlaceKind
from community.record.transaction import bookkeeping
from web.app import create_app
from web.log import set_up
from web.serve import limits
from web.settings import load


async def quick(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def measure(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def slow(_request: Request) -> Response:
    await asyncio.sleep(1.5)
    return PlainTextResponse("done")


async def long(_request: Request) -> Response:
    return PlainTextResponse("x" * 50_000_000)


def plain() -> Starlette:
    routes = [Route("/", quick), Route("/slow", slow), Route("/long", long)]
    return Starlette(routes=[*routes, Route("/measure", measure, methods=["POST"])])


@bookkeeping
async def found(name: str) -> None:
    """Write slowly: the row, then a long thought, then the commit."""
    await Place.create(kind=PlaceKind.PROVINCE, name=name, code=name)
    await asyncio.sleep(1.5)


async def write(request: Request) -> Response:
    await found(request.path_params["name"])
    return PlainTextResponse("written")


async def fail(_request: Request) -> Response:
    raise RuntimeError("Key (email)=(lan@example.org) of 13800138000 already exists")


def heyi() -> Starlette:
    """Return the real application with two doors more."""
    settings = load(os.environ)
    set_up(settings)
    app = create_app(settings)
    app.router.routes[:0] = [Route("/write/{name}", write, methods=["POST"]), Route("/fail", fail)]
    return app


if __name__ == "__main__":
    factory, port = sys.argv[1:]
    uvicorn.run(f"tests.web.bare:{factory}", factory=True, host="127.0.0.1", port=int(port), **limits(1))
