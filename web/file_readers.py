"""Who may read a file: by the kind of thing it belongs to (``message`` of ``message-12``), one line a kind.

A file that belongs to nothing, or to a kind that is not here, is its owner's alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final

from community.files.models import Upload
from community.people.models import Person

Reader = Callable[[Person | None, Upload, datetime], Awaitable[bool]]

READERS: Final[Mapping[str, Reader]] = {}
