"""“I paid.” — “No.”: what is written down, what it changes, and that nobody but the creditor settles it."""

from datetime import date, timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.record.models import Event
from mediation.agreement import performing
from mediation.agreement.models import Obligation
from mediation.agreement.rules import Duty
from mediation.archive.contents import contents_of
from mediation.archive.reading import Names, lines_of
from mediation.archive.rules import Leaf, leaf_text
from mediation.case.models import Case, Period
from mediation.clock.endings import urge
from mediation.paying import commands
from mediation.paying.commands import TIMERS, Said
from mediation.paying.models import KeptClaim
from mediation.paying.queries import claim_words
from mediation.paying.rules import ClaimStage
from tests.mediation.agreement.making import LATER
from tests.mediation.agreement.making import performing as in_effect
from tests.world import World

PAID = date(2026, 5, 9)
DAY = timedelta(days=1)


async def stage_of(row: KeptClaim) -> ClaimStage:
    return ClaimStage((await KeptClaim.get(id=row.id)).stage)


async def test_what_one_says_and_the_other_denies_is_written_down_and_settled_by_nobody_else(world: World) -> None:
    case = await in_effect(world)
    duty = (await Obligation.filter(case_id=case.id).order_by("id"))[1]
    to = (case.code, duty.code)
    said = Said(done_on=PAID, words="微信转给她的", fen=120000)
    with pytest.raises(Forbidden):
        await commands.claim(*to, said, by=world.lan, at=LATER)
    for wrong in (
        Said(done_on=PAID),
        Said(done_on=date(2027, 1, 1), words="x"),
        Said(done_on=PAID, words="x", fen=1 << 40),
    ):
        with pytest.raises(Unfit):
            await commands.claim(*to, wrong, by=world.qiang, at=LATER)
    row = await commands.claim(*to, said, by=world.qiang, at=LATER)
    assert "微信" not in row.words
    assert claim_words(case, row, "words") == "微信转给她的"
    with pytest.raises(MovedOn):
        await commands.claim(*to, said, by=world.qiang, at=LATER)
    for deed in (commands.agree, commands.withdraw):
        with pytest.raises(Forbidden):
            await deed(*to, by=world.mediator, at=LATER)
    with pytest.raises(Unfit):
        await commands.deny(*to, " ", by=world.lan, at=LATER)
    await commands.deny(*to, "没有收到。", by=world.lan, at=LATER)
    await commands.visit(*to, "看了双方手机，转账记录显示对方未领取。", by=world.mediator, at=LATER)
    with pytest.raises(Forbidden, match="不能替他确认"):
        await performing.confirm(*to, proof="看过", by=world.mediator, at=LATER)
    assert (await Obligation.get(id=duty.id)).state is Duty.PENDING
    assert await stage_of(row) is ClaimStage.DENIED
    lines = lines_of(Leaf.PERFORMANCE, leaf_text((await contents_of(case))[Leaf.PERFORMANCE]), Names({}, {}, {}))
    assert any("没有收到" in line for line in lines)
    assert any("未领取" in line for line in lines)
    await commands.agree(*to, by=world.lan, at=LATER)
    settled = await Obligation.get(id=duty.id)
    assert (settled.state, settled.paid_fen, await stage_of(row)) == (Duty.PARTIAL, 120000, ClaimStage.AGREED)
    again = await commands.claim(*to, Said(done_on=PAID, words="余下的现金"), by=world.qiang, at=LATER)
    assert again.fen == 80000
    await performing.confirm(*to, by=world.lan, at=LATER)
    assert await stage_of(again) is ClaimStage.ENDED
    kinds = (
        await Event.filter(kind__startswith="claim.", subject=case.key).order_by("id").values_list("kind", flat=True)
    )
    assert [str(each) for each in kinds] == [
        "claim.made",
        "claim.denied",
        "claim.visited",
        "claim.agreed",
        "claim.made",
    ]


async def test_urging_waits_for_the_answer_and_goes_on_after_silence(world: World) -> None:
    case, late = await in_effect(world), LATER + 20 * DAY
    first = (await Obligation.filter(case_id=case.id).order_by("id"))[0]
    row = await commands.claim(case.code, first.code, Said(done_on=PAID, words="换好了"), by=world.qiang, at=late)
    assert row.fen is None
    await Period.filter(case_id=case.id).update(rule="D20/first")
    period = await Period.filter(case_id=case.id).order_by("-id").select_related("case").first()
    assert period
    await urge(period, at=late)
    await TIMERS["claim.silence"](f"claim-{row.id}", late + 7 * DAY)
    await TIMERS["claim.silence"](f"claim-{row.id}", late + 7 * DAY)
    assert await stage_of(row) is ClaimStage.SILENT
    await urge(period, at=late + 8 * DAY)
    told = (
        await Event.filter(subject=case.key, kind__startswith="case.urge").order_by("id").values_list("kind", flat=True)
    )
    assert [str(each) for each in told] == ["case.urge-waits", "case.urged"]
    await commands.withdraw(case.code, first.code, by=world.qiang, at=late + 9 * DAY)
    assert (await Case.get(id=case.id)).state == "performing"
