"""Whether anything but some kinds of event was recorded since one last looked.

Every change of a right records an event in the transaction that made it, so whoever knows the rights need not read
them again while only words are recorded. A right that ends by itself, on a day, records nothing then.
"""

from typing import Final

from community.record.reading import rows

WINDOW: Final = 256
"""So many of the newest events are looked at: numbers may be committed out of their order."""

_NEWEST: Final = """SELECT id, kind FROM event
WHERE id > (SELECT coalesce(max(id), 0) FROM event) - $1 ORDER BY id DESC"""


class Watch:
    """What one listener knows of the newest events.

    Attributes:
        but: the kinds that do not count.
    """

    def __init__(self, *but: str) -> None:
        self.but = frozenset(but)
        self._newest = 0
        self._known: frozenset[int] = frozenset()

    async def stirred(self) -> bool:
        """Return whether something that counts was recorded since the last call; the first call says yes."""
        found = await rows(_NEWEST, WINDOW)
        newest = int(found[0][0]) if found else 0
        others = frozenset(int(number) for number, kind in found if kind not in self.but)
        fresh = not self._newest or newest - self._newest > WINDOW // 2 or not others <= self._known
        self._newest, self._known = newest, others
        return fresh
