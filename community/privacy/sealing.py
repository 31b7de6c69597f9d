"""Files locked piece by piece, so that none lies in memory whole: AES-256-GCM with a data key.

Every piece is bound to its file (``about``), to its number and to whether it is the last one: pieces that were
swapped, left out or cut off do not open. Source: NIST SP 800-38D; trust model "Confidentiality at rest".
"""

import os
from collections.abc import AsyncIterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from community.privacy.vault import NONCE, Tampered

PIECE: Final = 256 * 1024  # bytes in the clear
_SEALED: Final = NONCE + PIECE + 16  # bytes of a locked piece: nonce, text, tag


async def seal(chunks: AsyncIterator[bytes], *, about: str, key: bytes) -> AsyncIterator[bytes]:
    """Lock a file; what comes out is 28 bytes a piece longer."""
    lock, n = AESGCM(key), 0
    async for piece, last in _even(chunks, PIECE):
        nonce = os.urandom(NONCE)
        yield nonce + lock.encrypt(nonce, piece, _place(about, n, last))
        n += 1


async def unseal(chunks: AsyncIterator[bytes], *, about: str, key: bytes) -> AsyncIterator[bytes]:
    """Open a file that `seal` locked.

    Raises:
        Tampered: a piece was altered, moved or left out, or the key is another.
    """
    lock, n = AESGCM(key), 0
    async for piece, last in _even(chunks, _SEALED):
        try:
            clear = lock.decrypt(piece[:NONCE], piece[NONCE:], _place(about, n, last))
        except (InvalidTag, ValueError) as wrong:
            raise Tampered(about) from wrong
        yield clear
        n += 1


async def _even(chunks: AsyncIterator[bytes], size: int) -> AsyncIterator[tuple[bytes, bool]]:
    """Cut what comes into pieces of ``size`` bytes, each with whether it is the last; there is always one."""
    held = bytearray()
    async for chunk in chunks:
        held += chunk
        while len(held) > size:
            yield bytes(held[:size]), False
            del held[:size]
    yield bytes(held), True


def _place(about: str, n: int, last: bool) -> bytes:  # noqa: FBT001 - part of what is bound
    return f"{about}|{n}|{'last' if last else 'more'}".encode()
