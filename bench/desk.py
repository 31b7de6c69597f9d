"""The desk of a mediator with 5,000 open cases around, 60 of them theirs: ``python -m bench.desk``.

Held against three handlers of Starlette alone that run the questions of the page, word for word, by the engine's own
driver. One opens the names, which lie locked, by the cipher alone, and renders the same bytes by the same templates;
one renders them from values it has ready, names and all; one, the least there can be, has the bytes themselves ready.
All are asked in turns, in one process, as a server asks them; figures are milliseconds of this process's CPU. On
PostgreSQL the work of the database is the same on every side and is not in them.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from binascii import a2b_base64
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import asyncpg
import click
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message
from tortoise.connection import get_connection

import web.page
from bench.drill.stage import database
from community.record.transaction import bookkeeping
from mediation.case.keys import give_key, lock_party, share_key
from mediation.case.models import Assignment, Case, Party, Period, Side, Will
from mediation.case.states import Clock, State
from tests.asked import WAYS
from tests.clock import TestClock
from tests.world import NOON, World, build, sign_in
from web.app import create_app
from web.settings import Settings, ring_of

OK: Final = 200
OPEN: Final = 5_000
MINE: Final = 60
DUE: Final = date(2026, 5, 20)
BATCH: Final = 500

Answer = tuple[int, bytes]
Question = tuple[str, Sequence[Any]]
Drawing = tuple[str, Mapping[str, object], str]


@bookkeeping
async def furnish() -> World:
    """Build the neighbourhood with its open cases; every 83rd is led by 吴老师, the others by a colleague."""
    world = await build()
    cases = [_case(world, n) for n in range(OPEN)]
    await Case.bulk_create(cases, batch_size=BATCH)
    cases = await Case.all().order_by("id")
    await Party.bulk_create([_party(world, case, side) for case in cases for side in Side if side != Side.THIRD])
    await Assignment.bulk_create([_led(world, case, n) for n, case in enumerate(cases)], batch_size=BATCH)
    await Period.bulk_create([_period(case, n) for n, case in enumerate(cases)], batch_size=BATCH)
    return world


def _case(world: World, number: int) -> Case:
    case = Case(
        community_id=world.community.id,
        org=world.mediation_committee,
        type_code="02",
        state=State.MEDIATING,
        statement="",
        wish="",
        place="",
        filed_by=world.lan,
        filed_at=NOON,
        moved_at=NOON - timedelta(minutes=number),
    )
    give_key(case)
    return case


def _party(world: World, case: Case, side: Side) -> Party:
    person = world.lan if side == Side.APPLICANT else world.qiang
    party = Party(case=case, side=side, person=person, will=Will.CONSENTED)
    share_key(case, party)
    for column, text in (("name", person.name), ("phone", ""), ("email", person.email)):
        lock_party(party, column, text)
    return party


def _led(world: World, case: Case, number: int) -> Assignment:
    mine = number % (OPEN // MINE) == 0 and number // (OPEN // MINE) < MINE
    return Assignment(case=case, mediator=world.mediator if mine else world.director, mode="chosen", since=NOON)


def _period(case: Case, number: int) -> Period:
    due = DUE + timedelta(days=number % 30 - 20)
    return Period(case=case, clock=Clock.MEDIATE, rule="D07", began_on=NOON.date(), raw_due=due, due=due)


async def get(app: ASGIApp, cookie: str) -> Answer:
    """Ask for the desk as a server would, and return status and body."""
    status, body = 0, b""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    headers = [(b"host", b"127.0.0.1"), (b"cookie", cookie.encode())]
    await app({**SCOPE, "headers": headers}, receive, send)
    return status, body


SCOPE: Final = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/desk",
    "raw_path": b"/desk",
    "query_string": b"",
    "root_path": "",
    "client": ("127.0.0.1", 1),
    "server": ("127.0.0.1", 80),
}


@contextmanager
def listening() -> Iterator[list[Question]]:
    """Collect every question, with its values."""
    client: Any = get_connection("default")
    seen: list[Question] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in WAYS:
            real = getattr(client, name)

            async def spy(sql: str, values: Sequence[Any] | None = None, *, real: Any = real) -> object:  # noqa: ANN401
                seen.append((sql, values or ()))
                return await real(sql, values or [])

            patch.setattr(client, name, spy)
        yield seen


@contextmanager
def watching() -> Iterator[list[Drawing]]:
    """Collect what is drawn: the template, its values, the language."""
    seen: list[Drawing] = []
    with pytest.MonkeyPatch.context() as patch:
        real = web.page.render

        def spy(template: str, view: Mapping[str, object], *, lang: str) -> str:
            seen.append((template, view, lang))
            return real(template, view, lang=lang)

        patch.setattr(web.page, "render", spy)
        yield seen


async def bare(url: str, questions: Sequence[Question], draw: Callable[[], str | bytes]) -> ASGIApp:
    """Return a handler of the same questions, whose page ``draw`` gives."""
    if url.startswith("sqlite"):
        line = sqlite3.connect(url.removeprefix("sqlite://"), isolation_level=None)

        async def ask() -> None:
            for sql, values in questions:
                line.execute(sql, values).fetchall()
    else:
        pool = await asyncpg.create_pool(url, min_size=1, max_size=1)

        async def ask() -> None:
            async with pool.acquire() as connection:
                for sql, values in questions:
                    await connection.fetch(sql, *values)

    async def handler(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - an ASGI application
        await ask()
        await HTMLResponse(draw())(scope, receive, send)

    return handler


Locked = tuple[str, str, list[tuple[str, str]]]
"""The key of a case and the names in it, each with what it is bound to."""


async def sealed_names(world: World) -> list[Locked]:
    """Return what lies locked of the names on the desk."""
    mine = Assignment.filter(mediator=world.mediator).values_list("case_id", flat=True)
    cases = {case.id: case for case in await Case.filter(id__in=await mine)}
    names: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for party in await Party.filter(case_id__in=list(cases)):
        names[party.case_id].append((party.name, f"v1|party|{party.code}|name"))
    return [(case.data_key, f"v1|case|{case.code}|key", names[case.id]) for case in cases.values()]


def ring_key(settings: Settings) -> AESGCM:
    """Return the key of the site around the keys of the cases."""
    ring = ring_of(settings)
    return AESGCM(ring.wraps[ring.wrapping] if ring.wrapping else ring.keys[ring.current])


def drawn_after(locked: Sequence[Locked], draw: Callable[[], str], ring: AESGCM) -> str:
    """Open every name by the cipher alone, then draw."""
    for sealed, about, names in locked:
        key = AESGCM(a2b_base64(_bare_open(ring, sealed, about)))
        for name, bound in names:
            _bare_open(key, name, bound).decode()
    return draw()


def _bare_open(key: AESGCM, sealed: str, about: str) -> bytes:
    raw = a2b_base64(sealed.rsplit(".", 1)[1])
    return key.decrypt(raw[:12], raw[12:], about.encode())


async def turns(sides: Sequence[ASGIApp], cookie: str, rounds: int, requests: int) -> list[float]:
    """Return the median milliseconds of CPU for one request of each side."""
    took: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for times, one in zip(took, sides, strict=True):
            times.append(await spent(lambda one=one: get(one, cookie), requests))  # type: ignore[misc]
    return [statistics.median(times) for times in took]


async def spent(work: Callable[[], Awaitable[object]], times: int) -> float:
    """Return the milliseconds of CPU that ``work`` takes once, of so many times."""
    began = time.process_time()
    for _ in range(times):
        await work()
    return 1000 * (time.process_time() - began) / times


async def measure(url: str, folder: Path, rounds: int, requests: int) -> None:
    """Fill, ask both, print."""
    settings = Settings(database=url, home=str(folder), secret="bench")  # noqa: S106 - of a site for one minute
    app: Starlette = create_app(settings, clock=TestClock(shift=timedelta(0)), courier=False)
    async with app.router.lifespan_context(app):
        world = await furnish()
        await get_connection("default").execute_script("ANALYZE")
        cookie = "; ".join(f"{name}={value}" for name, value in (await sign_in(world.mediator)).items())
        status, body = await get(app, cookie)
        with listening() as questions, watching() as drawn:
            again = await get(app, cookie)
        if status != OK or again != (status, body):
            raise RuntimeError(f"{status}: {body[-400:].decode(errors='replace')}")
        (template, view, lang), *_ = drawn
        draw = partial(web.page.render, template, view, lang=lang)
        opening = await bare(url, questions, partial(drawn_after, await sealed_names(world), draw, ring_key(settings)))
        drawing = await bare(url, questions, draw)
        least = await bare(url, questions, lambda: body)
        if {await get(each, cookie) for each in (opening, drawing)} != {await get(least, cookie)}:
            raise RuntimeError("the handlers do not write the same bytes")
        figures = await turns((app, opening, drawing, least), cookie, rounds, requests)
    tell(figures, len(questions), len(body))


def tell(figures: Sequence[float], questions: int, size: int) -> None:
    """Print what each side took, and how many times what the others took."""
    ours, opening, drawing, least = figures
    click.echo(f"{questions} questions, {size} bytes, {OPEN} open cases; the app {ours:.2f} ms")
    click.echo(f"beside a handler that asks, opens the names and renders, {opening:.2f} ms: {ours / opening:.2f}")
    click.echo(f"beside a handler that asks and renders, {drawing:.2f} ms: {ours / drawing:.2f}")
    click.echo(f"beside one whose bytes are ready, {least:.2f} ms: {ours / least:.2f}")


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option("--requests", default=60, show_default=True, help="in a round")
def main(engine: str, rounds: int, requests: int) -> None:
    """Ask both in turns; print what each took."""
    with tempfile.TemporaryDirectory(prefix="heyi-desk-") as name, database(engine, Path(name)) as url:
        click.echo(engine)
        asyncio.run(measure(url, Path(name), rounds, requests))


if __name__ == "__main__":
    main()
