"""A dossier handed out as one file, and what a stranger finds in it when somebody touched it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from community.people.models import Person
from community.record.models import Event
from community.record.outbox import facts_of
from mediation.archive.commands import archive
from mediation.archive.models import DossierLeaf
from mediation.case.models import Case
from tests.mediation.archive.test_archiving import AT, archivist_of, binding, finished
from tests.world import World, sign_in
from web.cli import main

Files = dict[str, bytes]


@pytest.fixture
async def bound(town: World) -> Case:
    case = await finished(town)
    await archive(case.code, await binding(case), by=await archivist_of(town), at=AT)
    return case


def packed(path: Path, files: Files) -> str:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return str(path)


def verified(path: str, *more: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["verify", "dossier", path, *more])
    return done.exit_code, done.output


def opened(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def relisted(files: Files) -> Files:
    """Return the files with a list made anew, as somebody would who knows how."""
    listed = json.loads(files["manifest.json"])
    others = {name: content for name, content in files.items() if name != "manifest.json"}
    listed["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in others.items()}
    return {**others, "manifest.json": json.dumps(listed).encode()}


TOUCHED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "changed": (lambda f: {**f, "papers/01-application.json": b"[]"}, "改过 (changed)：papers/01-application.json"),
    "print": (lambda f: {**f, "dossier.pdf": f["dossier.pdf"][:-1]}, "改过 (changed)：dossier.pdf"),
    "added": (lambda f: {**f, "papers/99.json": b"[]"}, "多出来的 (added)：papers/99.json"),
    "missing": (lambda f: {n: c for n, c in f.items() if n != "metadata.xml"}, "少了 (missing)：metadata.xml"),
    "no list": (lambda f: {n: c for n, c in f.items() if n != "manifest.json"}, "少了 (missing)：manifest.json"),
    "list and paper": (
        lambda f: relisted({**f, "papers/01-application.json": b"[]"}),
        "和归档时不一样 (not as archived)：papers/01-application.json",
    ),
    "list, paper and index": (
        lambda f: relisted({**f, "metadata.json": f["metadata.json"].replace(b'"n": 1', b'"n": 2', 1)}),
        "卷内目录和归档时的不一样",
    ),
}


async def test_a_dossier_is_confirmed_from_its_file_alone(
    client: httpx2.AsyncClient, town: World, bound: Case, tmp_path: Path
) -> None:
    here = f"/cases/{bound.code}/dossier"
    for stranger in (town.lan, town.mediator, town.director):
        client.cookies.update(await sign_in(stranger))
        assert (await client.post(f"{here}/export")).status_code == 404
    keeper = await Person.get(name="老钱")
    client.cookies.update(await sign_in(keeper))
    assert "导出卷宗" in (await client.get(here)).text
    answer = await client.post(f"{here}/export")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert (await client.post(f"{here}/export")).content == answer.content, "the same bytes each time"
    files = opened(answer.content)
    event = await Event.filter(kind="dossier.export").first()
    assert event
    manifest = hashlib.sha256(files["manifest.json"]).hexdigest()
    assert facts_of(event)["manifest"] == manifest
    told = json.loads(files["metadata.json"])
    assert (told["changed"], told["lacks"], told["retention"]) == ([], [], "10年")
    assert f"<number>{told['number']}</number>" in files["metadata.xml"].decode()
    assert "两千八" not in b"".join(files.values()).decode(errors="ignore"), "nothing of a one-sided talk"
    leaves = await DossierLeaf.all().order_by("row")
    assert [hashlib.sha256(files[each["file"]]).hexdigest() for each in told["papers"]] == [x.sha256 for x in leaves]
    whole = packed(tmp_path / "whole.zip", files)
    assert verified(whole) == (0, verified(whole, "--manifest", manifest)[1])
    assert verified(whole, "--manifest", "0" * 64)[0] == 1
    for name, (touch, said) in TOUCHED.items():
        code, words = verified(packed(tmp_path / f"{name}.zip", touch(files)))
        assert (code, said in words) == (1, True), f"{name}: {words}"
    (tmp_path / "not.zip").write_text("x")
    assert verified(str(tmp_path / "not.zip"))[0] == 1
