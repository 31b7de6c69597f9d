"""Whoever holds a paper learns whether it is genuine, and nobody learns anything else."""

from typing import Any

import httpx2

from mediation.agreement.models import AgreementVersion
from mediation.archive.commands import archive
from mediation.archive.genuine import mark_of
from mediation.case.models import Case
from tests.mediation.archive.test_archiving import AT, archivist_of, binding, finished
from tests.world import World


async def test_a_paper_is_found_by_its_code_or_by_number_and_hash(client: httpx2.AsyncClient, town: World) -> None:
    case = await finished(town)
    dossier = await archive(case.code, await binding(case), by=await archivist_of(town), at=AT)
    version = await AgreementVersion.get(agreement__case_id=case.id).select_related("agreement")
    number, mark = version.agreement.number or "", version.sha256 or ""
    shown = (await client.get(f"/papers/{version.code}")).text
    assert all(told in shown for told in (number, mark, "有效"))
    assert not any(name in shown for name in ("阿兰", "阿强", "吴老师", "漏水", case.code))
    bound = (await client.get(f"/papers/{mark_of(dossier)}")).text
    assert dossier.number in bound
    assert case.code not in bound
    typed = await client.post("/papers", data={"number": number, "sha256": mark[:16].upper()})
    assert (typed.status_code, mark in typed.text) == (200, True)
    linked = await client.post("/papers", data={"number": dossier.number, "sha256": dossier.link})
    assert dossier.link in linked.text
    wrong = [
        await client.post("/papers", data={"number": number, "sha256": "0" * 16}),
        await client.post("/papers", data={"number": f"{number}0", "sha256": mark}),
        await client.get("/papers/abcdefgh"),
        await client.get(f"/papers/{case.code}"),
    ]
    assert {each.status_code for each in wrong} == {200}
    assert all("没有查到这份文书" in each.text for each in wrong)
    assert mark not in wrong[0].text
    assert (await client.post("/papers", data={"number": number, "sha256": mark[:15]})).status_code == 422
    await _changed(client, case, version)
    asked = [(await client.get("/papers/abcdefgh")).status_code for _ in range(40)]
    assert (asked[0], asked[-1]) == (200, 429)


async def _changed(client: httpx2.AsyncClient, case: Case, version: AgreementVersion) -> None:
    """Let a supplement come into effect, then void the wording, and ask again."""
    told: dict[str, Any] = {"body": "", "made_at": AT, "frozen_at": AT, "in_effect_at": AT, "sha256": "1" * 64}
    later = await AgreementVersion.create(agreement_id=version.agreement_id, n=2, supplement=1, **told)
    assert "已经有新的代替" in (await client.get(f"/papers/{version.code}")).text
    assert f"{version.agreement.number}-补1" in (await client.get(f"/papers/{later.code}")).text
    await AgreementVersion.filter(id=version.id).update(voided_at=AT)
    assert "作废" in (await client.get(f"/papers/{version.code}")).text
    await AgreementVersion.filter(id=version.id).update(voided_at=None, frozen_at=None)
    assert "没有查到" in (await client.get(f"/papers/{version.code}")).text, "a draft is no paper"
