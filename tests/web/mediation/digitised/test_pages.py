"""A paper dossier on its way: scanned by one, compared by another, found, handed out, confirmed, destroyed by two."""

import asyncio
import io
import zipfile
from datetime import date
from pathlib import Path

import httpx2
from click.testing import CliRunner

from community.people.models import Person
from community.record.models import Event
from mediation.digitised.models import PaperDossier, PaperName, PaperScan
from mediation.digitised.queries import whole
from mediation.digitised.rules import CopyStage
from tests.mediation.archive.test_archiving import archivist_of
from tests.mediation.digitised.scans import package, pdf, picture
from tests.world import World, sign_in
from web.cli import main

COVER = {
    "number": "幸民调卷〔2009〕12号",
    "kind": "02",
    "parties": "张大山\n李小河",
    "began_on": "2009-03-02",
    "closed_on": "2009-04-01",
    "retention": "10",
    "sheets": "5",
    "lies": "二号柜三层",
    "how": "彩色 300 dpi",
}


async def sent(client: httpx2.AsyncClient, files: dict[str, bytes], **cover: str) -> httpx2.Response:
    parts = [("files", (name, content, "application/octet-stream")) for name, content in files.items()]
    return await client.post("/shelf/paper", data={**COVER, **cover}, files=parts)


async def test_a_paper_dossier_from_the_scanner_to_its_end(
    client: httpx2.AsyncClient, town: World, tmp_path: Path
) -> None:
    keeper, org = await archivist_of(town), town.mediation_committee
    client.cookies.update(await sign_in(town.lan))
    assert "还没有导入旧卷" in (await client.get("/shelf/paper")).text
    assert (await client.get("/shelf/paper/new")).status_code == 404
    client.cookies.update(await sign_in(keeper))
    cover = {"org": org.code}
    tif = picture("TIFF", 2)
    scans = {"卷.zip": package({"1 封面.jpg": picture("JPEG"), "10 协议.pdf": pdf(2), "2 笔录.tif": tif})}
    assert "纸卷有 6 页，扫描件有 5 页" in (await sent(client, scans, **cover, sheets="6")).text
    assert (await sent(client, {"1.jpg": b"MZ"}, **cover)).status_code == 422
    assert (await sent(client, scans, **cover, closed_on="2009-01-01")).status_code == 422
    assert (await sent(client, scans, org="nobody")).status_code == 422
    assert not await PaperDossier.all().count()
    answer = await sent(client, scans, **cover)
    assert answer.status_code == 303
    here = answer.headers["location"]
    assert "已经导入过" in (await sent(client, scans, **cover)).text
    row = await PaperDossier.get()
    assert (row.kept_until, row.pages, row.stage) == (date(2019, 12, 31), 5, CopyStage.SCANNED)
    assert "张大山" not in row.parties
    files = await PaperScan.filter(dossier_id=row.id).order_by("row")
    assert [each.begins for each in files] == [1, 2, 4]
    seen = await client.get(here)
    assert "2 笔录" in seen.text
    assert (await client.get(f"{here}/scans/2")).content == tif
    assert (await client.get(f"{here}/scans/2/pages/2")).headers["content-type"] == "image/webp"
    assert (await client.get(f"{here}/scans/3/pages/1")).status_code == 404
    agreed = {"counted": "5", "same": "on", "words": "第2页褪色"}
    assert (await client.post(f"{here}/comparison", data=agreed)).status_code == 403
    assert (await client.post(f"{here}/export")).status_code == 409
    client.cookies.update(await sign_in(town.director))
    assert (await client.post(f"{here}/comparison", data={**agreed, "counted": "4"})).status_code == 422
    assert (await client.post(f"{here}/comparison", data={"counted": "5"})).status_code == 422
    assert (await client.post(f"{here}/comparison", data=agreed)).status_code == 303
    assert await whole(org.id)
    for sought, found in (("张大山", True), ("2009", True), ("〔2009〕12", True), ("张大", False)):
        assert (COVER["number"] in (await client.get("/shelf/paper", params={"q": sought})).text) is found
    await _confirmed(client, here, tmp_path)
    await _destroyed(client, here, keeper, town)
    assert await whole(org.id)


async def _confirmed(client: httpx2.AsyncClient, here: str, folder: Path) -> None:
    """Hand it out, confirm it from the file alone, and find the scan that somebody touched."""
    given = await client.post(f"{here}/export")
    whole_one, touched = folder / "whole.zip", folder / "touched.zip"
    await asyncio.to_thread(whole_one.write_bytes, given.content)
    with zipfile.ZipFile(io.BytesIO(given.content)) as package_:
        names = {name: package_.read(name) for name in package_.namelist()}
    assert names["dossier.pdf"].startswith(b"%PDF")
    with zipfile.ZipFile(touched, "w") as other:
        for name, content in names.items():
            other.writestr(name, content + b" " if name == "papers/002.tif" else content)
    verified = CliRunner().invoke(main, ["verify", "dossier", str(whole_one)])
    assert (verified.exit_code, "全部相符" in verified.output) == (0, True), verified.output
    wrong = CliRunner().invoke(main, ["verify", "dossier", str(touched)])
    assert (wrong.exit_code, "papers/002.tif" in wrong.output) == (1, True)
    link = (await PaperDossier.get()).link or ""
    assert COVER["number"] in (await client.get(f"/papers/{link[:16]}")).text


async def _destroyed(client: httpx2.AsyncClient, here: str, keeper: Person, town: World) -> None:
    row = await PaperDossier.get()
    await PaperDossier.filter(id=row.id).update(kept_until=date(2030, 12, 31))
    client.cookies.update(await sign_in(keeper))
    assert (await client.post(f"{here}/destruction")).status_code == 403
    await PaperDossier.filter(id=row.id).update(kept_until=row.kept_until)
    assert "提请销毁" in (await client.get(here)).text
    assert (await client.post(f"{here}/destruction")).status_code == 303
    assert (await client.post(f"{here}/ending")).status_code == 403
    client.cookies.update(await sign_in(town.director))
    assert (await client.post(f"{here}/ending")).status_code == 303
    gone = await PaperDossier.get()
    assert (gone.stage, gone.data_key, gone.parties, gone.link) == (CopyStage.DESTROYED, "", "", row.link)
    assert not await PaperName.all().count()
    assert {each.key for each in await PaperScan.all()} == {""}
    assert (await client.get(f"{here}/scans/1")).status_code == 409
    deeds = await Event.filter(subject=f"paper-dossier-{row.id}").order_by("id").values_list("kind", flat=True)
    named = [str(each).removeprefix("paper-dossier.") for each in deeds]
    assert named == ["scanned", "read", "read", "compared", "exported", "destruction-asked", "destroyed"]


async def test_a_bad_scan_goes_back_and_its_number_is_free_again(client: httpx2.AsyncClient, town: World) -> None:
    keeper, cover = await archivist_of(town), {"org": town.mediation_committee.code, "sheets": "1"}
    client.cookies.update(await sign_in(keeper))
    here = (await sent(client, {"1.jpg": picture("JPEG")}, **cover)).headers["location"]
    assert (await client.post(f"{here}/return", data={"why": ""})).status_code == 422
    assert (await client.post(f"{here}/return", data={"why": "第1页歪了"})).status_code == 303
    assert "第1页歪了" in (await client.get(here)).text
    assert (await sent(client, {"1.jpg": picture("JPEG")}, **cover)).status_code == 303
