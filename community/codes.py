"""Unguessable codes for whatever is not public, in letters that are hard to misread."""

import secrets
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32: no i, l, o, u


def new_code(length: int = 16) -> str:
    """Return a random code of ``length`` characters, five bits each (16 give 80 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
