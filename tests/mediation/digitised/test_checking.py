"""What is taken for a page of a scanned dossier, and what is not."""

import io
from contextlib import ExitStack
from typing import BinaryIO

import pytest

from community.errors import Unfit
from mediation.digitised import checking, pdf
from mediation.digitised.checking import examine, title_of, unpacked
from mediation.digitised.rules import STEPS, CopyStage, Keeps, in_order, steps_from
from tests.mediation.digitised.scans import package, packed_pdf, picture
from tests.mediation.digitised.scans import pdf as made

Files = list[tuple[str, BinaryIO]]


def opened(files: Files) -> Files:
    with ExitStack() as stack:
        return unpacked(files, stack)


TREE = b"2 0 <</Type /Pages /Kids [3 0 R] /Count 7>>"


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("1.jpg", picture("JPEG"), 1),
        ("2.PNG", picture("PNG"), 1),
        ("3.tif", picture("TIFF", 3), 3),
        ("4.pdf", made(12), 12),
        ("5.pdf", packed_pdf(TREE), 7),
    ],
)
def test_pages_are_counted(name: str, content: bytes, pages: int) -> None:
    assert examine(io.BytesIO(content), name).pages == pages


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("1.jpg", b"", "空的"),
        ("1.jpg", b"MZ\x90", "收不了"),
        ("1.svg", b"<svg/>", "收不了"),
        ("1.pdf", picture("JPEG"), "对不上"),
        ("1.jpg", picture("JPEG")[:300], "打不开"),
        ("1.tif", picture("TIFF", 2)[:-200], "打不开"),
        ("1.pdf", made(0), "读不出页数"),
        ("1.pdf", made(1, b"/OpenAction <</S /JavaScript>>"), "有程序"),
        ("1.pdf", made(1, b"/OpenAction <</S /J#61vaScript>>"), "有程序"),
        ("1.pdf", packed_pdf(TREE + b"<</S /Launch>>"), "有程序"),
        ("1.pdf", made(1, b"/Encrypt 9 0 R"), "有密码"),
    ],
)
def test_what_is_no_scan_is_refused(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Unfit) as wrong:
        examine(io.BytesIO(content), name)
    assert says in wrong.value.reason


def test_what_grows_without_end_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 1000)
    with pytest.raises(Unfit, match="展开以后太大"):
        examine(io.BytesIO(packed_pdf(TREE + b" " * 5000)), "1.pdf")
    monkeypatch.setattr(checking, "MOST_FILE", 1000)
    with pytest.raises(Unfit, match="太大"):
        opened([("卷.zip", io.BytesIO(package({"1.pdf": b"0" * 5000})))])
    monkeypatch.setattr(checking, "MOST_FILES", 1)
    with pytest.raises(Unfit, match="最多"):
        opened([("卷.zip", io.BytesIO(package({"1.pdf": b"0", "2.pdf": b"0"})))])


def test_a_package_comes_in_the_order_of_its_pages_without_what_a_desktop_left() -> None:
    names = ("卷/10 回访.jpg", "卷/2 笔录.jpg", "__MACOSX/x.jpg", "卷/.DS_Store", "../../1 申请.jpg")
    found = [name for name, _ in opened([("卷.zip", io.BytesIO(package(dict.fromkeys(names, b"x"))))])]
    assert [title_of(name) for name in found] == ["1 申请", "2 笔录", "10 回访"]
    assert sorted(["b2", "b10", "a"], key=in_order) == ["a", "b2", "b10"]
    with pytest.raises(Unfit, match="打不开"):
        opened([("卷.zip", io.BytesIO(b"PK\x03\x04 broken"))])


def test_no_copy_is_compared_or_destroyed_by_one_alone() -> None:
    assert {each.deed.value for each in STEPS if each.other} == {"compared", "destroyed"}
    assert [each.by for each in steps_from(CopyStage.LEAVING)] == [frozenset({Keeps.HEAD})] * 2
    assert not steps_from(CopyStage.DESTROYED)
    assert not steps_from(CopyStage.RETURNED)
