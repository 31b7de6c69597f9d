"""The last steps of disputes that end on paper, by pages; what comes before is done by commands. No script runs.

``python -m bench.drill.papers`` walks all eleven from their first word.
"""

from pathlib import Path

from starlette.applications import Starlette

from community.people.models import Person
from tests.browser.papers.court import answered, before_court
from tests.browser.papers.stand import Stand, stand
from tests.browser.people import House
from tests.browser.steps.windows import follow, reads
from tests.mediation.scenarios.play import at, draft, pay
from tests.world import World


async def _owing(set_up: Stand, fen: int, day: str, until: str) -> tuple[str, list[Person]]:
    """Bring a debt into effect on a day, and return the path of its case and the two."""
    mei, qiang = await set_up.play.person("李梅"), await set_up.play.person("周强")
    case = await set_up.play.talking(mei, qiang, "欠款。", at(day))
    await set_up.play.bind(case, draft(pay("R1", "A1", fen, until)), at(day), mei, qiang)
    await set_up.until(f"{day} 13:00")
    return f"/cases/{case.code}", [mei, qiang]


async def test_10_what_is_late_goes_on_with_a_filled_in_paper(
    house: House, app: Starlette, town: World, tmp_path: Path
) -> None:
    set_up = await stand(app, house, town, tmp_path, "10")
    case, (mei, qiang) = await _owing(set_up, 1000000, "2026-06-05", "2026-06-30")
    there = await before_court(set_up, case, mei, qiang, day="2026-06-08")
    await answered(there, "裁定协议有效", "（2026）云0101民特10号", "2026-06-08")
    await set_up.until("2026-07-01 00:05")
    hers = await set_up.window(mei)
    await hers.goto(f"{case}/agreement")
    await follow(hers, "没有履行，怎么办")
    await reads(hers, "向法院申请强制执行", "还欠 10,000.00 元")
    await set_up.look(hers, "roads")
    await follow(hers, "打印申请书")
    await set_up.sheet(
        hers, "下载 PDF", "enforce", "强制执行申请书", "人民币壹万元整（¥10,000.00）", "（2026）云0101民特10号"
    )
    assert set_up.wrong == []
