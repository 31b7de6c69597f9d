"""Files locked piece by piece: what was altered, moved or cut off does not open."""

from collections.abc import AsyncIterator

import pytest

from community.privacy.sealing import PIECE, seal, unseal
from community.privacy.vault import Tampered, new_key

KEY = new_key()


async def given(data: bytes, by: int = 70_000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), by):
        yield data[at : at + by]


async def locked(data: bytes, about: str = "file") -> list[bytes]:
    return [piece async for piece in seal(given(data), about=about, key=KEY)]


async def opened(pieces: list[bytes], about: str = "file", key: bytes = KEY) -> bytes:
    return b"".join([piece async for piece in unseal(given(b"".join(pieces)), about=about, key=key)])


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
async def test_a_file_comes_back_as_it_was(size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    pieces = await locked(data)
    assert await opened(pieces) == data
    assert size < 16 or data[:16] not in b"".join(pieces)


async def test_what_was_touched_does_not_open() -> None:
    pieces = await locked(bytes(3 * PIECE))
    bent = [pieces[0][:-1] + bytes([pieces[0][-1] ^ 1]), *pieces[1:]]
    for wrong in (bent, pieces[:-1], [pieces[1], pieces[0], pieces[2]], [*pieces, pieces[-1]], []):
        with pytest.raises(Tampered):
            await opened(wrong)
    with pytest.raises(Tampered):
        await opened(pieces, about="another")
    with pytest.raises(Tampered):
        await opened(pieces, key=new_key())
