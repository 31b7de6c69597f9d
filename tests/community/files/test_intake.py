"""What is taken, what is not, and what is left of a photograph."""

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from community.errors import TooOften, Unfit
from community.files.commands import attach, forget_loose, keep
from community.files.intake import Taken, take
from community.files.models import Upload
from community.files.queries import files_of
from community.files.rules import CSV, DOCX, MOST, MOST_A_DAY, PDF, TEXT, WEBP, XLSX
from community.files.storage import Disk
from tests.world import NOON, World


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    picture = Image.new("P" if kind == "GIF" else "1" if size[0] > 9999 else "RGB", size)
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "secret place"
    picture.save(out, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return out.getvalue()


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in ("[Content_Types].xml", *names):
            made.writestr(name, "<x/>")
    return out.getvalue()


async def given(folder: Path, data: bytes, name: str) -> tuple[Taken, bytes]:
    disk = Disk(folder)
    taken = await take(disk, io.BytesIO(data), name)
    return taken, b"".join([chunk async for chunk in disk.get(taken.key)])


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("合同.pdf", b"%PDF-1.7 ...", PDF),
        ("说明.txt", "您好\n".encode(), TEXT),
        ("名册.CSV", "门牌,面积\n".encode("gb18030"), CSV),
        ("申请.docx", package("word/document.xml"), DOCX),
        ("台账.xlsx", package("xl/workbook.xml"), XLSX),
        ("IMG_1.JPG", photo(), WEBP),
        ("图.png", photo("PNG"), WEBP),
        ("动.gif", photo("GIF"), WEBP),
        ("图.webp", photo("WEBP"), WEBP),
    ],
)
async def test_what_is_taken_is_told_by_its_content(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    taken, kept = await given(tmp_path, data, name)
    assert taken.media_type == media_type
    assert taken.size == len(kept)
    if media_type != WEBP:
        assert kept == data
        assert taken.sha256 == taken.given_sha256


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b""),
        ("大.txt", b"x" * (MOST + 1)),
        ("页.html", b"<script>alert(1)</script>"),
        ("图.svg", b"<svg onload='alert(1)'/>"),
        ("图.jpg", b"<svg onload='alert(1)'/>"),
        ("合同.pdf", photo()),
        ("照片.jpg", b"%PDF-1.7"),
        ("说明.txt", b"MZ\x00\x90"),
        ("程序.exe", b"MZ\x90"),
        ("包.zip", package("a.txt")),
        ("宏.docx", package("word/document.xml", "word/vbaProject.bin")),
        ("两个.docx", package("word/document.xml", "xl/workbook.xml")),
        ("坏.docx", b"PK\x03\x04 not a zip"),
        ("坏.jpg", photo()[:200]),
        ("坏.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
    ],
)
async def test_what_is_not_taken_is_refused_with_a_sentence_and_leaves_nothing(
    tmp_path: Path, name: str, data: bytes
) -> None:
    with pytest.raises(Unfit, match="。"):
        await given(tmp_path, data, name)
    assert [name for *_, names in os.walk(tmp_path) for name in names] == []


async def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken(tmp_path: Path) -> None:
    taken, kept = await given(tmp_path, photo(), "IMG.jpg")
    assert b"secret place" not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert (shown.format, shown.size, dict(shown.getexif())) == ("WEBP", (48, 64), {})
    assert taken.sha256 != taken.given_sha256


async def test_a_huge_picture_is_refused_before_it_is_opened_and_a_large_one_made_smaller(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="尺寸太大"):
        await given(tmp_path, photo("PNG", (20_000, 20_000)), "bomb.png")
    _, kept = await given(tmp_path, photo("PNG", (5000, 100)), "wide.png")
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.width == 4096


async def kept(world: World, name: str = "a.txt", size: int = 5, key: str = "") -> Upload:
    taken = Taken(key or f"k{os.urandom(8).hex()}", TEXT, size, "a" * 64, "a" * 64)
    return await keep(taken, name, by=world.lan, at=NOON)


async def test_an_upload_is_attached_once_and_only_by_its_owner(world: World) -> None:
    upload = await kept(world)
    with pytest.raises(Unfit):
        await attach([upload.code], "message-1", by=world.qiang, at=NOON)
    await attach([upload.code], "message-1", by=world.lan, at=NOON)
    with pytest.raises(Unfit):
        await attach([upload.code], "message-2", by=world.lan, at=NOON)
    assert [each.code for each in await files_of("message-1")] == [upload.code]


async def test_of_several_one_that_is_missing_attaches_none(world: World) -> None:
    upload = await kept(world)
    with pytest.raises(Unfit):
        await attach([upload.code, "nowhere"], "message-1", by=world.lan, at=NOON)
    assert await files_of("message-1") == []


async def test_one_person_cannot_fill_the_disk(world: World) -> None:
    await kept(world, size=MOST_A_DAY)
    with pytest.raises(TooOften):
        await kept(world)


async def test_what_belongs_to_nothing_is_forgotten_after_a_day(world: World) -> None:
    loose, used = await kept(world, key="loose"), await kept(world, key="used")
    await attach([used.code], "message-1", by=world.lan, at=NOON)
    assert await forget_loose(at=NOON + timedelta(hours=23)) == []
    assert await forget_loose(at=NOON + timedelta(hours=25)) == [loose.key]
    assert await Upload.all().count() == 1
