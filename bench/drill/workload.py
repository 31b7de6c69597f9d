"""What a workload is: clients that do one write after another, can be cut off, and know what was acknowledged."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(slots=True)
class Count:
    """What clients tried, what was acknowledged, what was wrong in the end, and what else is worth a line."""

    tried: int = 0
    acknowledged: int = 0
    cut: int = 0
    stored: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def want(self, fact: object, otherwise: str) -> None:
        """Note ``otherwise`` unless ``fact``."""
        if not fact:
            self.wrong.append(otherwise)


class Unanswered(Exception):
    """The server went away before it acknowledged."""


class Client(Protocol):
    """One client: writes again and again, or begins a write and hangs up."""

    async def write(self) -> None:
        """Write once and remember the acknowledgement. Raises `Unanswered`."""

    async def hang_up(self, after: float) -> None:
        """Begin a write and be gone ``after`` seconds."""

    async def close(self) -> None:
        """Let go of connections."""


class Workload(Protocol):
    """A kind of client, and the proof that what they were told is so."""

    name: str
    count: Count

    def clients(self, address: str) -> list[Client]:
        """Return the clients of a server."""

    async def check(self) -> None:
        """Compare what was acknowledged with the open database; what is wrong goes into ``count``."""
