"""A whole replay with the people of the demo."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from web.demo.people import OFFICES, PASSWORD
from web.replay.dialogue import Dialogue, Seat
from web.replay.opening import Cast, end_case, open_case
from web.replay.talking import Report, replay
from web.replay.visitor import Visitor, sign_in

APPLICANT: Final = "resident1"
RESPONDENT: Final = "resident2"
NAMES: Final = {key: name for key, name, _, _ in OFFICES}


async def play(dialogues: Sequence[Dialogue], url: str, *, told: Callable[[Dialogue, Report], None]) -> list[Report]:
    """Say the dialogues again on the demo that is served at ``url``, a case each, and tell what came of every one."""
    cast = await cast_of(url)
    reports = []
    for dialogue in dialogues:
        room = await open_case(cast, dialogue)
        report = await replay(room, cast.talking, dialogue)
        await end_case(cast, room)
        told(dialogue, report)
        reports.append(report)
    return reports


async def cast_of(url: str) -> Cast:
    """Sign the demo's people in."""
    keys = (APPLICANT, RESPONDENT, "mediator", "intake", "director")
    applicant, respondent, mediator, intake, director = await asyncio.gather(*(_enter(url, key) for key in keys))
    talking = {Seat.APPLICANT: applicant, Seat.RESPONDENT: respondent, Seat.MEDIATOR: mediator}
    return Cast(talking, intake, director, _email(RESPONDENT), NAMES["mediator"])


async def _enter(url: str, key: str) -> Visitor:
    return await sign_in(url, _email(key), PASSWORD)


def _email(key: str) -> str:
    return f"{key}@example.org"
