"""What is taken, how large, and what it is called. Types are told by content; the name only has to agree."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

MEGABYTE: Final = 1024 * 1024
MOST: Final = 20 * MEGABYTE  # bytes of one file
MOST_A_DAY: Final = 200 * MEGABYTE  # bytes a person may hand in within 24 hours
PIXELS: Final = 40_000_000  # of one picture; above it decoding could eat the memory of the machine
SIDE: Final = 4096  # pixels of the longer side that are kept
NAME: Final = 80  # characters

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
CSV: Final = "text/csv"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WEBP: Final = "image/webp"
IMAGE: Final = "image"  # any picture we can re-encode; kept as WebP
MP3: Final = "audio/mpeg"
M4A: Final = "audio/mp4"
AMR: Final = "audio/amr"
OGG: Final = "audio/ogg"
SOUND: Final = frozenset({MP3, M4A, AMR, OGG})  # taken only where a voice may stand for a signature
ZIP: Final = "zip"  # a package that has to be looked into

_STARTS: Final = (
    (b"\xff\xd8\xff", IMAGE),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"#!AMR", AMR),
    (b"OggS", OGG),
)
PACKAGES: Final = MappingProxyType({"word/document.xml": DOCX, "xl/workbook.xml": XLSX})
ENDINGS: Final = MappingProxyType(
    {
        PDF: (".pdf",),
        TEXT: (".txt",),
        CSV: (".csv",),
        DOCX: (".docx",),
        XLSX: (".xlsx",),
        MP3: (".mp3",),
        M4A: (".m4a", ".mp4"),
        AMR: (".amr",),
        OGG: (".ogg", ".opus"),
        IMAGE: (".jpg", ".jpeg", ".png", ".gif", ".webp"),
    }
)
ACCEPT: Final = ",".join(ending for kind, endings in ENDINGS.items() if kind not in SOUND for ending in endings)


def kind_of(head: bytes) -> str | None:
    """Return what the first bytes of a file say it is: a media type, `IMAGE`, `ZIP`, or ``None`` for maybe text.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"RIFF....WEBPVP8 "), kind_of(b"<html>")
    ('application/pdf', 'image', None)
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return IMAGE
    if head[4:8] == b"ftyp" and head[8:11] in (b"M4A", b"mp4", b"iso", b"3gp"):
        return M4A
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def ending(name: str) -> str:
    """Return the ending of a file name in small letters.

    >>> ending("照片.JPG"), ending("没有")
    ('.jpg', '')
    """
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def clean_name(name: str, media_type: str) -> str:
    r"""Return a name that is safe in a header and on any disk, with the ending of what the file really is.

    >>> clean_name("../../etc/照片\u202e gpj.exe", "image/webp")
    '照片 gpj.webp'
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    stem = re.sub(r'[<>:"|?*%;]+', "_", plain.rpartition(".")[0] or plain).strip(" ._")[:NAME]
    last = ".webp" if media_type == WEBP else ENDINGS[media_type][0]
    return f"{stem or '文件'}{last}"
