"""Knocking at a case's doors as somebody: over HTTP, and at the socket of a room."""

from dataclasses import dataclass

import httpx2
from starlette.applications import Starlette

from community.people.models import Person
from tests.world import sign_in

NO_CASE = "HY0000000000"
NO_ROOM = "nosuchroom000000"


@dataclass(frozen=True)
class Heard:
    """What one knock brought: the status and the page."""

    status: int
    text: str


async def knock(client: httpx2.AsyncClient, url: str) -> Heard:
    """Ask for a page."""
    answer = await client.get(url)
    return Heard(answer.status_code, answer.text)


async def shut(client: httpx2.AsyncClient, url: str, nowhere: str) -> str:
    """Return what gives away that ``url`` is there: nothing, when it answers just as ``nowhere`` does."""
    one, other = await knock(client, url), await knock(client, nowhere)
    if one.status != 404:
        return f"{url} answers {one.status}"
    return "" if one.text.replace(url, "") == other.text.replace(nowhere, "") else f"{url} answers unlike {nowhere}"


async def socket(app: Starlette, person: Person, path: str) -> list[tuple[str, int | None]]:
    """Open a socket, hang up at once, and return what came: the kinds of event, and the code of a close."""
    cookies = "; ".join(f"{name}={value}" for name, value in (await sign_in(person)).items())
    headers = [(b"host", b"test"), (b"origin", b"http://test"), (b"cookie", cookies.encode())]
    scope = {
        "type": "websocket", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "ws", "path": path,
        "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": headers, "subprotocols": [],
        "client": ("127.0.0.1", 5000), "server": ("test", 80), "extensions": {},
    }  # fmt: skip
    coming: list[dict[str, object]] = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001}]
    heard: list[tuple[str, int | None]] = []

    async def receive() -> dict[str, object]:
        return coming.pop(0) if coming else {"type": "websocket.disconnect", "code": 1001}

    async def send(event: dict[str, object]) -> None:
        code = event.get("code")
        heard.append((str(event["type"]), code if isinstance(code, int) else None))

    await app(scope, receive, send)  # type: ignore[arg-type]
    return heard
