"""The line of a request in the log: which requests get one, and what stands in it."""

import json
import logging

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from web.trace import Line, RequestLog


async def found(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


def served(which: str) -> httpx2.AsyncClient:
    made = Starlette(routes=[Route("/cases/{code}", found)], middleware=[Middleware(RequestLog, which=which)])
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(made), base_url="http://test")


@pytest.mark.parametrize(("which", "told"), [("all", [200, 404]), ("slow", [404]), ("none", [])])
async def test_the_log_tells_of_the_requests_it_is_asked_for(
    caplog: pytest.LogCaptureFixture, which: str, told: list[int]
) -> None:
    caplog.set_level(logging.INFO, "heyi.request")
    async with served(which) as client:
        await client.get("/cases/secret-code")
        await client.get("/nowhere")
    assert [record.args["status"] for record in caplog.records if isinstance(record.args, dict)] == told


async def test_a_line_is_json_with_the_pattern_of_the_route_and_never_the_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "heyi.request")
    async with served("all") as client:
        answer = await client.get("/cases/secret-code?token=other")
    line = Line().format(caplog.records[-1])
    told = json.loads(line)
    assert (told["event"], told["kind"], told["route"], told["status"]) == ("request", "GET", "/cases/{code}", 200)
    assert told["request"] == answer.headers["x-request-id"]
    assert "secret" not in line
    assert "token" not in line
