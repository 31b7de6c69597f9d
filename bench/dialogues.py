"""``python -m bench.dialogues``: recorded talks said again in two browsers and on a telephone while links drop.

The file is ``$HEYI_DATA/disputes/mediation_dialogues.jsonl`` unless another is named. What stands in each of the three
windows at the end must be the database's talk, and that the words that were spoken, in their order.
"""

import asyncio
import os
import secrets
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import click

from bench.drill.stage import database
from bench.rooms.replaying import SILENT, Replayed, seat_at
from tests.browser.people import House, chromium
from tests.clock import TestClock
from tests.mediation.making import made_case, made_rooms
from tests.servers import serving
from tests.world import World, build
from web.app import create_app
from web.replay.dialogue import Dialogue, Seat, chosen, read_dialogues
from web.settings import Settings


async def replay_all(url: str, folder: Path, dialogues: Sequence[Dialogue], seed: int) -> bool:
    """Say them again, a case each; return whether every one came out right."""
    right = True
    settings = Settings(database=url, home=str(folder), secret=secrets.token_urlsafe(32))
    app = create_app(settings, clock=TestClock(shift=timedelta(0)), courier=False)
    async with app.router.lifespan_context(app), chromium() as browser, serving(app) as address:
        house, world = House(browser, address), await build()
        for n, dialogue in enumerate(dialogues):
            right = await _one(house, world, dialogue, seed + n) and right
    return right


async def _one(house: House, world: World, dialogue: Dialogue, seed: int) -> bool:
    began, case = time.monotonic(), await made_case(world)
    room = (await made_rooms(case, world.mediator))["joint"]
    pages = {
        Seat.APPLICANT: await house.window(world.lan, "desk"),
        Seat.MEDIATOR: await house.window(world.mediator, "desk"),
        Seat.RESPONDENT: await house.window(world.qiang, "phone"),
    }
    done = await (await seat_at(pages, case, room, seed)).replay(dialogue, room)
    await house.close()
    wrong = done.wrong + [each for each in house.wrong if not any(words in each for words in SILENT)]
    house.wrong.clear()
    click.echo(f"{dialogue.id}: {told(done)}, {time.monotonic() - began:.0f} s; wrong: {'; '.join(wrong) or 'nothing'}")
    return not wrong


def told(done: Replayed) -> str:
    """Return the figures of one."""
    return (
        f"{len(done.spoken)} said, {done.drops} links dropped, {len(done.stored)} stored, {len(done.windows)} windows"
    )


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dialogue", "number", type=int, help="only this one, the first being 1")
@click.option("--seed", default=1, show_default=True)
def main(file: Path | None, number: int | None, seed: int) -> None:
    """Say recorded talks again in three windows whose links drop."""
    found = file or Path(os.environ.get("HEYI_DATA", "."), "disputes", "mediation_dialogues.jsonl")
    if not found.exists():
        raise click.ClickException(f"{found} is not there; name a file or set HEYI_DATA")
    dialogues = chosen(read_dialogues(found), number)
    with tempfile.TemporaryDirectory(prefix="heyi-dialogues-") as name, database("sqlite", Path(name)) as url:
        right = asyncio.run(replay_all(url, Path(name), dialogues, seed))
    if not right:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
