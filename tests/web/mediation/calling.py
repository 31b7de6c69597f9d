"""A program that calls the API for somebody, and the proof that what is hidden looks as if it were not there."""

from dataclasses import dataclass
from typing import Any

import httpx2

from community.people.models import Person
from community.tokens.commands import make
from community.tokens.rules import Scope
from tests.world import NOON

ROOT = "/api/v1"
NO_CASE = "HY00000000000"


@dataclass(frozen=True)
class Program:
    """A client with somebody's token."""

    client: httpx2.AsyncClient
    headers: dict[str, str]

    async def get(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        """Return a good answer."""
        answer = await self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, /, **body: object) -> Any:  # noqa: ANN401 - any JSON
        """Return a good answer to a deed."""
        answer = await self.ask("POST", path, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def ask(self, method: str, path: str, /, **body: object) -> httpx2.Response:
        """Return any answer."""
        return await self.client.request(method, ROOT + path, headers=self.headers, json=body or None)

    async def status(self, path: str, /, **body: object) -> int:
        """Return how a deed is answered."""
        return (await self.ask("POST", path, **body)).status_code

    async def sees_nothing(self, method: str, path: str, real: str, missing: str = NO_CASE, /, **body: object) -> None:
        """Prove that ``path`` with the ``real`` code answers as with one that nobody has."""
        told = [await self.ask(method, path.format(code=code), **body) for code in (real, missing)]
        assert [each.status_code for each in told] == [404, 404], (path, told[0].text)
        assert told[0].text == told[1].text, path


async def program(client: httpx2.AsyncClient, person: Person, *scopes: Scope) -> Program:
    """Return a program of ``person`` with a token for ``scopes``."""
    secret = await make("程序", scopes, days=90, by=person, at=NOON)
    return Program(client, {"authorization": f"Bearer {secret}"})
