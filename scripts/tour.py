"""Photograph the demo for the manual: ``python scripts/tour.py [FOLDER]`` (default ``docs/manual``).

Loads the demo into a throw-away folder, serves it on loopback, signs people in through the pages as
they would, and takes each picture in the size and look that the manual shows.
"""

import asyncio
import io
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

ROOT = Path(__file__).parent.parent
PASSWORD = "xingfuli-demo-2026"  # noqa: S105 - the demo prints it
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
PHONE, DESK = (390, 844), (1440, 900)
COLOURS = 128


@dataclass(frozen=True)
class Shot:
    """One picture: its file name, who looks at which page, how large and in which look."""

    name: str
    who: str
    path: str
    size: tuple[int, int]
    look: str = ""
    lang: str = "zh-CN"


SHOTS = (
    Shot("home-phone", "resident1", "/", PHONE),
    Shot("home-phone-elder", "resident1", "/", PHONE, "mode=elder"),
    Shot("matters-desk", "", "/matters", DESK),
    Shot("matter-phone", "resident1", "matter:voting", PHONE),
    Shot("matter-desk-dark", "resident1", "matter:voting", DESK, "theme=dark"),
    Shot("vote-phone-elder", "resident2", "vote", PHONE, "mode=elder"),
    Shot("result-phone", "", "result", PHONE),
    Shot("result-desk", "", "result", DESK),
    Shot("notice-desk", "", "notice", DESK),
    Shot("open-desk", "", "/open", DESK),
    Shot("file-phone", "resident3", "/disputes/new", PHONE),
    Shot("case-phone", "resident1", "case:mediating", PHONE),
    Shot("room-phone", "resident1", "room", PHONE),
    Shot("desk-desk", "mediator", "/desk", DESK),
    Shot("room-desk-dark", "mediator", "room", DESK, "theme=dark"),
    Shot("agreement-phone", "resident3", "agreement", PHONE),
    Shot("moderation-desk", "moderator", "/moderation", DESK),
    Shot("matters-work-desk", "clerk", "/desk/matters", DESK),
    Shot("clerk-desk", "clerk", "/desk", DESK),
    Shot("supervision-desk", "supervisor", "/desk/supervision", DESK),
    Shot("meeting-screen-desk", "", "meeting:open", DESK),
    Shot("outcome-phone", "resident1", "outcome", PHONE),
    Shot("opinions-phone", "resident1", "opinions", PHONE),
    Shot("publication-phone", "resident1", "/publications", PHONE),
    Shot("rights-desk", "", "/rights", DESK),
    Shot("home-desk-english", "resident1", "/", DESK, "", "en"),
)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo() -> Iterator[tuple[str, Path]]:
    """Serve a fresh demo and give its address and data folder."""
    with tempfile.TemporaryDirectory() as home:
        port = free_port()
        env = {**os.environ, "HEYI_HOME": home, "HEYI_MODE": "development", "HEYI_SITE_URL": f"http://127.0.0.1:{port}"}
        heyi = [sys.executable, "-m", "web.cli"]
        for words in (["migrate"], ["demo", "--quiet"]):
            subprocess.run([*heyi, *words], cwd=ROOT, env=env, check=True)  # noqa: S603 - our own program
        server = subprocess.Popen([*heyi, "serve", "--port", str(port)], cwd=ROOT, env=env)  # noqa: S603
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}", Path(home)
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int, seconds: int = 60) -> None:
    """Wait until somebody listens on ``port``."""
    for _ in range(seconds * 5):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(port)


def places(home: Path) -> dict[str, str]:
    """Return the addresses of the demo's things by what they show."""
    with sqlite3.connect(home / "heyi.db") as db:
        matters = dict(db.execute("SELECT state, max(id) FROM matter GROUP BY state"))
        cases = dict(db.execute("SELECT state, max(code) FROM dispute_case GROUP BY state"))
        query = (
            "SELECT r.code FROM room r JOIN dispute_case c ON c.id = r.case_id WHERE c.code = ? AND r.kind = 'joint'"
        )
        room = db.execute(query, (cases["mediating"],)).fetchone()[0]
        decided = db.execute("SELECT min(id) FROM ballot WHERE state = 'decided'").fetchone()[0]
        running = db.execute("SELECT max(id) FROM ballot WHERE state = 'open'").fetchone()[0]
        meeting = db.execute("SELECT max(id) FROM meeting WHERE state = 'open'").fetchone()[0]
    return {
        "matter:voting": f"/matters/{matters['voting']}",
        "outcome": f"/matters/{matters['executing']}/outcome",
        "opinions": f"/matters/{matters['deliberating']}/opinions",
        "meeting:open": f"/meetings/{meeting}/screen",
        "vote": f"/ballots/{running}/vote",
        "result": f"/ballots/{decided}/result",
        "notice": f"/ballots/{decided}/notice",
        "case:mediating": f"/cases/{cases['mediating']}",
        "room": f"/cases/{cases['mediating']}/rooms/{room}",
        "agreement": f"/cases/{cases['performing']}/agreement",
    }


async def sign_in(page: Page, base: str, who: str) -> None:
    """Sign somebody in as they would, one-time code included."""
    await page.goto(f"{base}/sign-in")
    await page.fill("input[name=email]", f"{who}@example.org")
    await page.fill("input[name=password]", PASSWORD)
    await page.press("input[name=password]", "Enter")
    await page.wait_for_load_state()
    if "second-factor" in page.url:
        await page.fill("input[name=code]", code_of(base, who))
        await page.press("input[name=code]", "Enter")
        await page.wait_for_load_state()


def code_of(base: str, who: str) -> str:
    """Return the one-time code that the trial's outbox shows for a member of staff."""
    names = {"mediator": "吴老师", "moderator": "林书记", "clerk": "陈主任", "supervisor": "何监督"}
    with urllib.request.urlopen(f"{base}/outbox") as answer:  # noqa: S310 - our own server on loopback
        text = re.sub(r"<[^>]+>", " ", answer.read().decode())
    found = re.search(names[who] + r"\D*(\d{6})", text)
    return found[1] if found else ""


@dataclass
class Tour:
    """A walk through the demo with a camera."""

    browser: Browser
    base: str
    where: dict[str, str]
    to: Path
    known: dict[str, Any] = field(default_factory=dict)

    async def window(self, shot: Shot) -> BrowserContext:
        """Give a window of the right size in which the right person is signed in."""
        width, height = shot.size
        context = await self.browser.new_context(viewport={"width": width, "height": height}, locale=shot.lang)
        if shot.who and shot.who not in self.known:
            await sign_in(await context.new_page(), self.base, shot.who)
            self.known[shot.who] = [cookie for cookie in await context.cookies() if cookie.get("name") == "heyi"]
        elif shot.who:
            await context.add_cookies(self.known[shot.who])
        return context

    async def take(self, shot: Shot) -> None:
        """Take one picture and write it small."""
        context = await self.window(shot)
        looks = [each for each in (shot.look, f"lang={shot.lang}" if shot.lang == "en" else "") if each]
        for look in looks:
            await self.look(context, *look.split("="))
        page = await context.new_page()
        path = self.where.get(shot.path, shot.path)
        answer = await page.goto(self.base + path)
        await page.wait_for_timeout(300)
        picture = Image.open(io.BytesIO(await page.screenshot()))
        picture.convert("RGB").quantize(COLOURS).save(self.to / f"{shot.name}.png", optimize=True)
        print(shot.name, answer.status if answer else "?", path)
        for look in looks:
            name = look.split("=")[0]
            await self.look(context, name, {"mode": "std", "theme": "", "lang": "zh-CN"}[name])
        await context.close()

    async def look(self, context: BrowserContext, name: str, value: str) -> None:
        """Choose how pages look, as the buttons of every page do."""
        form: dict[str, str | float | bool] = {name: value, "next": "/"}
        await context.request.post(f"{self.base}/prefs", form=form, headers={"Origin": self.base})


async def tour(base: str, home: Path, to: Path) -> None:
    """Take every picture."""
    async with async_playwright() as playwright:
        chromium = os.environ.get("HEYI_CHROMIUM", "/usr/bin/chromium")
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        walk = Tour(browser, base, places(home), to)
        for shot in SHOTS:
            await walk.take(shot)
        await browser.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "manual"
    folder.mkdir(parents=True, exist_ok=True)
    with demo() as (address, data):
        asyncio.run(tour(address, data, folder))
