"""A clock that stands until a test moves it."""

from datetime import datetime

from tests.world import NOON
from web.clock import Clock


class TestClock(Clock):
    """A clock that stands at noon until it is moved."""

    __test__ = False

    def now(self) -> datetime:
        return NOON + self.shift
