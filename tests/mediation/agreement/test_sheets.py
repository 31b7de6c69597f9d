"""The sheets of an agreement as poppler reads them: whole, within their margins, and saying what the data say."""

from datetime import date
from pathlib import Path

import httpx2

from mediation.agreement.money import in_words
from mediation.agreement.queries import frozen_of, obligations_of, paper_of
from mediation.agreement.ratifying import ratify
from mediation.agreement.rules import MOST_LINES, Line
from mediation.agreement.text import sections
from mediation.case.models import Case, Party
from mediation.parties import commands as parties
from mediation.parties.queries import members_of
from mediation.parties.rules import MemberVote
from tests.mediation.scenarios.play import at, begin, draft
from tests.printed import lacks, pages_of, split_rows, wrong_with
from tests.world import World, sign_in


async def _paper(client: httpx2.AsyncClient, case: Case, folder: Path, what: str = "paper") -> Path:
    paper = folder / f"{what.replace('/', '-')}.pdf"
    answer = await client.get(f"/cases/{case.code}/agreement/{what}.pdf")
    assert answer.status_code == 200
    paper.write_bytes(answer.content)
    return paper


async def test_the_longest_agreement_is_cut_nowhere(client: httpx2.AsyncClient, town: World, tmp_path: Path) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "欠款。", at("2026-06-01"))
    rows = [
        Line(who="R1", whom="A1", amount=64867 + n, until=date(2026, 7, n + 1), what="第几期，" * 60)
        for n in range(MOST_LINES)
    ]
    case = await play.bind(case, draft(*rows), at("2026-06-10"), mei, qiang)
    client.cookies.update(await sign_in(mei))
    sheet = await _paper(client, case, tmp_path)
    words = [line for _, lines in sections(paper_of(await frozen_of(case))) for line in lines]
    owed = [in_words(each.clause.amount_fen or 0) for each in await obligations_of(case)]
    signed = ["申请人（签名）", "李梅", "被申请人（签名）", "周强", "吴老师", "印章已由保管人加盖"]
    assert wrong_with(sheet) == []
    assert lacks(sheet, *words, *owed, *signed) == []
    assert len(pages_of(sheet)) > 2
    first = await _paper(client, case, tmp_path, "versions/1")
    assert first.read_bytes() == sheet.read_bytes()


async def test_the_roster_of_a_group_stands_on_the_sheet_row_by_row(
    client: httpx2.AsyncClient, town: World, tmp_path: Path
) -> None:
    play = await begin(town)
    first, developer = await play.person("业主01"), await play.person("开发商")
    case = await play.talking(first, developer, "停车位没有交付。", at("2026-06-01"))
    party = await Party.get(case_id=case.id, side="A")
    told = {"by": town.mediator, "at": at("2026-06-02")}
    homes = [(f"业主{n:02}", f"{n + 100}室") for n in range(1, 61)]
    await parties.enrol(case.code, party.code, homes, **told)  # type: ignore[arg-type]
    members = await members_of(party)
    await parties.elect(case.code, party.code, [each.code for each in members[:3]], **told)  # type: ignore[arg-type]
    await play.write(
        case, draft(Line(who="R1", whom="A1", amount=300000, until=date(2026, 7, 31), each=True)), at("2026-06-03")
    )
    await play.send_out(case, at("2026-06-03"))
    for member, vote in zip(members, (MemberVote.YES, MemberVote.NO), strict=False):
        await ratify(case.code, party.code, member.code, vote, by=town.mediator, at=at("2026-06-04"))
    client.cookies.update(await sign_in(developer))
    sheet = await _paper(client, case, tmp_path)
    assert wrong_with(sheet) == []
    assert (
        lacks(
            sheet, "名册共60人，认可1人。本协议只约束认可的人。", "业主01 101室 认可 2026-06-04", "业主02 102室 不认可"
        )
        == []
    )
    assert split_rows(sheet, homes) == []
    shown = (await client.get(f"/cases/{case.code}/agreement/paper")).text
    assert "业主60" in shown
    assert "没有表态" in shown
