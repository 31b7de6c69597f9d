"""From the desk to a numbered notice, its correction and its void; every form filled in, as PDF and as DOCX."""

import asyncio
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from docx import Document
from starlette.applications import Starlette

from mediation.case.models import Case
from mediation.papers.models import NumberedPaper
from tests.clock import TestClock
from tests.mediation.agreement.making import drafting, performing
from tests.web.mediation.blank.test_forms import words_on
from tests.web.test_signing import certificate, checked, second
from tests.world import World, sign_in
from web.mediation.papers.pages import FILLED


def written(content: bytes) -> str:
    return "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)


def printed(content: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(content)
    return "".join(words_on(folder / "paper.pdf").split())


@pytest.mark.database
async def test_a_notice_is_numbered_mended_and_voided_by_pages(
    app: Starlette, client: httpx2.AsyncClient, clock: TestClock, town: World, tmp_path: Path
) -> None:
    clock.move(timedelta(days=40))
    case: Case = await performing(town)
    here = f"/cases/{case.code}/papers"
    client.cookies.update(await sign_in(town.lan))
    for path in (here, f"/cases/{case.code}/forms/agreement/docx"):
        assert (await client.get(path)).status_code == 404, "the office alone"
    client.cookies.update(await sign_in(town.director))
    assert (await client.post(here, data={"made": "urged", "words": ""})).status_code == 422
    assert (await client.post(here, data={"made": "declined", "words": "x"})).status_code == 422
    made = await client.post(here, data={"made": "urged", "words": "请在六月底以前付清余款。"})
    assert made.status_code == 303
    paper = await NumberedPaper.get(made="urged")
    one = f"{here}/{paper.code}"
    assert made.headers["location"].endswith(one)
    shown = (await client.get(one)).text
    assert all(told in shown for told in (paper.number, paper.sha256, "请在六月底以前付清余款"))
    pen = await asyncio.to_thread(certificate, tmp_path)
    app.state.settings = replace(app.state.settings, sign=str(pen.file))
    pdf = (await client.get(f"{one}/file/pdf")).content
    assert (await asyncio.to_thread(checked, pdf, pen)).intact
    told = await asyncio.to_thread(printed, pdf, tmp_path)
    assert "Signature is Valid" in await asyncio.to_thread(second, tmp_path / "paper.pdf")
    assert all(each in told for each in (paper.number, "请在六月底以前付清余款", paper.sha256[:20], "阿强"))
    assert "请在六月底以前付清余款" in written((await client.get(f"{one}/file/docx")).content)
    assert "有效" in (await client.get(f"/papers/{paper.code}")).text
    assert (await client.post(f"{one}/mending", data={"words": "“余款”改为“第二期”。"})).status_code == 303
    assert "两份一起看" in (await client.get(f"/papers/{paper.code}")).text
    assert "有补正" in (await client.get(one)).text
    assert (await client.post(f"{one}/void", data={"reason": ""})).status_code == 422
    assert (await client.post(f"{one}/void", data={"reason": "发错了人。"})).status_code == 303
    public = await client.post("/papers", data={"number": paper.number, "sha256": paper.sha256[:16]})
    assert "作废" in public.text
    assert "发错了人" not in public.text
    series = (await client.get("/numbers")).text
    assert "一号不缺" in series
    assert "缺号" not in series
    listed = (await client.get(f"/numbers/{case.org.code}/2026?series=调督")).text
    assert all(each in listed for each in (paper.number, "发错了人。", "作废"))


@pytest.mark.database
async def test_every_form_is_filled_in_with_what_is_known(
    client: httpx2.AsyncClient, clock: TestClock, town: World, tmp_path: Path
) -> None:
    clock.move(timedelta(days=5))
    case: Case = await drafting(town)
    client.cookies.update(await sign_in(town.mediator))
    page = (await client.get(f"/cases/{case.code}/papers")).text
    for code, blank in FILLED.items():
        assert f"/cases/{case.code}/forms/{code}/docx" in page
        told = written((await client.get(f"/cases/{case.code}/forms/{code}/docx")).content)
        assert [label for label, _ in blank.lines if label not in told] == []
    agreement = await client.get(f"/cases/{case.code}/forms/agreement/pdf")
    told = await asyncio.to_thread(printed, agreement.content, tmp_path)
    assert all(each in told for each in ("402室水管漏水", "更换漏水的水管", "¥2,000.00", "被申请人阿强"))
    application = written((await client.get(f"/cases/{case.code}/forms/application/docx")).content)
    assert "卫生间顶上一直滴水" in application
    client.cookies.update(await sign_in(town.director))
    draft = written((await client.get(f"/cases/{case.code}/forms/agreement/docx")).content)
    assert "更换漏水的水管" not in draft, "what is still written belongs to who writes it"
    for wrong in ("agreement/odt", "nothing/pdf", "notice-urged/pdf"):
        assert (await client.get(f"/cases/{case.code}/forms/{wrong}")).status_code == 404
