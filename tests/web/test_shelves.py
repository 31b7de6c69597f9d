"""A shelf holds every route that could fit, in the order in which all stand."""

from collections.abc import Iterable

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route, Router
from starlette.types import Message, Scope

from web.rooms import ROUTES
from web.shelves import narrow, shelving


async def _told(request: Request) -> Response:
    return PlainTextResponse(request.scope["path"])


def _scope(path: str) -> Scope:
    return {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": [], "query_string": b""}


def _first(routes: Iterable[BaseRoute], path: str) -> BaseRoute | None:
    return next((each for each in routes if each.matches(_scope(path))[0] is Match.FULL), None)


async def _status(router: Router, path: str, method: str = "GET") -> tuple[int, bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await router({**_scope(path), "method": method}, receive, send)
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:])


def _named(name: str) -> Route:
    async def told(request: Request) -> Response:
        return PlainTextResponse(name)

    return Route(name, told)


NAMES = ("/", "/a/new", "/a/{n}", "/a/{n}/b", "/a/{n}/{m}", "/a/{n}/x.{form}", "/d/{n}", "/d/fixed", "/t/{rest:path}")
FITS = [
    ("/", "/"),
    ("/a/new", "/a/new"),
    ("/a/7", "/a/{n}"),
    ("/a/7/b", "/a/{n}/b"),
    ("/a/7/c", "/a/{n}/{m}"),
    ("/d/fixed", "/d/{n}"),  # what stands first is first
    ("/t/1/2/3", "/t/{rest:path}"),
]


@pytest.mark.parametrize(("path", "name"), FITS)
async def test_the_first_that_fits_answers(path: str, name: str) -> None:
    router = Router([_named(each) for each in NAMES])
    narrow(router)
    assert await _status(router, path) == (200, name.encode())


async def test_nothing_fits_and_the_wrong_verb() -> None:
    router = Router([*(_named(each) for each in NAMES), Mount("/s", routes=[Route("/deep/er", _told)])])
    narrow(router)
    assert [(await _status(router, path))[0] for path in ("/a/1/2/3", "/nowhere", "//")] == [404] * 3
    assert (await _status(router, "/a/7", "DELETE"))[0] == 405
    assert (await _status(router, "/s/deep/er"))[0] == 200
    assert (await _status(router, "/a/7/b/"))[0] == 307  # as a router without shelves says


def test_every_route_of_the_app_is_found_where_it_was() -> None:
    choose = shelving(Router([*ROUTES]))
    for route in ROUTES:
        path = getattr(route, "path", "/").replace(":int}", "}")
        path = "/".join("7" if part.startswith("{") else part.replace("{form}", "pdf") for part in path.split("/"))
        assert _first(choose(path).routes, path) is _first(ROUTES, path), path
