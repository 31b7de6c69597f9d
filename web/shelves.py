"""A request is held only against the routes that could fit its address, in their order.

The app has hundreds of routes, and trying them one after another took longer than what most requests are for.
"""

from collections.abc import Callable, Sequence
from typing import Final

from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

Key = tuple[str, int, str]
ANY: Final = ""  # a last part that is no fixed word


def narrow(router: Router) -> None:
    """Let a router look on one shelf only."""
    shelf = shelving(router)

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = router.app if scope["type"] == "lifespan" else shelf(scope["path"]).app
        await app(scope, receive, send)

    router.middleware_stack = chosen


def shelving(router: Router) -> Callable[[str], Router]:
    """Return what finds the shelf of a path: the routes that begin alike, are as long, and end alike or in any word."""
    shelves = _fine(router.routes)
    whole = {first: _router(rows) for first, rows in _by_first(router.routes).items()}

    def shelf(path: str) -> Router:
        parts = path.split("/")
        first, count, last = parts[1] if len(parts) > 1 else "", len(parts), parts[-1]
        found = shelves.get((first, count, last)) or shelves.get((first, count, ANY))
        return found or whole.get(first) or router

    return shelf


def _by_first(routes: Sequence[BaseRoute]) -> dict[str, list[BaseRoute]]:
    found: dict[str, list[BaseRoute]] = {}
    for route in routes:
        found.setdefault(_parts(route)[1], []).append(route)
    return found


def _fine(routes: Sequence[BaseRoute]) -> dict[Key, Router]:
    """Return the shelves of addresses with a fixed length; where a route begins that has none, there are no others."""
    found: dict[Key, Router] = {}
    for first, rows in _by_first(routes).items():
        if all(isinstance(route, Route) and ":path}" not in route.path for route in rows):
            found |= {(first, *key): _router(each) for key, each in _by_end(rows).items()}
    return found


def _by_end(rows: Sequence[BaseRoute]) -> dict[tuple[int, str], list[BaseRoute]]:
    ends = {(len(_parts(route)), _end(route)) for route in rows}
    return {
        (count, last): [each for each in rows if len(_parts(each)) == count and _end(each) in (last, ANY)]
        for count, last in ends
    }


def _end(route: BaseRoute) -> str:
    last = _parts(route)[-1]
    return ANY if "{" in last else last


def _parts(route: BaseRoute) -> list[str]:
    return str(getattr(route, "path", "/")).split("/")


def _router(rows: Sequence[BaseRoute]) -> Router:
    found = Router()
    found.routes.extend(rows)
    return found
