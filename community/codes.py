"""Unguessable codes for whatever is not public, in letters that are hard to misread."""

import secrets
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32: no i, l, o, u
_LETTERS: Final = ALPHABET.encode() * 8  # for each value of a byte its letter, each letter for as many


def new_code(length: int = 16) -> str:
    """Return a random code of ``length`` characters, five bits each (16 give 80 bits)."""
    return secrets.token_bytes(length).translate(_LETTERS).decode()
