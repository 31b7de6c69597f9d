"""The time of the demo: it begins some months ago and is played up to now, clocks included."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from community.calendar.rules import local_day
from community.timers.commands import fire_due
from web.clock import BEIJING
from web.clocks import TIMERS

DAYS: Final = 110
"""How long ago the story begins."""


@dataclass(slots=True)
class Story:
    """Where in time the story stands. ``say`` tells whoever waits what is being built."""

    now: datetime
    at: datetime
    say: Callable[[str], None] = print

    @classmethod
    def beginning(cls, now: datetime, say: Callable[[str], None]) -> "Story":
        """Return a story that starts at nine in the morning, `DAYS` before ``now``."""
        day = local_day(now) - timedelta(days=DAYS)
        return cls(now, datetime.combine(day, time(9), BEIJING).astimezone(UTC), say)

    @property
    def today(self) -> date:
        """Return the day in Beijing where the story stands."""
        return local_day(self.at)

    async def to(self, days_ago: int, hour: int = 10) -> datetime:
        """Play forward to an hour of a day before now, and let the clocks that run out on the way strike."""
        target = datetime.combine(local_day(self.now) - timedelta(days=days_ago), time(hour), BEIJING)
        target = target.astimezone(UTC)  # SQLite keeps moments as text, and finds them by it
        await self.play(min(target, self.now))
        return self.at

    async def play(self, until: datetime) -> None:
        """Let time pass, an hour at a time where something may fall due."""
        while self.at < until:
            self.at = min(self.at + timedelta(hours=12), until)
            while await fire_due(TIMERS, self.at):
                pass
