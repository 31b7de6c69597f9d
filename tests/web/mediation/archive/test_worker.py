"""A long dossier is made out of the way of the pages, its progress shown; a dead worker's work goes on."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import MovedOn
from community.people.models import Person
from community.record.models import Event
from mediation.archive import export, exporting
from mediation.archive.models import DossierExport
from mediation.archive.rules import ExportStage
from mediation.case.models import Case
from tests.clock import TestClock
from tests.web.mediation.archive.test_export import bound, opened
from tests.world import NOON, World, sign_in
from web.mediation.archive.worker import Exporter

__all__ = ["bound"]


@pytest.mark.database
async def test_a_long_dossier_is_made_by_the_worker(
    app: Starlette, client: httpx2.AsyncClient, town: World, bound: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock: TestClock = app.state.clock
    here, worker = f"/cases/{bound.code}/dossier", Exporter(app.state.settings, app.state.files)
    clock.move(timedelta(days=300))
    at = NOON + timedelta(days=300)
    client.cookies.update(await sign_in(await Person.get(name="老钱")))
    short = (await client.post(f"{here}/export")).content
    monkeypatch.setattr(export, "LONG", 0)
    asked = await client.post(f"{here}/export")
    assert (asked.status_code, asked.headers["location"].endswith(here)) == (303, True)
    assert (await client.post(f"{here}/export")).status_code == 409, "one at a time"
    page = (await client.get(here)).text
    assert "正在做：排队（第 1 步，共 4 步）" in page
    assert "看看做到哪一步了" in page, "without a script one looks again"
    first = await exporting.take(at=at)
    assert first
    assert await exporting.take(at=at) is None, "somebody is about it"
    await exporting.reach(first, ExportStage.PRINTING)
    assert "排版" in (await client.get(f"{here}/progress")).text
    assert await Event.filter(kind="dossier.export").count() == 1
    assert await worker.round(at + timedelta(minutes=3)) == 1, "its worker died, another goes on"
    row = await DossierExport.get()
    assert (row.stage, row.tries) == (ExportStage.READY, 2)
    with pytest.raises(MovedOn):
        await exporting.reach(first, ExportStage.SIGNING)
    await exporting.fail(first, "没有做成。", at=at)
    assert (await DossierExport.get()).stage is ExportStage.READY, "a worker whose lease was over changes nothing"
    assert row.key.encode() not in short
    made = await client.get(f"{here}/exports/{row.code}")
    assert opened(made.content) == opened(short)
    assert made.headers["X-Manifest-SHA256"] == row.manifest
    assert await Event.filter(kind="dossier.export").count() == 2
    raw = b"".join([chunk async for chunk in app.state.files.get(row.key)])
    assert not raw.startswith(b"PK"), "it lies locked"
    client.cookies.update(await sign_in(town.director))
    assert (await client.get(f"{here}/exports/{row.code}")).status_code == 404
    client.cookies.update(await sign_in(await Person.get(name="老钱")))
    assert await worker.round(at + timedelta(hours=23)) == 0
    clock.move(timedelta(hours=25))
    assert (await client.get(f"{here}/exports/{row.code}")).status_code == 404, "its day is over, swept or not"
    clock.move(timedelta(hours=-25))
    assert await worker.round(at + timedelta(hours=25)) == 1
    assert (await client.get(f"{here}/exports/{row.code}")).status_code == 404
    with pytest.raises(FileNotFoundError):
        _ = [chunk async for chunk in app.state.files.get(row.key)]
    await client.post(f"{here}/export")
    for hour in range(4):
        await exporting.take(at=at + timedelta(days=2, hours=hour))
    assert "三次都没有做成" in (await client.get(here)).text
