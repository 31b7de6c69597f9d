"""Two people at the same moment: numbers without a gap, one deed and not two."""

import asyncio
from datetime import timedelta
from pathlib import Path

from community.errors import MovedOn
from community.record.models import Event
from mediation.assignment.commands import assign
from mediation.evidence.asking import Offer, answer_original, ask_original
from mediation.evidence.commands import bring, share, withdraw
from mediation.evidence.models import Evidence
from mediation.evidence.rules import Sharing
from tests.mediation.evidence.making import paper, told
from tests.mediation.filing import accepted
from tests.world import NOON, World

AT = NOON + timedelta(days=3)


async def test_numbers_have_no_gap_and_a_deed_is_done_once(world: World, tmp_path: Path) -> None:
    case = await accepted(world)
    await assign(case.code, world.mediator.code, clear=True, willing=True, by=world.director, at=NOON)
    both = (world.lan, world.qiang) * 3
    files = [await paper(case, tmp_path) for _ in both]
    brought = (bring(case.code, told(), each, by=who, at=AT) for who, each in zip(both, files, strict=True))
    await asyncio.gather(*brought)
    assert [each.n for each in await Evidence.filter(case_id=case.id).order_by("n")] == [1, 2, 3, 4, 5, 6]

    item = await Evidence.filter(by_id=world.lan.id).order_by("n").first()
    assert item
    pressed = [share(case.code, item.code, by=world.lan, at=AT) for _ in range(4)]
    done = await asyncio.gather(*pressed, return_exceptions=True)
    assert sum(isinstance(each, MovedOn) for each in done) == 3
    wish = await ask_original(case.code, item.code, by=world.qiang, at=AT)
    no = Offer(shown=False, words="在老家，拿不来。")
    told_no = [answer_original(case.code, item.code, wish.code, no, by=world.lan, at=AT) for _ in range(3)]
    assert sum(isinstance(each, MovedOn) for each in await asyncio.gather(*told_no, return_exceptions=True)) == 2
    gone = [withdraw(case.code, item.code, why="拿错了", by=world.lan, at=AT) for _ in range(3)]
    assert sum(isinstance(each, MovedOn) for each in await asyncio.gather(*gone, return_exceptions=True)) == 2
    await item.refresh_from_db()
    assert item.sharing is Sharing.WITHDRAWN
    for deed in ("shared", "answered", "withdrawn"):
        assert await Event.filter(kind=f"evidence.{deed}").count() == 1
