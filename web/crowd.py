"""Telling many people of one event: a hundred in a transaction, the rest by a timer, nobody twice.

A room says by kind of event which lines there are: whom, in which words, where to. The lines are asked for anew for
each hundred, so that whoever left meanwhile is not told.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.record.models import Event
from community.timers.commands import Handler, set_timer
from web.teller import Teller

CROWD: Final = 100  # people told in one transaction, so that nobody waits long behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence to some people. ``binding`` when it concerns a right or a duty, ``mail`` as in `tell`."""

    people: Collection[int]
    sentence: str
    facts: Mapping[str, object]
    url: str
    binding: bool = False
    mail: bool = True


Lines = Callable[[Event], Awaitable[Sequence[Line]]]
"""What an event is to be told as; in the same order whenever it is asked."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The tellers of a room that speak to many, and the timer that goes on where they stopped."""

    timer: str
    lines: Mapping[str, Lines]

    @property
    def tellers(self) -> Mapping[str, Teller]:
        """Return the tellers, for ``web/telling.py``."""
        return dict.fromkeys(self.lines, self.said)

    @property
    def timers(self) -> Mapping[str, Handler]:
        """Return the timer, for ``web/clocks.py``."""
        return {self.timer: self.more}

    async def said(self, event: Event) -> None:
        """Tell the first hundred of every line."""
        for number, line in enumerate(await self.lines[event.kind](event)):
            await self._some(event, number, line, 0, event.at)

    async def more(self, subject: str, at: datetime) -> None:
        """Go on telling of an event where the last hundred ended."""
        event_id, number, after = (int(part) for part in subject.removeprefix("event-").split("/"))
        event = await Event.get(id=event_id)
        lines = await self.lines[event.kind](event)
        if number < len(lines):
            await self._some(event, number, lines[number], after, at)

    async def _some(self, event: Event, number: int, line: Line, after: int, at: datetime) -> None:
        waiting = sorted(each for each in set(line.people) if each > after and each != event.actor_id)
        await tell(
            waiting[:CROWD],
            line.sentence,
            line.facts,
            url=line.url,
            at=at,
            topic=Topic.MATTER,
            binding=line.binding,
            mail=line.mail,
            dedupe=f"event-{event.id}/{number}",
        )
        if len(waiting) > CROWD:
            await set_timer(self.timer, f"event-{event.id}/{number}/{waiting[CROWD - 1]}", at)
