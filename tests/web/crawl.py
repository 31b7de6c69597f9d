"""Every page of the application as each role sees it, found by following links from the first page."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx2
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Match, Mount, Route

from community.people.models import Person
from tests.web.markup import Page
from tests.world import World, sign_in

SITE = "http://test"
START = "the start"
SAME_ROUTE = 10  # pages of one route that one role opens

Roles = Mapping[str, Person | None]


def roles(world: World) -> Roles:
    """Return who walks through the application; nobody stands for a visitor."""
    cast = ["lan", "qiang", "clerk", "moderator", "supervisor", "intake", "director", "mediator", "admin", "stranger"]
    return {"visitor": None, **{name: getattr(world, name) for name in cast}}


@dataclass(frozen=True)
class Walker:
    """Somebody who walks through the application: from where, with which cookies besides those of a session, how far.

    Attributes:
        onward: follow the links of a page; else only ``start`` is opened.
    """

    name: str
    person: Person | None = None
    start: tuple[str, ...] = ("/",)
    cookies: Mapping[str, str] = field(default_factory=dict)
    onward: bool = True


@dataclass
class Visit:
    """One page as one role saw it."""

    role: str
    url: str
    route: str
    status: int
    kind: str
    html: str
    came_from: str

    @cached_property
    def page(self) -> Page:
        """Return the page taken apart."""
        return Page(self.html)

    def __str__(self) -> str:
        return f"{self.role} {self.url} ({self.route}, {self.status}, from {self.came_from})"


def route_of(app: Starlette, path: str, method: str = "GET") -> str:
    """Return the pattern of the route that answers ``path``, or nothing."""
    return _among(app.routes, path, method)


def _among(routes: Iterable[BaseRoute], path: str, method: str) -> str:
    scope = {"type": "http", "path": path, "method": method, "root_path": "", "headers": []}
    for route in routes:
        match, _ = route.matches(scope)
        if match is Match.FULL and isinstance(route, Mount):
            inner = route.routes and _among(route.routes, path.removeprefix(route.path), method)
            return f"{route.path}{inner}" if inner else ""
        if match is Match.FULL and isinstance(route, Route):
            return route.path
    return ""


async def client_of(app: Starlette, person: Person | None, *, raises: bool = True) -> httpx2.AsyncClient:
    """Return a client in which ``person`` is signed in; a crash of the application surfaces as its exception."""
    transport = httpx2.ASGITransport(app, raise_app_exceptions=raises)
    cookies = await sign_in(person) if person else {}
    return httpx2.AsyncClient(transport=transport, base_url=SITE, cookies=cookies)


def here(url: str, link: str) -> str | None:
    """Return ``link`` on the page ``url`` as a path of this site, or None when it leads elsewhere."""
    whole = urldefrag(urljoin(f"{SITE}{url}", link)).url
    parts = urlsplit(whole)
    if parts.scheme not in {"http", "https"} or parts.netloc != "test" or parts.path.startswith("/static/"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


async def walk(
    app: Starlette, name: str, person: Person | None, *, start: Iterable[str] = ("/",), same_route: int = SAME_ROUTE
) -> list[Visit]:
    """Follow every link of this site from ``start`` as ``person``, ``same_route`` pages of each route at most."""
    return await follow(app, Walker(name, person, tuple(start)), same_route=same_route)


async def follow(app: Starlette, walker: Walker, *, same_route: int = SAME_ROUTE) -> list[Visit]:
    """Go where a walker goes; the addresses they start from are all opened, however many there are of a route."""
    visits: list[Visit] = []
    waiting = deque((url, START) for url in walker.start)
    met = set(walker.start)
    opened: Counter[str] = Counter()
    async with await client_of(app, walker.person) as client:
        client.cookies.update(dict(walker.cookies))
        while waiting:
            url, origin = waiting.popleft()
            route = route_of(app, urlsplit(url).path)
            opened[route] += origin != START
            if opened[route] > same_route:
                continue
            visit = await _look(client, walker.name, url, route, origin)
            visits.append(visit)
            for found in leads(visit) if walker.onward else ():
                if found not in met:
                    met.add(found)
                    waiting.append((found, url))
    return visits


async def _look(client: httpx2.AsyncClient, role: str, url: str, route: str, origin: str) -> Visit:
    answer = await client.get(url)
    kind = answer.headers.get("content-type", "")
    html = answer.text if kind.startswith("text/html") else ""
    visit = Visit(role, url, route, answer.status_code, kind, html, origin)
    if answer.is_redirect:
        visit.html = f'<a href="{answer.headers["location"]}">'
        visit.kind = "redirect"
    return visit


def leads(visit: Visit) -> list[str]:
    """Return where a page leads, in the order of its links."""
    page = visit.page if visit.html else Page("")
    links = page.links + [form.action for form in page.forms if form.method == "get"]
    found = [here(visit.url, link) for link in links]
    return [each for each in dict.fromkeys(found) if each]


def signs_of_use(visits: Iterable[Visit]) -> list[Visit]:
    """Choose the fewest first visits that together show every kind of element of every route.

    A page goes in when it shows a kind of element that no chosen page of its route showed.
    """
    seen: dict[str, set[str]] = {}
    chosen = []
    for visit in visits:
        if visit.kind == "redirect" or not visit.html:
            continue
        marks = {each.mark for each in visit.page.elements}
        known = seen.setdefault(visit.route, set())
        if marks - known:
            known |= marks
            chosen.append(visit)
    return chosen


WORDS_OF_QUERY = re.compile(r"query_params(?:\.get\(|\[)\"(\w+)\"")
