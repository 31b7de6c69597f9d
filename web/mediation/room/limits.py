"""How often one person may do something: exact sliding windows, kept in this process.

Several processes count apart, so that a person with sockets in two of them may say twice as much; the limits
protect the server and the reader's patience, not a right.
"""

from collections.abc import Iterable
from math import ceil

MOST_KEYS = 10_000


class Window:
    """Counts what happened under a key. ``rules`` are pairs: at most so many in so many seconds."""

    def __init__(self, rules: Iterable[tuple[int, int]]) -> None:
        self.rules = tuple(rules)
        self._most = max(count for count, _ in self.rules)
        self._times: dict[int, list[float]] = {}  # short; a deque takes more than any of them

    def wait(self, key: int, now: float) -> int:
        """Count one more under ``key`` at ``now`` and return 0, or return the whole seconds to wait.

        >>> window = Window([(2, 10)])
        >>> [window.wait(1, at) for at in (0.0, 1.0, 4.0, 10.0)]
        [0, 0, 6, 0]
        """
        times = self._times.setdefault(key, [])
        waits = [times[-count] + seconds - now for count, seconds in self.rules if len(times) >= count]
        longest = max(waits, default=0.0)
        if longest > 0:
            return ceil(longest)
        times.append(now)
        del times[: -self._most]
        self._forget(now)
        return 0

    def _forget(self, now: float) -> None:
        if len(self._times) > MOST_KEYS:
            last = now - max(seconds for _, seconds in self.rules)
            self._times = {key: times for key, times in self._times.items() if times[-1] > last}
