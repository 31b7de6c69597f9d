"""Sheets read twice, settled by a third, refused with a reason; paper and web meet in one result."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from deliberation.ballot import casting, counting
from deliberation.ballot.decide import Outcome
from deliberation.ballot.frozen import thaw
from deliberation.ballot.heads import denominators
from deliberation.ballot.models import Ballot, Channel, Paper, Precedence, Vote
from deliberation.ballot.votes import Choice, Said, said
from deliberation.body.models import RollVersion
from deliberation.body.queries import counted_roll
from deliberation.polling import entering, queries, slips
from deliberation.polling.entering import Read
from deliberation.polling.models import ReturnedSheet, SheetReading
from deliberation.polling.rules import TOGETHER, Fault, SheetState
from tests.deliberation.polling.stand import SOON, Stand, stand
from tests.deliberation.stage import AFTER, PLAN, VOTING, counted, own, settle, tick
from tests.world import World

MINUTE = timedelta(minutes=1)


def sheet_of(play: Stand, name: str, choice: Choice | None = Choice.YES, **more: object) -> Read:
    """Return what is read on the sheet of somebody."""
    return Read(code=play.codes[play.heads[name]], choice=choice, received_at=VOTING, **more)  # type: ignore[arg-type]


async def twice(play: Stand, read: Read, first: Person, second: Person, name: str = "t") -> ReturnedSheet:
    """Read a sheet twice alike."""
    await entering.enter(play.ballot.id, read, f"{name}-1", by=first, at=SOON)
    return await entering.enter(play.ballot.id, read, f"{name}-2", by=second, at=SOON)


async def test_two_readings_alike_are_one_vote_with_both_names(world: World) -> None:
    play = await stand(world)
    read = sheet_of(play, "阿秀")
    first = await entering.enter(play.ballot.id, read, "a", by=world.clerk, at=SOON)
    again = await entering.enter(play.ballot.id, read, "a", by=world.clerk, at=SOON)
    assert (again.id, await SheetReading.all().count(), await Paper.all().count()) == (first.id, 1, 0)
    with pytest.raises(Unfit, match="另一个人"):
        await entering.enter(play.ballot.id, read, "b", by=world.clerk, at=SOON)
    sheet = await entering.enter(play.ballot.id, read, "a", by=play.teller, at=SOON)
    paper = await Paper.get()
    assert (sheet.state, sheet.receipt) == (SheetState.CAST, paper.receipt)
    assert (paper.channel, paper.entered_by_id, paper.checked_by_id) == (
        Channel.PAPER,
        world.clerk.id,
        play.teller.id,
    )
    assert (paper.by_id, paper.at, paper.choice) == (world.xiu.id, VOTING, Choice.YES)
    assert (await Ballot.get(id=play.ballot.id)).sheets_open == 0


async def test_what_differs_is_settled_by_a_third_with_a_reason(world: World) -> None:
    play = await stand(world)
    await entering.enter(play.ballot.id, sheet_of(play, "阿秀"), "a", by=world.clerk, at=SOON)
    sheet = await entering.enter(play.ballot.id, sheet_of(play, "阿秀", Choice.NO), "b", by=play.teller, at=SOON)
    assert (sheet.state, await Paper.all().count()) == (SheetState.DIFFERENT, 0)
    assert [one.id for one in await queries.sheets(play.ballot, unsettled=True)] == [sheet.id]
    for person in (world.clerk, play.teller):
        with pytest.raises(Unfit, match="另外一位"):
            await entering.look_again(sheet.id, Choice.NO, None, "看得清是反对", by=person, at=SOON)
    with pytest.raises(Unfit, match="理由"):
        await entering.look_again(sheet.id, Choice.NO, None, "", by=world.supervisor, at=SOON)
    done = await entering.look_again(sheet.id, Choice.NO, None, "看得清是反对", by=world.supervisor, at=SOON)
    assert (done.state, (await Paper.get()).choice) == (SheetState.CAST, Choice.NO)
    with pytest.raises(MovedOn):
        await entering.look_again(sheet.id, Choice.NO, None, "看得清是反对", by=world.supervisor, at=SOON)


async def test_sheets_that_do_not_count_say_why(world: World) -> None:
    play = await stand(world)
    with pytest.raises(Unfit, match="没有发过"):
        await entering.enter(
            play.ballot.id, replace(sheet_of(play, "阿秀"), code="ZZZZ2222"), "x", by=world.clerk, at=SOON
        )
    stranger = replace(sheet_of(play, "阿秀"), code="ZZZZ2222", sure=True)
    found = [await twice(play, stranger, world.clerk, play.teller, "s")]
    found.append(await twice(play, sheet_of(play, "阿强", None), world.clerk, play.teller, "u"))
    await twice(play, sheet_of(play, "阿秀"), world.clerk, play.teller, "c")
    with pytest.raises(Unfit, match="已经录过"):
        await entering.enter(play.ballot.id, sheet_of(play, "阿秀"), "d", by=world.clerk, at=SOON)
    found.append(await twice(play, sheet_of(play, "阿秀", Choice.NO, sure=True), world.clerk, play.teller, "d"))
    await slips.reissue(play.ballot.id, play.heads["老赵"], "票面弄湿了", by=world.clerk, at=SOON)
    found.append(await twice(play, sheet_of(play, "老赵"), world.clerk, play.teller, "r"))
    assert [one.fault for one in found] == [Fault.NOT_ON_ROLL, Fault.UNREADABLE, Fault.DOUBLE, Fault.REPLACED]
    assert {one.state for one in found} == {SheetState.INVALID}
    assert [paper.spoilt for paper in await Paper.all().order_by("id")] == [True, False]


async def test_a_later_vote_on_the_site_counts_and_an_earlier_one_does_not(world: World) -> None:
    play = await stand(world)
    for name, person, at in (("阿秀", world.xiu, VOTING - MINUTE), ("阿强", world.qiang, VOTING + MINUTE)):
        await casting.cast(play.ballot.id, play.heads[name], Choice.NO, by=person, at=at)
        await twice(play, sheet_of(play, name), world.clerk, play.teller, name)
    states = [sheet.state for sheet in await ReturnedSheet.all().order_by("id")]
    assert states == [SheetState.CAST, SheetState.OVERTAKEN]
    papers = {p.vote_id: p.choice for p in await Paper.all().order_by("id")}
    assert list(papers.values()) == [Choice.YES, Choice.NO]


async def test_where_paper_goes_first_it_stands(world: World) -> None:
    play = await stand(world, replace(PLAN, precedence=Precedence.PAPER))
    await casting.cast(play.ballot.id, play.heads["阿强"], Choice.NO, by=world.qiang, at=VOTING + MINUTE)
    sheet = await twice(play, sheet_of(play, "阿强"), world.clerk, play.teller)
    assert sheet.state is SheetState.CAST
    with pytest.raises(Unfit, match="以纸票为准"):
        await casting.cast(play.ballot.id, play.heads["阿强"], Choice.NO, by=world.qiang, at=SOON)


async def test_sheets_are_entered_until_the_count_begins_and_never_after(world: World) -> None:
    play = await stand(world)
    await casting.cast(play.ballot.id, play.heads["阿兰"], Choice.YES, by=world.lan, at=VOTING)
    await entering.enter(play.ballot.id, sheet_of(play, "阿秀"), "a", by=play.teller, at=SOON)
    await tick(AFTER)
    with pytest.raises(Unfit, match="没有录完"):
        await counting.tell(play.ballot.id, by=world.clerk, at=AFTER)
    done = await entering.enter(play.ballot.id, sheet_of(play, "阿秀"), "b", by=world.clerk, at=AFTER)
    assert done.state is SheetState.CAST
    late = replace(sheet_of(play, "阿强"), received_at=play.ballot.closes_at)
    for name, person in (("l1", world.clerk), ("l2", play.teller)):
        done = await entering.enter(play.ballot.id, late, name, by=person, at=AFTER)
    assert (done.state, done.fault) == (SheetState.LATE, Fault.LATE)
    result = await counted(world, play.ballot)
    assert result.outcome is Outcome.NO_QUORUM
    assert '"yes":{"area":0,"heads":2}' in result.tally
    with pytest.raises(Unfit, match="现在不能录入"):
        await entering.enter(play.ballot.id, sheet_of(play, "老赵"), "z", by=world.clerk, at=AFTER)


async def test_only_tellers_enter_and_not_the_author(world: World) -> None:
    play = await stand(world)
    for person in (world.lan, play.grid, world.moderator):
        with pytest.raises(Forbidden):
            await entering.enter(play.ballot.id, sheet_of(play, "阿秀"), "a", by=person, at=SOON)


async def test_owners_sign_one_by_one_or_together(world: World) -> None:
    two = await settle(world, 2)
    await own(world, two, area=10000, prefix="夫妻")
    play = await stand(world, owners=True, more=[one.person for one in two])
    head = next(h for h in play.codes if h not in play.heads.values())
    read = Read(code=play.codes[head], choice=Choice.YES, received_at=VOTING)
    with pytest.raises(Unfit) as why:
        await entering.enter(play.ballot.id, read, "a", by=world.clerk, at=SOON)
    assert why.value.field == "speaker"
    await casting.cast(play.ballot.id, head, Choice.NO, by=two[0].person, at=VOTING - MINUTE)
    sheet = await twice(play, replace(read, voice_id=TOGETHER), world.clerk, play.teller)
    assert sheet.state is SheetState.CAST
    votes = await counting.cast_votes(play.ballot)
    roll = await counted_roll(await RollVersion.get(id=play.ballot.roll_id))
    key = (await Vote.get(ballot_id=play.ballot.id, head_id=head).select_related("head")).head.key
    known = denominators(roll, thaw(play.ballot.rule_json)).known_as[key]
    assert said(known, [vote for vote in votes if vote.head == key]) == Said.YES
