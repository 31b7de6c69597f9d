"""A recorded talk said again by three people at their browsers, one of them at a telephone, while links drop.

A link drops in three ways by turns: the one who speaks is off the line while they type and send, somebody who listens
is off the line while others speak, or the socket is cut and comes back by itself. Nobody reloads a page.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from playwright.async_api import Page, expect

from community.text import clean
from mediation.case.models import Case
from mediation.room.models import Room
from mediation.room.queries import lines_after
from web.replay.dialogue import Dialogue, Seat, seated

PATIENCE: Final = 40_000  # milliseconds until somebody who was off the line must have everything
DROPS: Final = 0.6  # share of turns at which a link drops
SOCKETS: Final = """
const Real = window.WebSocket;
window.links = [];
window.WebSocket = class extends Real { constructor(...words) { super(...words); window.links.push(this); } };
"""
ROWS: Final = """rows => rows.map(row => [
    Number(row.dataset.seq), (row.querySelector('.msg__t, .msg__b') || row).textContent.trim()])"""
SILENT: Final = ("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
"""What a browser says of a link that dropped; it is not wrong."""

Row = tuple[int, str]


@dataclass
class Replayed:
    """What came of it: the words as spoken, the database's lines, and what stands in each window."""

    spoken: list[str]
    stored: list[Row]
    windows: Mapping[Seat, list[Row]]
    drops: int

    @property
    def wrong(self) -> list[str]:
        """Return what is not as it should be."""
        found = [] if [text for _, text in self.stored] == self.spoken else ["the database holds other words"]
        return found + [f"{seat} reads something else" for seat, rows in self.windows.items() if rows != self.stored]


@dataclass
class Table:
    """Three windows at one room."""

    pages: Mapping[Seat, Page]
    dice: random.Random
    drops: int = 0
    away: set[Seat] = field(default_factory=set)

    async def replay(self, dialogue: Dialogue, room: Room) -> Replayed:
        """Say everything, bring everybody back, and take down what stands where."""
        seats = seated(dialogue.speakers).seats
        spoken = [clean(turn.text).strip() for turn in dialogue.dialog]
        for turn, words in zip(dialogue.dialog, spoken, strict=True):
            await self._turn(seats[turn.speaker], words)
        await self._back(*self.away)
        last = len(spoken)
        for page in self.pages.values():
            await expect(page.locator("[data-log] > [data-seq]")).to_have_count(last, timeout=PATIENCE)
            await expect(page.locator("[data-log] .msg--waiting")).to_have_count(0, timeout=PATIENCE)
        windows = {seat: await read(page) for seat, page in self.pages.items()}
        return Replayed(spoken, await stored(room), windows, self.drops)

    async def _turn(self, seat: Seat, words: str) -> None:
        """Let somebody say their words, and wait until they are numbered."""
        page, drops = self.pages[seat], self.dice.random() < DROPS
        way = self.dice.choice(("speaker", "listener", "cut")) if drops else ""
        self.drops += drops
        if way == "listener":
            await self._leave(self.dice.choice([other for other in self.pages if other is not seat]))
        elif way == "cut":
            await cut(self.pages[self.dice.choice(list(self.pages))])
        if way == "speaker":
            await self._leave(seat)
        elif seat in self.away:
            await self._back(seat)
        await page.locator("#f-text").fill(words)
        await page.locator("[data-composer] [type=submit]").click()
        await self._back(seat)
        await expect(page.locator("[data-log] .msg--waiting:not([data-seq])")).to_have_count(0, timeout=PATIENCE)

    async def _leave(self, seat: Seat) -> None:
        self.away.add(seat)
        await self.pages[seat].context.set_offline(offline=True)
        await cut(self.pages[seat])

    async def _back(self, *seats: Seat) -> None:
        for seat in list(seats):
            if seat in self.away:
                self.away.discard(seat)
                await self.pages[seat].context.set_offline(offline=False)


async def cut(page: Page) -> None:
    """Cut every socket of a window; the page opens a new one by itself."""
    await page.evaluate("window.links.forEach(link => link.close())")


async def read(page: Page) -> list[Row]:
    """Return number and words of every line that stands in a window."""
    found: Sequence[tuple[int, str]] = await page.locator("[data-log] > [data-seq]").evaluate_all(ROWS)
    return [(int(seq), words) for seq, words in found]


async def stored(room: Room) -> list[Row]:
    """Return number and words of every line in the open database."""
    return [(line.seq, line.text) for line in await lines_after(await Room.get(id=room.id), 0)]


async def seat_at(pages: Mapping[Seat, Page], case: Case, room: Room, seed: int) -> Table:
    """Open the room in three windows."""
    for page in pages.values():
        await page.add_init_script(SOCKETS)
        await page.goto(f"/cases/{case.code}/rooms/{room.code}")
        await expect(page.locator("[data-room]")).to_have_attribute("data-live", "on")
    return Table(pages, random.Random(seed))  # noqa: S311 - a replay that can be repeated
