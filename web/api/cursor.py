"""Cursors: where the next page of a list begins, in a form nobody is tempted to compute with."""

import base64
import binascii
from typing import Final

from community.errors import Unfit

_MARK: Final = b"k"
_MOST: Final = 2**31 - 1


def cursor_of(key: int | None) -> str | None:
    """Return the cursor for the page after the row with ``key``; nothing after the last.

    >>> cursor_of(41), key_of(cursor_of(41))
    ('azQx', 41)
    """
    return None if key is None else base64.urlsafe_b64encode(_MARK + str(key).encode()).decode().rstrip("=")


def key_of(cursor: str | None) -> int | None:
    """Return the key in a cursor.

    Raises:
        Unfit: nobody was given such a cursor.
    """
    if cursor is None:
        return None
    try:
        plain = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        plain = b""
    digits = plain.removeprefix(_MARK)
    if plain[:1] != _MARK or not digits.isdigit() or int(digits) > _MOST:
        raise Unfit("翻页的记号不对。请用上一页给出的 next，或从第一页重新取。", field="cursor")
    return int(digits)
