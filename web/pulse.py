"""The courier's heart: it beats while the platform is at work, so that a time without it is known afterwards."""

from dataclasses import dataclass
from datetime import datetime

from community.timers.outages import EVERY, beat
from web.clock import Clock


@dataclass(slots=True)
class Pulse:
    """Beats of one process; the first one after a start looks back."""

    last: datetime | None = None

    async def beat(self, at: datetime) -> None:
        """Beat, unless that was done a moment ago."""
        if self.last is None or not self.last <= at < self.last + EVERY:
            await beat(at=at, real=Clock().now())
            self.last = at
