"""How somebody is reached, and what proves it by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from deliberation.ballot.roll import How

BY_HAND: Final = (How.SIGNED, How.ATTENDED, How.PHONE, How.VIDEO, How.POSTED, How.REFUSED, How.UNDELIVERABLE)
"""What people write down; a login is written down by itself."""

FAILED: Final = frozenset({How.REFUSED, How.UNDELIVERABLE})
NOTE: Final = 200  # characters
WITNESS: Final = 40  # characters
MOST: Final = 300  # heads in one form
WHY: Final = (4, 200)  # characters of why an entry is struck out


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round from door to door: these heads, reached in the same way at the same time.

    ``batch`` is made with the empty form, so that a form sent twice over a bad line is written down once.
    """

    heads: tuple[int, ...]
    how: How
    served_at: datetime
    batch: str
    warned: bool = False
    witness: str = ""
    note: str = ""


def proof_of(how: How, *, number: int, sha256: str = "", meeting_id: int | None = None) -> str:
    """Return what proves a delivery, or nothing: a kept file, our own record of a login, a meeting's check-in.

    >>> proof_of(How.LOGIN, number=7), proof_of(How.PHONE, number=8)
    ('record:7', '')
    """
    if sha256:
        return f"file:{sha256}"
    if how is How.LOGIN:
        return f"record:{number}"
    return f"meeting:{meeting_id}" if meeting_id else ""
