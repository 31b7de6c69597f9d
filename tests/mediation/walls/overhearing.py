"""Taking in whatever the site gives somebody: pages, files, papers before they are printed, sockets, letters."""

import asyncio
import io
import json
import re
import secrets
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from tortoise.connection import get_connection

from community.people.models import Person
from community.tokens.models import ApiToken
from community.tokens.queries import hash_of
from community.tokens.rules import Scope
from tests.web.crawl import Visit, client_of, leads, route_of
from tests.world import FOREVER, NOON, sign_in
from web.typeset import sheet

ELSEWHERE = ("/matters", "/ballots", "/bodies", "/budgets", "/law", "/static", "/moderation", "/orgs", "/sign-out")
"""Where disputes are not told of; other tests walk there."""
SAME_ROUTE = 3


@dataclass
class Taken:
    """Everything that one person was answered: where, and the text."""

    texts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, where: str, text: str) -> None:
        self.texts.append((where, text))


def addresses(routes: list[BaseRoute], method: str, values: dict[str, list[str]], base: str = "") -> Iterator[str]:
    """Return every address of a method that can be filled in from ``values``, by the name of what is missing."""
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            yield from addresses(list(route.routes), method, values, base + route.path)
        elif isinstance(route, Route) and method in (route.methods or ()):
            yield from _filled(base + route.path, values)


def _filled(path: str, values: dict[str, list[str]]) -> Iterator[str]:
    missing = re.search(r"\{(\w+)(?::\w+)?\}", path)
    if not missing:
        yield path
        return
    for value in values.get(missing[1], []):
        yield from _filled(path.replace(missing[0], value, 1), values)


class Ear:
    """Somebody who asks for everything and takes down what comes."""

    def __init__(self, app: Starlette, printed: list[str]) -> None:
        self.app, self.printed = app, printed

    async def walk(self, person: Person | None, start: list[str], taken: Taken, cookies: dict[str, str]) -> None:
        """Follow the links from ``start``; the addresses given are all asked for."""
        waiting, met, opened = deque(start), set(start), dict[str, int]()
        first = len(start)
        async with await client_of(self.app, person) as client:
            client.cookies.update(cookies)
            while waiting:
                url = waiting.popleft()
                first -= 1
                route = route_of(self.app, urlsplit(url).path)
                opened[route] = opened.get(route, 0) + 1
                if url.startswith(ELSEWHERE) or (first < 0 and opened[route] > SAME_ROUTE):
                    continue
                fresh = [each for each in leads(await self._look(client, url, route, taken)) if each not in met]
                met.update(fresh)
                waiting.extend(fresh)

    async def _look(self, client: httpx2.AsyncClient, url: str, route: str, taken: Taken) -> Visit:
        self.printed.clear()
        answer = await client.get(url)
        kind = answer.headers.get("content-type", "")
        text = answer.text if kind.startswith(("text/", "application/json")) else unpacked(answer.content)
        taken.add(f"GET {url} ({answer.status_code})", f"{text}\n{answer.headers}\n{self.printed}")
        page = answer.text if kind.startswith("text/html") else ""
        if answer.is_redirect:
            page = f'<a href="{answer.headers["location"]}">'
        return Visit("", url, route, answer.status_code, kind, page, "")

    async def call(self, person: Person, urls: list[str], taken: Taken) -> None:
        """Ask the API with a token that permits everything."""
        secret = secrets.token_urlsafe()
        life: dict[str, Any] = {"made_at": NOON, "expires_at": FOREVER, "scopes": " ".join(Scope), "label": "all"}
        await ApiToken.create(token_hash=hash_of(secret), person=person, **life)
        async with await client_of(self.app, None) as client:
            client.headers["authorization"] = f"Bearer {secret}"
            for url in urls:
                answer = await client.get(url)
                taken.add(f"GET {url} ({answer.status_code})", answer.text)

    async def post(self, person: Person | None, urls: list[str], data: dict[str, str], taken: Taken) -> None:
        """Send forms that cannot be right, and take down the answers."""
        async with await client_of(self.app, person) as client:
            for url in urls:
                answer = await client.post(url, data=data)
                taken.add(f"POST {url} ({answer.status_code})", answer.text)

    async def listen(self, person: Person, path: str, taken: Taken) -> None:
        """Open a socket, ask for every line from the first, and take down the frames of a moment."""
        cookies = "; ".join(f"{name}={value}" for name, value in (await sign_in(person)).items())
        headers = [(b"host", b"test"), (b"origin", b"http://test"), (b"cookie", cookies.encode())]
        scope = {
            "type": "websocket", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "ws", "path": path,
            "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": headers, "subprotocols": [],
            "client": ("127.0.0.1", 5000), "server": ("test", 80), "extensions": {},
        }  # fmt: skip
        resume: dict[str, object] = {"type": "websocket.receive", "text": json.dumps({"type": "resume", "after": 0})}
        coming: list[dict[str, object]] = [{"type": "websocket.connect"}, resume]

        async def receive() -> dict[str, object]:
            if not coming:
                await asyncio.sleep(0.2)
            return coming.pop(0) if coming else {"type": "websocket.disconnect", "code": 1001}

        async def send(event: dict[str, object]) -> None:
            taken.add(f"socket {path}", str(event))

        await self.app(scope, receive, send)  # type: ignore[arg-type]


def unpacked(content: bytes) -> str:
    """Return the text of a file, and of each file that is packed into it."""
    text = content.decode("utf-8", "replace")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            text += "".join(unpacked(package.read(name)) for name in package.namelist())
    return text


@pytest.fixture
def ear(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> Ear:
    """Give an ear that also takes down the words of every paper before it becomes a PDF."""
    printed: list[str] = []
    real = sheet._data

    def noted(made: sheet.Sheet) -> str:
        printed.append(text := real(made))
        return text

    monkeypatch.setattr(sheet, "_data", noted)
    return Ear(app, printed)


async def stored() -> dict[str, str]:
    """Return every table of the open database with all its columns, as a dump has them."""
    client = get_connection("default")
    lite = client.capabilities.dialect == "sqlite"
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if lite
        else "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
    )
    tables = [str(row["name"]) for row in await client.execute_query_dict(names)]
    return {each: str([*map(dict, await client.execute_query_dict(f'SELECT * FROM "{each}"'))]) for each in tables}  # noqa: S608
