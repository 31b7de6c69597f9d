"""Every kind of question by every way that is not the site: sheets, codes, a kiosk, a helper; all in one result."""

from dataclasses import replace
from typing import Any

import pytest

from community.errors import Unfit
from community.people.models import Person
from deliberation.ballot import announcing, casting
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, Channel, Paper, Result
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Effect
from deliberation.ledger.bundle import bundle
from deliberation.polling import entering, helping, kiosk, slips
from deliberation.polling.entering import Read
from deliberation.polling.helping import Told
from deliberation.polling.models import DoorVote, ReturnedSheet
from deliberation.polling.rules import Fault, HelpState, SheetState
from deliberation.question.asking import Asked
from deliberation.question.rules import OPINIONS, Kind, Post
from tests.deliberation.polling.stand import SOON, Stand, stand
from tests.deliberation.stage import PLAN, VOTING, counted
from tests.web.deliberation.checking import verdict
from tests.world import World

NAMES = "甲｜住 1 号楼\n乙\n丙\n丁"
KINDS = [kind for kind in Kind if kind is not Kind.YES_NO]
SAID: dict[Kind, dict[str, int]] = {
    Kind.SINGLE: {"2": 1},
    Kind.SEATS: {"1": 1, "2": 1},
    Kind.APPROVAL: {"1": 1, "2": 1, "3": 1},
    Kind.SCORE: {"1": 0, "2": 5},
    Kind.RANKED: {"2": 1, "1": 2},
}
VOID: dict[Kind, dict[str, int]] = {
    Kind.SINGLE: {"1": 1, "2": 1},
    Kind.SEATS: {"1": 1, "2": 1, "3": 1},
    Kind.APPROVAL: {"1": 1, "none": 1},
    Kind.SCORE: {"1": 3, "none": 1},
    Kind.RANKED: {"1": 1, "2": 1},
}


def plan(kind: Kind) -> announcing.Plan:
    post = Post.REPRESENTATIVES if kind is Kind.SEATS else None
    asked = Asked(kind=kind, lines=NAMES, seats=2 if kind is Kind.SEATS else 1, post=post)
    return replace(PLAN, asked=asked, effect=Effect.ADVISORY if kind in OPINIONS else Effect.BINDING)


async def read(play: Stand, by: Person, name: str, said: Any) -> ReturnedSheet:  # noqa: ANN401 - whatever stands there
    """Let somebody read the sheet of somebody."""
    what = Read(code=play.codes[play.heads[name]], choice=said, received_at=VOTING)
    return await entering.enter(play.ballot.id, what, f"{name}-token", by=by, at=SOON)


async def twice(world: World, play: Stand, name: str, said: Any) -> ReturnedSheet:  # noqa: ANN401 - as above
    """Let two people read the sheet of somebody alike."""
    await read(play, world.clerk, name, said)
    return await read(play, play.teller, name, said)


@pytest.mark.parametrize("kind", KINDS)
async def test_all_ways_meet_in_one_result_that_anybody_can_count_again(world: World, kind: Kind) -> None:
    play = await stand(world, plan(kind))
    ballot, said = play.ballot, SAID[kind]
    assert set(ballot.ways) == set(Channel) - {Channel.PROXY}
    await slips.cast_by_slip(play.codes[play.heads["阿兰"]], said, at=SOON)
    token = await kiosk.open_kiosk(ballot.id, by=world.clerk, at=SOON)
    device = await kiosk.kiosk_with(token, at=SOON)
    await kiosk.admit(device.code, play.heads["阿强"], None, by=play.teller, at=SOON)
    await kiosk.choose(token, said, at=SOON)
    told = Told(head_id=play.heads["老赵"], choice=said, read_back=True)
    row = await helping.take_down(ballot.id, told, "a-token", by=play.grid, at=SOON)
    assert (await DoorVote.get()).said == said
    assert (await helping.witness(row.code, right=True, by=world.clerk, at=SOON)).state is HelpState.CAST
    assert (await twice(world, play, "阿秀", said)).state is SheetState.CAST
    papers = await Paper.filter(ballot_id=ballot.id)
    assert {paper.channel for paper in papers} == {Channel.SLIP, Channel.KIOSK, Channel.HELPER, Channel.PAPER}
    assert len({(paper.choice, paper.marks) for paper in papers}) == 1
    result = await counted(world, ballot)
    assert result.outcome is (Outcome.ANSWERED if kind in OPINIONS else Outcome.PASSED)
    assert '"yes":{"area":0,"heads":4}' in result.tally
    assert "✓" in verdict(await bundle(await Ballot.get(id=ballot.id), result))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_void_sheet_takes_part_and_says_nothing(world: World, kind: Kind) -> None:
    play = await stand(world, plan(kind))
    sheet = await twice(world, play, "阿秀", VOID[kind])
    assert (sheet.state, sheet.fault) == (SheetState.INVALID, Fault.CONTRARY)
    paper = await Paper.get()
    assert (paper.spoilt, paper.words, paper.marks) == (True, "invalid", "{}")
    blank = await twice(world, play, "阿强", None)
    assert (blank.state, blank.fault) == (SheetState.INVALID, Fault.UNREADABLE)
    abstains = await twice(world, play, "老赵", {})
    assert abstains.state is SheetState.CAST
    await casting.cast(play.ballot.id, play.heads["阿兰"], SAID[kind], by=world.lan, at=SOON)
    result = await counted(world, play.ballot)
    assert '"invalid":{"area":0,"heads":2}' in result.tally
    assert '"abstain":{"area":0,"heads":1}' in result.tally
    assert "✓" in verdict(await bundle(await Ballot.get(id=play.ballot.id), await Result.get()))


@pytest.mark.parametrize("kind", KINDS)
async def test_what_two_people_read_differently_is_settled_by_a_third(world: World, kind: Kind) -> None:
    play = await stand(world, plan(kind))
    await read(play, world.clerk, "阿秀", SAID[kind])
    sheet = await read(play, play.teller, "阿秀", VOID[kind])
    assert (sheet.state, await Paper.all().count()) == (SheetState.DIFFERENT, 0)
    done = await entering.look_again(sheet.id, SAID[kind], None, "原件看得清", by=world.supervisor, at=SOON)
    assert done.state is SheetState.CAST
    assert (await Paper.get()).receipt == done.receipt


async def test_what_fits_no_option_is_refused_by_every_way(world: World) -> None:
    play = await stand(world, plan(Kind.SEATS))
    for wrong in (Choice.YES, {"9": 1}):
        with pytest.raises(Unfit, match="不是这样问"):
            await read(play, world.clerk, "阿秀", wrong)
    for wrong in (Choice.YES, {"9": 1}, VOID[Kind.SEATS]):
        with pytest.raises(Unfit):
            await slips.cast_by_slip(play.codes[play.heads["阿秀"]], wrong, at=SOON)
        told = Told(head_id=play.heads["阿秀"], choice=wrong, read_back=True)
        with pytest.raises(Unfit):
            await helping.take_down(play.ballot.id, told, "a-token", by=play.grid, at=SOON)
    token = await kiosk.open_kiosk(play.ballot.id, by=world.clerk, at=SOON)
    device = await kiosk.kiosk_with(token, at=SOON)
    await kiosk.admit(device.code, play.heads["阿秀"], None, by=play.teller, at=SOON)
    with pytest.raises(Unfit, match="最多选"):
        await kiosk.choose(token, VOID[Kind.SEATS], at=SOON)
    assert (await kiosk.find_kiosk(device.code)).head_id == play.heads["阿秀"]
    assert await Paper.all().count() == 0
