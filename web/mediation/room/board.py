"""The rooms that are open in this process, who has how many sockets, and the look at their rights every second."""

import asyncio
import logging
from collections import Counter
from typing import Any, Final

from mediation.room.commands import stay
from mediation.room.models import Room
from mediation.room.rules import BURSTS
from web.live import Hub
from web.mediation.room.feed import Feed, Now, Reader, refresh
from web.mediation.room.limits import Window
from web.tasks import spawn

log = logging.getLogger(__name__)

MOST_SOCKETS: Final = 8  # of one person in this process
EVERY: Final = 1.0  # seconds between two looks at the rights of everybody connected
SIGN_OF_LIFE: Final = 20  # looks between two signs that somebody is still there


class Board:
    """Which room is read by which task, shared by all its sockets."""

    def __init__(self, hub: Hub, clock: Now) -> None:
        self.hub, self.clock = hub, clock
        self.feeds: dict[int, Feed] = {}
        self._says = Window(BURSTS)
        self._sockets: Counter[int] = Counter()
        self._tasks: dict[int, asyncio.Task[Any]] = {}
        self._watch: asyncio.Task[Any] | None = None

    def wait(self, person_id: int) -> int:
        """Count one message of a person and return 0, or return the seconds they have to wait."""
        return self._says.wait(person_id, asyncio.get_running_loop().time())

    def admit(self, person_id: int) -> bool:
        """Count one more socket of a person, unless they have as many as one may."""
        if self._sockets[person_id] >= MOST_SOCKETS:
            return False
        self._sockets[person_id] += 1
        return True

    def dismiss(self, person_id: int) -> None:
        """Count one socket less."""
        self._sockets[person_id] -= 1
        if not self._sockets[person_id]:
            del self._sockets[person_id]

    async def join(self, room: Room, reader: Reader) -> Feed:
        """Put a socket into a room and return what is read for it."""
        feed = self.feeds.get(room.id)
        if feed is None:
            feed = self.feeds[room.id] = Feed(room, self.hub, self.clock)
            self._tasks[room.id] = spawn(_always(feed), name=f"reader of {room.name}")
        feed.enter(reader)
        if self._watch is None:
            self._watch = spawn(self._look_after(), name="rights in rooms")
        await feed.ready.wait()
        await feed.check()
        return feed

    def leave(self, feed: Feed, reader: Reader) -> bool:
        """Take a socket out of a room, and return whether it was the person's last one there."""
        feed.readers.discard(reader)
        if not feed.readers and self.feeds.get(feed.room.id) is feed:
            self.feeds.pop(feed.room.id)
            self._tasks.pop(feed.room.id).cancel()
        if not self.feeds and self._watch:
            self._watch.cancel()
            self._watch = None
        return all(each.person_id != reader.person_id for each in feed.readers)

    async def close(self) -> None:
        """Stop reading, when the process stops."""
        tasks = [*self._tasks.values(), *([self._watch] if self._watch else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look_after(self) -> None:
        looks = 0
        while True:
            await asyncio.sleep(EVERY)
            looks += 1
            try:
                await refresh(list(self.feeds.values()), at=self.clock.now())
                if looks % SIGN_OF_LIFE == 0:
                    await self._sign_of_life()
            except Exception:
                log.exception("the rights in rooms could not be read")

    async def _sign_of_life(self) -> None:
        pairs = {(feed.room.id, reader.person_id) for feed in self.feeds.values() for reader in feed.readers}
        await stay(pairs, at=self.clock.now())


async def _always(feed: Feed) -> None:
    """Read for a room; when the database is away for a moment, try again."""
    while True:
        try:
            await feed.run()
        except Exception:
            log.exception("%s could not be read", feed.room.name)
            await asyncio.sleep(1)
