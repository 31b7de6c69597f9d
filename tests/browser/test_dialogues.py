"""A talk said again in two browsers and on a telephone while links drop: alike in all windows and the database."""

from pathlib import Path

import pytest

from bench.rooms.replaying import SILENT, seat_at
from tests.browser.people import House
from tests.mediation.making import made_case, made_rooms
from tests.mediation.room.test_replay import OWN, REAL
from tests.world import World
from web.replay.dialogue import Seat, read_dialogues


@pytest.mark.parametrize("file", [OWN, *REAL], ids=lambda path: path.stem)
async def test_links_that_drop_lose_nothing_and_repeat_nothing(house: House, town: World, file: Path) -> None:
    dialogue = read_dialogues(file)[0]
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    pages = {
        Seat.APPLICANT: await house.window(town.lan, "desk"),
        Seat.MEDIATOR: await house.window(town.mediator, "desk"),
        Seat.RESPONDENT: await house.window(town.qiang, "phone"),
    }
    table = await seat_at(pages, case, room, seed=1)
    replayed = await table.replay(dialogue, room)
    assert replayed.wrong == [], replayed
    assert replayed.drops >= len(dialogue.dialog) // 3
    house.wrong[:] = [each for each in house.wrong if not any(words in each for words in SILENT)]
