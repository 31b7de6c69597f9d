"""One package: the same bytes from the same contents, and every byte that is changed has a name."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Unfit
from deliberation.archive.package import MANIFEST, Fault, digest, pack, verify
from deliberation.archive.rules import Item, check_left_out

FILES: dict[str, bytes | Path] = {
    "index.html": "卷宗".encode(),
    "data/cover.json": b"{}",
    "photos/a.webp": b"\x00" * 3000,
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    target = tmp_path / "one.zip"
    pack(target, FILES, {"matter": 1})
    return target


def changed(package: Path, **edits: bytes | None) -> io.BytesIO:
    """Return the package with files replaced, taken out (None) or put in; names have dots for underscores."""
    wanted = {name.replace("__", "/").replace("_", "."): data for name, data in edits.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = wanted.pop(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in wanted.items():
            new.writestr(name, data or b"")
    made.seek(0)
    return made


def test_the_same_contents_are_the_same_bytes(tmp_path: Path, package: Path) -> None:
    loose = tmp_path / "a.webp"
    loose.write_bytes(b"\x00" * 3000)
    again = tmp_path / "two.zip"
    root = pack(again, {**dict(reversed(FILES.items())), "photos/a.webp": loose}, {"matter": 1})
    assert again.read_bytes() == package.read_bytes()
    assert verify(package) == (root, [])
    with zipfile.ZipFile(package) as opened:
        assert root == digest(opened.read(MANIFEST))
        assert opened.namelist() == sorted([*FILES, MANIFEST])


def test_what_was_altered_taken_out_or_put_in_is_named(package: Path) -> None:
    assert verify(changed(package, index_html=b"x"))[1] == [Fault("index.html", "altered")]
    assert verify(changed(package, data__cover_json=None))[1] == [Fault("data/cover.json", "missing")]
    assert verify(changed(package, more_txt=b"x"))[1] == [Fault("more.txt", "added")]


def test_a_changed_manifest_changes_the_root_and_none_has_no_root(package: Path) -> None:
    root, _ = verify(package)
    with zipfile.ZipFile(package) as opened:
        forged = opened.read(MANIFEST).replace(b'"matter":1', b'"matter":2')
    assert verify(changed(package, manifest_json=forged)) != (root, [])
    assert verify(changed(package, manifest_json=None)) == ("", [Fault(MANIFEST, "manifest")])
    assert verify(changed(package, manifest_json=b"[]")) == ("", [Fault(MANIFEST, "manifest")])
    assert verify(io.BytesIO(b"no zip")) == ("", [Fault("", "unreadable")])


@given(st.integers(0, 10**9), st.integers(1, 255))
def test_no_byte_can_be_flipped_unseen(at: int, by: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("a.txt", b"aaaa")
        new.writestr(MANIFEST, b'{"about":{},"files":{"a.txt":"%s"},"format":"x"}' % digest(b"aaaa").encode())
    whole = bytearray(made.getvalue())
    root, faults = verify(io.BytesIO(bytes(whole)))
    assert faults == []
    with zipfile.ZipFile(made) as opened:
        start = opened.getinfo("a.txt").header_offset + 30 + len("a.txt")
    place = start + at % 4
    whole[place] ^= by
    assert verify(io.BytesIO(bytes(whole))) == (root, [Fault("a.txt", "altered")])


def test_everything_that_is_missing_needs_a_reason() -> None:
    check_left_out([Item.PHOTOS], {Item.PHOTOS: "公告栏被台风吹走了。"})
    for given_reasons in ({}, {Item.PHOTOS: "  "}, {Item.PHOTOS: "无"}, {Item.PHOTOS: "长" * 501}):
        with pytest.raises(Unfit) as why:
            check_left_out([Item.PHOTOS], given_reasons)
        assert why.value.field == Item.PHOTOS
