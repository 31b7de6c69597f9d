"""The only source of time. In development it can be moved, so that a fifteen-day notice plays in a minute."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

BEIJING: Final = ZoneInfo("Asia/Shanghai")
_STEP: Final = re.compile(r"([+-]\d+)([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(slots=True)
class Clock:
    """Tells the time; ``shift`` moves it, ``file`` lets another process move it (development only)."""

    shift: timedelta = timedelta(0)
    file: Path | None = None
    _read_at: int = field(default=0, repr=False)

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        self._follow()
        return datetime.now(UTC) + self.shift

    def move(self, step: timedelta) -> None:
        """Move the clock by ``step`` and tell other processes through the file."""
        self._follow()
        self.shift += step
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(str(self.shift.total_seconds()))

    def _follow(self) -> None:
        if self.file is None or not self.file.exists():
            return
        changed = self.file.stat().st_mtime_ns
        if changed != self._read_at:
            self._read_at = changed
            self.shift = timedelta(seconds=float(self.file.read_text() or 0))


def parse_step(text: str) -> timedelta:
    """Return the step in ``+15d``, ``-2h`` or ``+1d+6h``.

    Raises:
        ValueError: the text is not of that form.

    >>> parse_step("+1d+6h")
    datetime.timedelta(days=1, seconds=21600)
    """
    steps = _STEP.findall(text)
    if not steps or "".join(number + unit for number, unit in steps) != text:
        raise ValueError(text)
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in steps), timedelta(0))
