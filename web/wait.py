"""The shape of something that waits for a person."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits: where it is done, what it is about, what is asked (a message id), and until when."""

    url: str
    title: str
    asks: str
    until: datetime | None = None
