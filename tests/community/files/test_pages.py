"""Handing files in and reading them, through the front door."""

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from community.files.commands import attach
from community.files.models import Upload
from community.files.rules import MOST
from community.people.models import Person
from tests.community.files.test_intake import photo
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.community.files import pages
from web.courier import duties, once

DATA = os.environ.get("HEYI_DATA")
REAL = [pytest.param(Path(DATA) / "attack", id="real", marks=pytest.mark.real)] if DATA else []


def slip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("../../etc/passwd", "x")
        made.writestr("[Content_Types].xml", "x")
        made.writestr("word/document.xml", "x")
    return out.getvalue()


@pytest.fixture(params=[pytest.param(None, id="sample"), *REAL])
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> list[tuple[str, bytes]]:
    """Give files that mean no good: a few of our own, or the corpus."""
    if request.param is not None:
        return [(path.name, path.read_bytes()) for path in sorted(request.param.glob("*/*")) if path.is_file()]
    return [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.html", b"<!doctype html><script>alert(1)</script>"),
        ("x.jpg", photo()[:-20] + b"<script>alert(1)</script>"),
        ("x.gif", b"GIF89a/*" + b"\xff" * 60 + b"*/=1;alert(1)"),
        ("x.docx", slip()),
        ("x.pdf", b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
    ]


async def hand_in(client: httpx2.AsyncClient, data: bytes, name: str) -> httpx2.Response:
    return await client.post("/files", files={"file": (name, data, "text/html")})


async def test_a_file_is_its_owners_until_it_belongs_to_something(client: httpx2.AsyncClient, town: World) -> None:
    assert (await hand_in(client, b"hello", "a.txt")).status_code == 303
    client.cookies.update(await sign_in(town.lan))
    answer = await hand_in(client, b"hello", "说 明.txt")
    assert answer.status_code == 201
    address = f"/files/{answer.json()['code']}"
    mine = await client.get(address)
    assert (mine.status_code, mine.content) == (200, b"hello")
    assert mine.headers["content-disposition"] == (
        "attachment; filename=\"_ _.txt\"; filename*=UTF-8''%E8%AF%B4%20%E6%98%8E.txt"
    )
    assert (await client.get(address, headers={"If-None-Match": mine.headers["etag"]})).status_code == 304
    client.cookies.update(await sign_in(town.qiang))
    assert (await client.get(address)).status_code == 404
    client.cookies.clear()
    assert (await client.get(address)).status_code == 404


async def test_what_belongs_to_a_thing_is_read_by_whom_its_kind_says(
    client: httpx2.AsyncClient, town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reader(person: Person | None, upload: Upload, _at: object) -> bool:
        return person is not None and upload.about == f"letter-{person.id}"

    monkeypatch.setattr(pages, "READERS", {"letter": reader})
    client.cookies.update(await sign_in(town.lan))
    code = (await hand_in(client, photo(), "a.jpg")).json()["code"]
    await attach([code], f"letter-{town.qiang.id}", by=town.lan, at=NOON)
    client.cookies.update(await sign_in(town.qiang))
    shown = await client.get(f"/files/{code}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.headers["content-disposition"].startswith("inline")
    client.cookies.update(await sign_in(town.xiu))
    assert (await client.get(f"/files/{code}")).status_code == 404


async def test_too_much_is_stopped_while_it_streams(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    assert (await hand_in(client, b"x" * (MOST + 1), "a.txt")).status_code == 422
    assert (await hand_in(client, b"x" * (MOST + 1024 * 1024), "a.txt")).status_code == 413
    assert (await client.post("/files", data={"file": "no file"})).status_code == 422
    assert (await client.post("/files", content=b"nonsense", headers={"Content-Type": "multipart/form-data"})).is_error


async def test_hostile_files_end_in_a_sentence_or_harmless(
    client: httpx2.AsyncClient, town: World, hostile: list[tuple[str, bytes]]
) -> None:
    client.cookies.update(await sign_in(town.lan))
    for name, data in hostile:
        for called in {name, "x.jpg", "x.pdf", "x.docx", "x.txt", "x.csv"}:
            answer = await hand_in(client, data, called)
            assert answer.status_code in {201, 422, 429}, (name, called)
            if answer.status_code == 201:
                given = await client.get(f"/files/{answer.json()['code']}")
                harmless = given.headers["content-type"] == "image/webp"
                assert harmless or given.headers["content-disposition"].startswith("attachment"), (name, called)
                assert given.headers["x-content-type-options"] == "nosniff"
                assert "sandbox" in given.headers["content-security-policy"]


async def test_what_belongs_to_nothing_leaves_the_disk_after_a_day(
    client: httpx2.AsyncClient, town: World, app: Starlette, clock: Clock
) -> None:
    client.cookies.update(await sign_in(town.lan))
    code = (await hand_in(client, b"hello", "a.txt")).json()["code"]
    clock.move(timedelta(days=2))
    await once(duties(app), clock)
    assert (await client.get(f"/files/{code}")).status_code == 404
    folder = app.state.files.folder
    assert [name for *_, names in os.walk(folder) for name in names] == []
