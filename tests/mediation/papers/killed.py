"""A program that numbers papers until it is killed: ``python -m tests.mediation.papers.killed URL CASE PERSON SPOT``.

SPOT says where it dies by itself: ``number`` after the number was taken and before its paper is made, ``paper`` after
the paper and before the commit; ``loop`` lets it go on, naming each number that is safe, until somebody kills it.
"""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from typing import Any, NoReturn, cast

from community.people.models import Person
from community.privacy import vault
from mediation.papers import commands, numbering
from mediation.papers.rules import Made
from tests.world import NOON
from web.database import open_database
from web.settings import Settings, ring_of

DAY = NOON + timedelta(days=4)


async def _die(*_: object, **__: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def _die_at(spot: str) -> None:
    giving, making = (cast("Any", each) for each in (numbering, commands))
    if spot == "number":
        giving.NumberedPaper.create = _die
    if spot == "paper":
        making.record = _die


async def main(url: str, case: str, person: str, spot: str) -> None:
    """Number papers of a case."""
    vault.install(ring_of(Settings()))
    await open_database(url)
    by = await Person.get(id=int(person))
    _die_at(spot)
    while True:
        made = await commands.issue(case, Made.ACCEPTED, "周三上午九点，居委会二楼。", by=by, at=DAY)
        sys.stdout.write(f"{made.seq}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
