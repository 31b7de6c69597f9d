"""A whole replay with the people of the demo."""

import asyncio
from pathlib import Path
from typing import Final

from web.demo.people import OFFICES, PASSWORD
from web.replay.dialogue import Seat, read_dialogue
from web.replay.opening import Cast, open_case
from web.replay.talking import Report, replay
from web.replay.visitor import Visitor, sign_in

APPLICANT: Final = "resident1"
RESPONDENT: Final = "resident2"
NAMES: Final = {key: name for key, name, _, _ in OFFICES}


async def play(file: Path, number: int, url: str) -> Report:
    """Say dialogue ``number`` of ``file`` again on the demo that is served at ``url``."""
    dialogue = read_dialogue(file, number)
    cast = await cast_of(url)
    return await replay(await open_case(cast, dialogue), cast.talking, dialogue)


async def cast_of(url: str) -> Cast:
    """Sign the demo's people in."""
    keys = (APPLICANT, RESPONDENT, "mediator", "intake", "director")
    applicant, respondent, mediator, intake, director = await asyncio.gather(*(_enter(url, key) for key in keys))
    talking = {Seat.APPLICANT: applicant, Seat.RESPONDENT: respondent, Seat.MEDIATOR: mediator}
    return Cast(talking, intake, director, _email(RESPONDENT), NAMES["mediator"])


async def _enter(url: str, key: str) -> Visitor:
    return await sign_in(url, _email(key), PASSWORD, called=NAMES.get(key, ""))


def _email(key: str) -> str:
    return f"{key}@example.org"
