"""How long recordings play, of the four kinds that are taken, and that a broken one does not say."""

import struct

import pytest

from community.files.rules import AMR, M4A, MP3, OGG, PDF
from community.files.sound import seconds

NARROW = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 500
WIDE = b"#!AMR-WB\n" + (b"\x44" + bytes(60)) * 75
OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(40) + b"OggS\0\4" + struct.pack("<q", 48_000 * 7 + 1) + bytes(20)
VORBIS = b"OggS" + bytes(24) + b"\x01vorbis" + bytes(4) + b"\x01" + struct.pack("<I", 16_000) + bytes(40)
VORBIS += b"OggS\0\4" + struct.pack("<q", 16_000 * 3) + bytes(20)
SHORT = b"\0\0\0\x20ftypM4A " + b"moovxxxxmvhd\0\0\0\0" + bytes(8) + struct.pack(">II", 1000, 61_500)
LONG = b"\0\0\0\x20ftypM4A " + b"moovxxxxmvhd\1\0\0\0" + bytes(16) + struct.pack(">IQ", 48_000, 96_000)
FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG 1 layer 3, 128 kbit/s, 44.1 kHz: 417 bytes, 1152 samples
TAGGED = b"ID3\4\0\0\0\0\0\5" + bytes(5) + FRAME * 100


@pytest.mark.parametrize(
    ("data", "kind", "length"),
    [
        (NARROW, AMR, 10),
        (WIDE, AMR, 2),
        (OPUS, OGG, 8),
        (VORBIS, OGG, 3),
        (SHORT, M4A, 62),
        (LONG, M4A, 2),
        (FRAME * 39, MP3, 2),
        (TAGGED, MP3, 3),
    ],
)
def test_a_recording_says_how_long_it_plays(data: bytes, kind: str, length: int) -> None:
    assert seconds(data, kind) == length


@pytest.mark.parametrize("kind", [AMR, OGG, M4A, MP3, PDF])
@pytest.mark.parametrize("data", [b"", b"#!AMR\n", b"OggS", b"mvhd", b"ID3", b"\xff\xfb\xff\xff", bytes(500)])
def test_what_is_broken_says_nothing_and_breaks_nothing(data: bytes, kind: str) -> None:
    assert seconds(data, kind) is None or kind == AMR
