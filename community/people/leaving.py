"""What else ends when somebody signs out everywhere or closes their account, and what stands in the way of closing it.

Other rooms know; whoever puts the program together says which.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from community.people.models import Person
from community.record.outbox import Actor

Bar = Callable[[Person, datetime], Awaitable[str | None]]
Ending = Callable[[Person, Actor | None, datetime], Awaitable[None]]
_bars: list[Bar] = []
_endings: list[Ending] = []


def install(bars: Iterable[Bar], endings: Iterable[Ending]) -> None:
    """Let these be asked before an account is closed, and these be called when somebody leaves, inside that command.

    A bar answers with a sentence that says what is to be done first, or with nothing.
    """
    _bars[:], _endings[:] = bars, endings


async def bars_for(person: Person, *, at: datetime) -> list[str]:
    """Return what has to be done before ``person`` can close their account."""
    return [said for bar in _bars if (said := await bar(person, at))]


async def leave(person: Person, *, by: Actor | None, at: datetime) -> None:
    """End what acts in the name of ``person``; call it inside a command."""
    for ending in _endings:
        await ending(person, by, at)
