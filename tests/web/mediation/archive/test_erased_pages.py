"""What is left of a case whose words were destroyed: its pages open, nothing is handed out, nothing new is locked."""

from datetime import date, timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import Forbidden
from community.people.models import Person
from mediation.archive.erasing import erase
from mediation.archive.models import CaseDossier
from mediation.case.models import Case
from mediation.papers.models import NumberedPaper
from tests.web.mediation.archive.test_export import bound
from tests.world import NOON, World, sign_in

__all__ = ["bound"]


@pytest.mark.database
async def test_a_destroyed_case_opens_empty_and_takes_nothing(
    app: Starlette, client: httpx2.AsyncClient, town: World, bound: Case
) -> None:
    app.state.clock.move(timedelta(days=300))
    await CaseDossier.filter(case_id=bound.id).update(kept_until=date(2026, 1, 1))
    keeper, at = await Person.get(name="老钱"), NOON + timedelta(days=300)
    line = await NumberedPaper.get(case_id=bound.id, made="case")
    here, paper = f"/cases/{bound.code}", f"/cases/{bound.code}/papers/{line.code}"
    client.cookies.update(await sign_in(town.director))
    refused = await client.post(f"{paper}/void", data={"reason": "写错了。"})
    assert "已经生效的协议" in refused.text
    await erase(bound.code, by=keeper, second=town.director, at=at)
    with pytest.raises(Forbidden, match="销毁过了"):
        await erase(bound.code, by=keeper, second=town.director, at=at)
    for path, data in (("mending", {"words": "改"}), ("void", {"reason": "改"})):
        assert (await client.post(f"{paper}/{path}", data=data)).status_code == 403
    assert (await client.get(paper)).text.count("<form method") == 1, "no form but that of the page itself"
    assert await NumberedPaper.filter(case_id=bound.id).exclude(void_reason="", body="").count() == 0
    client.cookies.update(await sign_in(keeper))
    assert "导出整卷" not in (await client.get(f"{here}/dossier")).text
    assert (await client.post(f"{here}/dossier/export")).status_code == 404
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get(f"{here}/agreement/changes")).status_code == 200
