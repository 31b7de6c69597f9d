"""Codes: one a head, unguessable, kept as a hash, replaced on the record; voting by them, at a kiosk, at the door."""

from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, TooOften, Unfit
from community.record.models import Event
from deliberation.ballot.breakdown import last_papers
from deliberation.ballot.models import Channel, Paper
from deliberation.ballot.queries import turnout
from deliberation.ballot.votes import Choice
from deliberation.polling import doors, helping, kiosk, queries, slips
from deliberation.polling.helping import Told
from deliberation.polling.models import DoorNote, DoorVote, Kiosk, VoteSlip
from deliberation.polling.rules import HelpState, Met, SheetDeed
from tests.deliberation.polling.stand import SOON, only, stand
from tests.world import World

MINUTE = timedelta(minutes=1)


async def test_each_head_has_one_code_and_a_new_one_ends_the_old(world: World) -> None:
    play = await stand(world)
    assert len(set(play.codes.values())) == len(play.codes) >= 4
    assert {len(code) for code in play.codes.values()} == {8}
    stored = await VoteSlip.all()
    assert not {slip.code_hash for slip in stored} & set(play.codes.values())
    with pytest.raises(Unfit, match="都印过了"):
        await slips.print_sheets(play.ballot.id, "1号楼", by=world.clerk, at=SOON)
    with pytest.raises(Forbidden):
        await slips.reissue(play.ballot.id, play.heads["阿秀"], "弄丢了一张", by=world.lan, at=SOON)
    again = await slips.reissue(play.ballot.id, play.heads["阿秀"], "弄丢了一张", by=world.clerk, at=SOON)
    with pytest.raises(Unfit, match="不对"):
        await slips.cast_by_slip(play.codes[play.heads["阿秀"]], Choice.YES, at=SOON)
    handed = await slips.cast_by_slip(f"{again.code[:4]}-{again.code[4:]}".lower(), Choice.YES, at=SOON)
    paper = await Paper.get()
    assert (paper.receipt, paper.channel, paper.by_id) == (handed.receipt, Channel.SLIP, world.xiu.id)
    assert await Event.filter(kind="slip.reissued").count() == 1
    await slips.count_sheets(play.ballot.id, SheetDeed.SPOILT, 2, "卡纸印坏了", by=world.clerk, at=SOON)
    register = await queries.register(play.ballot)
    assert register.counted == {SheetDeed.PRINTED: len(play.codes) + 1, SheetDeed.SPOILT: 2}


async def test_a_code_votes_nowhere_unless_the_notice_says_so(world: World) -> None:
    play = await stand(world, only("site", "paper"))
    with pytest.raises(Unfit, match="不能用投票码"):
        await slips.cast_by_slip(play.codes[play.heads["阿秀"]], Choice.YES, at=SOON)
    with pytest.raises(Unfit, match="没有现场平板"):
        await kiosk.open_kiosk(play.ballot.id, by=world.clerk, at=SOON)
    told = Told(head_id=play.heads["阿秀"], choice=Choice.YES, read_back=True)
    with pytest.raises(Unfit, match="没有上门帮办"):
        await helping.take_down(play.ballot.id, told, "t", by=world.clerk, at=SOON)
    assert await Paper.all().count() == 0


async def test_codes_are_not_guessed(world: World) -> None:
    play = await stand(world)
    for _ in range(10):
        with pytest.raises(Unfit):
            await slips.show_code("22222222", device="10.0.0.1", host="10.0.0.1", at=SOON)
    with pytest.raises(TooOften):
        await slips.show_code(play.codes[play.heads["阿秀"]], device="10.0.0.1", host="10.0.0.1", at=SOON)
    found = await slips.show_code(play.codes[play.heads["阿秀"]], device="10.9.0.1", host="10.9.0.1", at=SOON)
    assert found.head_id == play.heads["阿秀"]


async def test_a_kiosk_forgets_after_each_voter_and_after_a_minute(world: World) -> None:
    play = await stand(world)
    token = await kiosk.open_kiosk(play.ballot.id, by=world.clerk, at=SOON)
    desk = await kiosk.kiosk_with(token, at=SOON)
    with pytest.raises(Unfit, match="忘记"):
        await kiosk.choose(token, Choice.YES, at=SOON)
    await kiosk.identify(desk, play.codes[play.heads["阿秀"]], None, host="10.0.0.1", at=SOON)
    with pytest.raises(MovedOn):
        await kiosk.admit(desk.code, play.heads["阿强"], None, by=world.clerk, at=SOON)
    await kiosk.choose(token, Choice.NO, at=SOON)
    with pytest.raises(Unfit, match="忘记"):
        await kiosk.choose(token, Choice.YES, at=SOON)
    await kiosk.admit(desk.code, play.heads["阿强"], None, by=world.clerk, at=SOON)
    with pytest.raises(Unfit, match="忘记"):
        await kiosk.choose(token, Choice.YES, at=SOON + MINUTE)
    await kiosk.admit(desk.code, play.heads["阿强"], None, by=world.clerk, at=SOON + 2 * MINUTE)
    await kiosk.choose(token, Choice.YES, at=SOON + 2 * MINUTE)
    papers = await Paper.all().order_by("id")
    assert [(p.by_id, p.choice, p.channel, p.checked_by_id) for p in papers] == [
        (world.xiu.id, Choice.NO, Channel.KIOSK, None),
        (world.qiang.id, Choice.YES, Channel.KIOSK, world.clerk.id),
    ]
    await kiosk.end_kiosk(desk.code, by=world.clerk, at=SOON)
    with pytest.raises(Hidden):
        await kiosk.kiosk_with(token, at=SOON)
    assert (await Kiosk.get()).voters == 2


async def test_a_vote_at_the_door_waits_for_a_witness(world: World) -> None:
    play = await stand(world)
    told = Told(head_id=play.heads["阿秀"], choice=Choice.YES, read_back=True)
    silent = Told(head_id=told.head_id, choice=told.choice, read_back=False)
    with pytest.raises(Unfit) as why:
        await helping.take_down(play.ballot.id, silent, "t0", by=play.grid, at=SOON)
    assert why.value.field == "read_back"
    with pytest.raises(Forbidden):
        await helping.take_down(play.ballot.id, told, "t0", by=world.qiang, at=SOON)
    row = await helping.take_down(play.ballot.id, told, "t1", by=play.grid, at=SOON)
    assert (await helping.take_down(play.ballot.id, told, "t1", by=play.grid, at=SOON)).id == row.id
    assert (row.state, await Paper.all().count(), await DoorVote.all().count()) == (HelpState.WAITING, 0, 1)
    for person in (play.grid, world.xiu):
        with pytest.raises(Forbidden):
            await helping.witness(row.code, right=True, by=person, at=SOON)
    seen = await helping.witness(row.code, right=True, by=world.clerk, at=SOON)
    paper = await Paper.get()
    assert (seen.state, seen.receipt, paper.channel) == (HelpState.CAST, paper.receipt, Channel.HELPER)
    assert (paper.by_id, paper.entered_by_id, paper.checked_by_id) == (world.xiu.id, play.grid.id, world.clerk.id)
    with pytest.raises(MovedOn):
        await helping.witness(row.code, right=True, by=world.clerk, at=SOON)
    other = Told(head_id=play.heads["阿强"], choice=Choice.NO, read_back=True)
    wrong = await helping.take_down(play.ballot.id, other, "t2", by=play.grid, at=SOON)
    done = await helping.witness(wrong.code, right=False, why="本人没有说过", by=world.clerk, at=SOON)
    assert (done.state, await Paper.all().count()) == (HelpState.REFUSED, 1)


async def test_doors_show_who_is_missing_and_never_how_anybody_voted(world: World) -> None:
    play = await stand(world)
    before = await queries.buildings(play.ballot)
    assert [(one.name, one.heads, one.missing) for one in before] == [("1号楼", 4, 4)]
    await slips.cast_by_slip(play.codes[play.heads["阿秀"]], Choice.NO, at=SOON)
    left = await queries.doors(play.grid, play.ballot, "1号楼", at=SOON)
    assert play.heads["阿秀"] not in {door.head.id for door in left}
    assert {name for door in left for name in door.names} == {"阿", "老"}
    for person in (world.lan, world.supervisor, world.moderator):
        with pytest.raises(Forbidden):
            await queries.doors(person, play.ballot, "1号楼", at=SOON)
        with pytest.raises(Forbidden):
            await doors.look(play.ballot.id, "1号楼", by=person, at=SOON)
    await doors.look(play.ballot.id, "1号楼", by=play.grid, at=SOON)
    assert await Event.filter(kind="doors.seen", actor_id=play.grid.id).count() == 1
    for _ in range(2):
        await doors.note(play.ballot.id, play.heads["阿强"], Met.NOBODY, "tok", by=play.grid, at=SOON)
    assert await DoorNote.all().count() == 1
    here, lines = await queries.missing(play.ballot)
    assert here == await turnout(play.ballot)
    assert [line.short for line in lines] == [here.all_heads // 2 + 1 - here.heads]


async def test_ways_are_told_only_when_each_was_used_by_ten(world: World) -> None:
    play = await stand(world)
    await slips.cast_by_slip(play.codes[play.heads["阿秀"]], Choice.NO, at=SOON)
    assert queries.by_way(await last_papers(play.ballot)) == {}
