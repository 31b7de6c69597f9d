"""Slow clients are cut off; ordinary ones notice nothing."""

import asyncio
import contextlib
import re
import select
import socket
import time
from collections.abc import AsyncGenerator, Callable, Iterator

import pytest
import uvicorn

from tests.web.bare import plain
from tests.web.served import Served, serving
from web import guarded
from web.serve import limits

REQUEST = b"GET / HTTP/1.1\r\nHost: test\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("bare"), application="plain") as running:
        yield running


Connect = Callable[[], socket.socket]


@pytest.fixture
def connect(server: Served) -> Iterator[Connect]:
    with contextlib.ExitStack() as opened:
        yield lambda: opened.enter_context(server.connect())


def gone(connections: list[socket.socket], *, within: float) -> float:
    """Return the seconds until the other end has closed all ``connections``; fail when some stay."""
    began, left = time.monotonic(), set(connections)
    while left and time.monotonic() - began < within:
        for connection in select.select(list(left), [], [], 0.1)[0]:
            if ended(connection):
                left.discard(connection)
    assert not left, f"{len(left)} connections still open after {within} s"
    return time.monotonic() - began


def ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(4096) == b""
    except ConnectionResetError:
        return True


def ask(connection: socket.socket) -> bytes:
    connection.sendall(REQUEST)
    return answer(connection)


def answer(connection: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got or not whole(got):
        got += connection.recv(4096)
    return got


def whole(got: bytes) -> bool:
    head, body = got.split(b"\r\n\r\n", 1)
    length = re.search(rb"content-length: (\d+)", head)
    return length is not None and len(body) >= int(length[1])


def test_half_sent_headers_and_silence_are_cut_off_and_a_neighbour_is_served_meanwhile(connect: Connect) -> None:
    half = [connect() for _ in range(50)]
    for connection in half:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: te")
    silent = [connect() for _ in range(25)]
    neighbour, took = connect(), []
    for _ in range(20):
        began = time.monotonic()
        assert ask(neighbour).startswith(b"HTTP/1.1 200")
        took.append(time.monotonic() - began)
        time.sleep(0.02)
    assert max(took) < 1.0
    assert gone([*half, *silent], within=7.5) > 2.0


def test_dripping_headers_do_not_buy_time(connect: Connect) -> None:
    dripping = connect()
    began = time.monotonic()
    try:
        for byte in b"GET / HTTP/1.1\r\nHost: test\r\nX-Long: " + b"y" * 60:
            dripping.sendall(bytes([byte]))
            time.sleep(0.2)
    except OSError:
        pass
    assert time.monotonic() - began < 7.5


def test_a_second_request_that_never_ends_is_cut_off_too(connect: Connect) -> None:
    connections = [connect() for _ in range(3)]
    assert all(ask(connection).startswith(b"HTTP/1.1 200") for connection in connections)
    for connection, start in zip(connections, (b"GET /", b"\r\n", b"GET / HTTP/1.1\r\nX: y"), strict=True):
        connection.sendall(start)
    gone(connections, within=7.5)


def test_keep_alive_serves_request_after_request(connect: Connect) -> None:
    connection = connect()
    for pause in (0.0, 0.5, 1.5):
        time.sleep(pause)
        assert ask(connection).startswith(b"HTTP/1.1 200")


def test_an_answer_that_takes_long_is_not_a_slow_request(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST /measure HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc")
    assert answer(connection).startswith(b"HTTP/1.1 200")
    connection.sendall(b"GET /slow HTTP/1.1\r\nHost: t\r\n\r\n")
    assert answer(connection).startswith(b"HTTP/1.1 200")


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[int]:
    """Give the port of the same protocol in this process with shorter windows: nobody waits for twenty seconds."""
    for name, value in {"BODY": 1.5, "LEAST": 100, "STALLED": 1.0}.items():
        monkeypatch.setattr(guarded, name, value)
    options = {**limits(1), "workers": 1, "lifespan": "off"}
    server = uvicorn.Server(uvicorn.Config(plain, factory=True, host="127.0.0.1", port=0, **options))
    server.config.load()
    door = socket.create_server(("127.0.0.1", 0))  # connections wait in its queue until the server takes them
    task = asyncio.get_running_loop().create_task(server._serve([door]))
    yield door.getsockname()[1]
    server.should_exit = True
    await task


async def post(port: int, body: list[bytes], *, pause: float) -> bytes:
    """Send ``body`` piece by piece and return what comes back; nothing when the door was shut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    length = str(sum(map(len, body))).encode()
    got = b""
    with contextlib.suppress(ConnectionError):
        writer.write(
            b"POST /measure HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: " + length + b"\r\n\r\n"
        )
        for piece in body:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        got = await reader.read()
    writer.close()
    return got


async def test_a_body_that_trickles_is_cut_off(port: int) -> None:
    assert await post(port, [b"x"] * 25, pause=0.1) == b""


async def test_a_long_body_on_a_slow_line_may_take_its_time(port: int) -> None:
    assert (await post(port, [b"x" * 60] * 25, pause=0.1)).endswith(b"1500")


async def test_who_does_not_read_a_long_answer_is_cut_off(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    writer.write(b"GET /long HTTP/1.1\r\nHost: t\r\n\r\n")
    await asyncio.sleep(3)
    with contextlib.suppress(ConnectionError):
        assert len(await reader.read()) < 50_000_000
    writer.close()


async def test_who_reads_a_long_answer_slowly_gets_it_whole(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /long HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
    got = 0
    while piece := await reader.read(8_000_000):
        got += len(piece)
        await asyncio.sleep(min(0.1, len(piece) / 20_000_000))  # in all longer than one window, never still for one
    assert got > 50_000_000
    writer.close()
