"""What can be found: whatever a room offers under its kind (``matter`` of ``matter-12``)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text as a room offers it: public, not hidden.

    ``about`` is the subject it belongs to, itself at the top; ``url`` the path of the page on which it stands.

    ``state`` is where that subject stands; it moves with it, so rooms need not offer again what only moved along.
    """

    kind: str
    number: int
    about: str
    community_id: int
    place_path: str
    state: str
    at: datetime
    url: str
    title: str = ""
    summary: str = ""
    body: str = ""

    @property
    def subject(self) -> str:
        """Return its key, as events name it."""
        return f"{self.kind}-{self.number}"


Look = Callable[[int], Awaitable[Mapping[str, Entry | None]]]
"""What stands behind one number: by subject the text, or None where nothing may be found; others may hang on it."""

Numbers = Callable[[int], Awaitable[list[int]]]
"""The next numbers of a kind above the given one, at most `BATCH`, in order; empty at the end."""

BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """How a kind is looked up and counted through. ``quiet`` are events that change none of its words or places."""

    look: Look
    numbers: Numbers
    quiet: frozenset[str] = field(default_factory=frozenset)


_offers: dict[str, Offer] = {}


def install(offers: Mapping[str, Offer]) -> None:
    """Use these offers by kind from now on; the composition of the program calls this once."""
    _offers.clear()
    _offers.update(offers)


def offers() -> Mapping[str, Offer]:
    """Return what is offered, by kind."""
    return _offers


def offer_of(kind: str, subject: str) -> tuple[Offer, int] | None:
    """Return who looks up ``subject`` after an event, and its number; nothing for what cannot be found."""
    room, _, number = subject.rpartition("-")
    offer = _offers.get(room)
    if offer is None or kind in offer.quiet or not (number.isascii() and number.isdigit()):
        return None
    return offer, int(number)
