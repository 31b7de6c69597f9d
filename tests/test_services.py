"""The servers that the tests stand on are real, clean and gone afterwards."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import aiosmtplib
import anyio
import asyncpg
import pytest
import redis.asyncio
from playwright.async_api import async_playwright

from tests.services import Failure, Postbox, fresh_database, postgres_server, program, redis_server, smtp_server


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with smtp_server() as box:
        yield box


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@pytest.mark.postgres
async def test_postgres_keeps_its_promises_about_the_disk(postgres: str) -> None:
    assert await ask(postgres, "SHOW fsync") == "on"
    assert await ask(postgres, "SHOW synchronous_commit") == "on"
    assert await ask(postgres, "SHOW server_encoding") == "UTF8"
    assert await ask(postgres, "SHOW listen_addresses") == "127.0.0.1"


@pytest.mark.postgres
async def test_every_database_is_fresh_and_dropped(postgres: str) -> None:
    with fresh_database(postgres) as one, fresh_database(postgres) as other:
        await ask(one, "CREATE TABLE vote (id int)")
        assert await ask(one, "SELECT count(*) FROM pg_tables WHERE tablename = 'vote'") == 1
        assert await ask(other, "SELECT count(*) FROM pg_tables WHERE tablename = 'vote'") == 0
    for url in (one, other):
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await ask(url, "SELECT 1")


@pytest.mark.postgres
async def test_a_database_may_be_copied_from_another(postgres: str) -> None:
    with fresh_database(postgres) as pattern:
        await ask(pattern, "CREATE TABLE vote (id int)")
        with fresh_database(postgres, template=pattern.rsplit("/", 1)[1]) as copy:
            assert await ask(copy, "SELECT count(*) FROM vote") == 0


@pytest.mark.postgres
async def test_a_database_is_dropped_under_open_connections(postgres: str) -> None:
    with fresh_database(postgres) as url:
        left_open = await asyncpg.connect(url)
    with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
        await left_open.close()
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await ask(url, "SELECT 1")


@pytest.mark.postgres
async def test_redis_answers_and_keeps_nothing() -> None:
    with redis_server() as url:
        client = redis.asyncio.from_url(url)
        assert await client.ping()
        assert await client.config_get("save", "appendonly") == {"save": "", "appendonly": "no"}
        await client.aclose()


WATCHED = """
import os, sys, time
for name in ("HEYI_TEST_POSTGRES", "HEYI_TEST_REDIS"):
    os.environ.pop(name, None)
from tests.services import postgres_server, redis_server
with {server}() as url:
    print(url, flush=True)
    {then}
"""


@pytest.fixture
def ground() -> Iterator[Path]:
    """Return a folder that every user can reach: a killed owner cannot sweep up behind it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def start(server: str, then: str, ground: Path) -> subprocess.Popen[str]:
    env = {**os.environ, "HEYI_TEST_TMP": str(ground)}
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", WATCHED.format(server=server, then=then)], stdout=subprocess.PIPE, text=True, env=env
    )


def listening(url: str) -> bool:
    """Read the kernel's table of sockets: the second column is the local address, state 0A is listening."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(row[1].endswith(f":{urlsplit(url).port:04X}") and row[3] == "0A" for row in rows)


async def gone(url: str) -> bool:
    for _ in range(500):
        if not listening(url):
            return True
        await anyio.sleep(0.02)
    return False


@pytest.mark.postgres
@pytest.mark.parametrize("server", ["postgres_server", "redis_server"])
async def test_a_server_stops_with_its_block_and_with_its_killed_owner(server: str, ground: Path) -> None:
    polite = start(server, "pass", ground)
    url = polite.communicate(timeout=60)[0].strip()
    assert polite.returncode == 0
    assert await gone(url)
    assert left_in(ground) == []

    killed = start(server, "time.sleep(600)", ground)
    assert killed.stdout
    url = killed.stdout.readline().strip()
    assert listening(url)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert await gone(url)


def letter(to: str = "zhang@example.test") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "heyi@example.test", to, "表决结果"
    message.set_content("加装电梯的表决已经结束。", cte="base64")
    return message


async def send(box: Postbox, *, within: float = 5) -> None:
    await aiosmtplib.send(letter(), hostname="127.0.0.1", port=box.port, start_tls=False, timeout=within)


async def test_the_postbox_keeps_a_letter_as_it_was_sent(postbox: Postbox) -> None:
    await send(postbox)
    [message] = await postbox.arrived(1)
    assert (message["Subject"], message.get_content().strip()) == ("表决结果", "加装电梯的表决已经结束。")
    assert postbox.to("zhang@example.test") == [message]
    assert postbox.to("li@example.test") == []


@pytest.mark.parametrize(("how", "code"), [(Failure.LATER, 451), (Failure.NEVER, 550)])
async def test_the_postbox_refuses_as_often_as_it_is_told(postbox: Postbox, how: Failure, code: int) -> None:
    postbox.fail(how, times=2)
    for _ in range(2):
        with pytest.raises(aiosmtplib.SMTPDataError) as refusal:
            await send(postbox)
        assert refusal.value.code == code
    await send(postbox)
    assert (postbox.attempts, len(postbox.messages)) == (3, 1)


async def test_the_postbox_hangs_up_in_the_middle(postbox: Postbox) -> None:
    postbox.fail(Failure.DROP)
    with pytest.raises((aiosmtplib.SMTPServerDisconnected, ConnectionError)):
        await send(postbox)
    assert postbox.messages == []


async def test_the_postbox_falls_silent(postbox: Postbox) -> None:
    postbox.fail(Failure.HANG)
    with pytest.raises((aiosmtplib.SMTPTimeoutError, TimeoutError)):
        await send(postbox, within=0.5)
    await send(postbox)
    assert len(postbox.messages) == 1


async def test_waiting_for_a_letter_ends(postbox: Postbox) -> None:
    with pytest.raises(TimeoutError, match="0 of 1"):
        await postbox.arrived(1, within=0.05)


def test_a_missing_program_is_named() -> None:
    with pytest.raises(RuntimeError, match="no-such-program or neither-this is not installed"):
        program("no-such-program", "neither-this")


@pytest.mark.browser
async def test_the_browser_knows_chinese_letters() -> None:
    """Without a Chinese font every letter is the same empty box, and screenshots prove nothing."""
    chromium = os.environ.get("HEYI_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page()
        pictures = []
        for sign in ("和", "议"):
            await page.set_content(f"<p style='font-size: 60px'>{sign}")
            pictures.append(await page.screenshot(clip={"x": 0, "y": 0, "width": 200, "height": 200}))
        await browser.close()
    assert pictures[0] != pictures[1]
