"""Who may read a file: by the kind of thing it belongs to (``message`` of ``message-12``), one line a kind.

A file that belongs to nothing, or to a kind that is not here, is its owner's alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final

from community.files.models import Upload
from community.people.models import Person

Reader = Callable[[Person | None, Upload, datetime], Awaitable[bool]]


async def anybody(_person: Person | None, _upload: Upload, _at: datetime) -> bool:
    """Let everybody read what proves a public deed: a photograph of a board, the evidence of a step."""
    return True


READERS: Final[Mapping[str, Reader]] = dict.fromkeys(("publication", "milestone", "execution"), anybody)
