"""``python -m bench.drill.papers FOLDER``: eleven disputes walked by pages, every sheet and page into a folder.

Each runs in a neighbourhood of its own. What a program can find wrong with a sheet is printed: a font that is not in
the file, a letter without a shape, words off the sheet, data that are not on it. The pictures are for eyes.
"""

import asyncio
import secrets
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import click
from playwright.async_api import Browser

from tests import engines
from tests.browser.papers.all import PLAYS
from tests.browser.papers.stand import stand
from tests.browser.people import House, chromium
from tests.clock import TestClock
from tests.servers import serving
from tests.world import build
from web.app import create_app
from web.settings import Settings


async def played(browser: Browser, url: str, home: Path, folder: Path, name: str) -> list[str]:
    """Walk one dispute, and return what is wrong with its pages and sheets."""
    settings = Settings(database=url, home=str(home), secret=secrets.token_urlsafe(32))
    app = create_app(settings, clock=TestClock(shift=timedelta(0)), courier=False)
    async with app.router.lifespan_context(app), serving(app) as address:
        house = House(browser, address)
        set_up = await stand(app, house, await build(), folder, name, looks=True)
        try:
            await PLAYS[name](set_up)
        except Exception as why:  # noqa: BLE001 - whatever stops a dispute is told, and the next one begins
            set_up.wrong.append(f"it stopped: {why!r}")
        await house.close()
    return set_up.wrong + house.wrong


def sheets(folder: Path, name: str) -> int:
    """Return how many sheets came of one dispute."""
    return len(list(folder.glob(f"{name}-*.pdf")))


async def all_of(names: Sequence[str], folder: Path, lite: engines.Lite, home: Path) -> bool:
    """Walk them one after another, each in a database of its own; return whether nothing is wrong."""
    right = True
    async with chromium() as browser:
        for name in names:
            began, own = time.monotonic(), home / name
            own.mkdir()
            wrong = await played(browser, lite.copy(lite.empty, own), own, folder, name)
            many, took = sheets(folder, name), time.monotonic() - began
            click.echo(f"{name}: {many} sheets, {took:.0f} s; wrong: {'; '.join(wrong) or 'nothing'}")
            right = right and not wrong
    return right


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("var/papers"))
@click.option("--only", "names", multiple=True, help="the number of one dispute, e.g. 14; again for more")
def main(folder: Path, names: tuple[str, ...]) -> None:
    """Walk eleven disputes by pages and lay their sheets and pictures into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="heyi-papers-") as name:
        home = Path(name)
        right = asyncio.run(all_of(names or tuple(PLAYS), folder, engines.Lite(home), home))
    if not right:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
