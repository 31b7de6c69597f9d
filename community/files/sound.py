"""How long a recording plays, read off its own frames. Nothing here does I/O.

Source: RFC 4867 (AMR), RFC 3533 and 7845 (Ogg, Opus), ISO/IEC 14496-12 (MP4: mvhd), ISO/IEC 11172-3 (MP3).
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from community.files.rules import AMR, M4A, MP3, OGG

_NARROW: Final = (12, 13, 15, 17, 19, 20, 26, 31, 5)
_WIDE: Final = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5)
_PER_SECOND: Final = 50  # frames of AMR
_OPUS: Final = 48_000
_KBIT: Final = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HERTZ: Final = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_HEAD: Final = 4
_LAYER_3: Final = 1


def seconds(data: bytes, media_type: str) -> int | None:
    r"""Return how many seconds a recording plays, rounded up; ``None`` when it does not say.

    >>> seconds(b"#!AMR\n" + (b"\x3c" + bytes(31)) * 51, AMR)
    2
    """
    return _READERS[media_type](data) if media_type in _READERS else None


def _up(count: int, per_second: int) -> int | None:
    return -(-count // per_second) if count > 0 and per_second > 0 else None


def _amr(data: bytes) -> int | None:
    wide = data.startswith(b"#!AMR-WB\n")
    sizes, at, frames = (_WIDE, 9, 0) if wide else (_NARROW, 6, 0)
    while at < len(data):
        mode = (data[at] >> 3) & 15
        at += 1 + (sizes[mode] if mode < len(sizes) else 0)
        frames += 1
    return _up(frames, _PER_SECOND)


def _ogg(data: bytes) -> int | None:
    last, vorbis = data.rfind(b"OggS"), data.find(b"\x01vorbis", 0, 256)
    rate = _OPUS if data.find(b"OpusHead", 0, 256) >= 0 else 0
    if vorbis >= 0:
        rate = int.from_bytes(data[vorbis + 12 : vorbis + 16], "little")
    return _up(int.from_bytes(data[last + 6 : last + 14], "little", signed=True), rate) if last >= 0 else None


def _mp4(data: bytes) -> int | None:
    at = data.find(b"mvhd") + 4
    long = at + 1 <= len(data) and data[at] == 1
    scale, wide = (at + 20, 8) if long else (at + 12, 4)
    length = int.from_bytes(data[scale + 4 : scale + 4 + wide], "big")
    return _up(length, int.from_bytes(data[scale : scale + 4], "big")) if at >= _HEAD else None


def _mp3(data: bytes) -> int | None:
    at, samples, rate = _after_tag(data), 0, 0
    while at + _HEAD <= len(data):
        size, count, rate_ = _frame(data[at : at + _HEAD])
        if not size:
            break
        at, samples, rate = at + size, samples + count, rate_
    return _up(samples, rate)


def _after_tag(data: bytes) -> int:
    if not data.startswith(b"ID3"):
        return 0
    return 10 + sum((byte & 127) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=False))


def _frame(head: bytes) -> tuple[int, int, int]:
    """Return the bytes, samples and samples a second of one frame of layer 3; nothing where there is none."""
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    kbit, hertz = head[2] >> 4, (head[2] >> 2) & 3
    if head[0] != 255 or head[1] < 224 or layer != _LAYER_3 or version not in _HERTZ:  # noqa: PLR2004 - the sync word
        return 0, 0, 0
    first = version == 3  # noqa: PLR2004 - MPEG 1
    if not 0 < kbit < len(_KBIT[first]) or hertz >= len(_HERTZ[version]):
        return 0, 0, 0
    rate, count = _HERTZ[version][hertz], 1152 if first else 576
    return count // 8 * _KBIT[first][kbit] * 1000 // rate + ((head[2] >> 1) & 1), count, rate


_READERS: Final[MappingProxyType[str, Callable[[bytes], int | None]]] = MappingProxyType(
    {AMR: _amr, OGG: _ogg, M4A: _mp4, MP3: _mp3}
)
