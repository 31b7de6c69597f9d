"""Mandates: lent once, used as written, withdrawn until used, overtaken by the principal."""

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.proof import Proof
from community.people.rules import Method
from community.places.models import Place
from community.record.models import Event
from deliberation.ballot import casting, queries
from deliberation.ballot.models import Ballot, Channel, Paper
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollVoice
from deliberation.mandate import commands
from deliberation.mandate.commands import Lent
from deliberation.mandate.models import Mandate
from tests.deliberation.stage import AFTER, VOTING, Settled, counted, empty, own, scan, settle
from tests.web.deliberation.ballot.examples import GENERAL, heads_of, homes, open_one
from tests.world import World

PROOF = Proof(Method.PASSWORD)


async def started(world: World, code: str = "") -> tuple[Ballot, list[Settled], list[int]]:
    await empty(world)
    people = await settle(world, 10)
    await homes(world, people, area=100_00)
    if code:
        await Place.filter(id=world.community.id).update(code=code)
    ballot = await open_one(world, [each.person for each in people], GENERAL)
    return ballot, people, await heads_of(ballot, people)


async def lend(ballot: Ballot, head: int, by: Settled, to: Settled, how: Choice | None = None) -> Mandate:
    lent = Lent(head_id=head, agent=to.person, instruction=how)
    return await commands.give(ballot.id, lent, PROOF, by=by.person, at=VOTING)


async def test_an_agent_votes_for_several_at_once_as_each_paper_says(world: World) -> None:
    ballot, people, heads = await started(world)
    agent = people[9]
    free = await lend(ballot, heads[0], people[0], agent)
    fixed = await lend(ballot, heads[1], people[1], agent, Choice.NO)
    both = {free.code: Choice.YES, fixed.code: Choice.YES}
    with pytest.raises(Unfit, match="只能照着投"):
        await commands.vote(ballot.id, both, by=agent.person, at=VOTING)
    assert await Paper.filter(ballot_id=ballot.id).count() == 0
    handed = await commands.vote(ballot.id, both | {fixed.code: Choice.NO}, by=agent.person, at=VOTING)
    assert len(handed) == 2
    papers = await Paper.filter(ballot_id=ballot.id).order_by("vote__head_id").select_related("vote")
    assert {(p.vote.head_id, p.choice, p.channel, p.by_id) for p in papers} == {
        (heads[0], Choice.YES, Channel.PROXY, agent.person.id),
        (heads[1], Choice.NO, Channel.PROXY, agent.person.id),
    }
    with pytest.raises(Unfit, match="受托人已经投过"):
        await commands.withdraw(free.code, by=people[0].person, at=VOTING)
    assert await Event.filter(kind="ballot.cast").count() == 2


async def test_the_principal_overtakes_the_agent_and_not_the_other_way_round(world: World) -> None:
    ballot, people, heads = await started(world)
    made = await lend(ballot, heads[0], people[0], people[9])
    await commands.vote(ballot.id, {made.code: Choice.YES}, by=people[9].person, at=VOTING)
    (mine,) = await queries.mine(people[0].person, ballot)
    assert (mine.paper, mine.spoken and mine.spoken.choice, mine.others) == (None, Choice.YES, False)
    await casting.cast(ballot.id, heads[0], Choice.NO, by=people[0].person, at=VOTING)
    with pytest.raises(Unfit, match="本人已经自己投了"):
        await commands.vote(ballot.id, {made.code: Choice.YES}, by=people[9].person, at=VOTING)
    result = await counted(world, ballot)
    assert '"no":{"area":10000,"heads":1}' in result.tally


async def test_a_voice_is_lent_once_withdrawn_at_will_and_never_passed_on(world: World) -> None:
    ballot, people, heads = await started(world)
    made = await lend(ballot, heads[0], people[0], people[9])
    with pytest.raises(Unfit, match="已经委托出去"):
        await lend(ballot, heads[0], people[0], people[8])
    with pytest.raises(Forbidden):
        await lend(ballot, heads[0], people[9], people[8])
    with pytest.raises(Forbidden):
        await commands.withdraw(made.code, by=people[9].person, at=VOTING)
    await commands.withdraw(made.code, by=people[0].person, at=VOTING)
    with pytest.raises(MovedOn):
        await commands.withdraw(made.code, by=people[0].person, at=VOTING)
    with pytest.raises(Forbidden):
        await commands.vote(ballot.id, {made.code: Choice.YES}, by=people[9].person, at=VOTING)
    again = await lend(ballot, heads[0], people[0], people[8])
    assert await Mandate.filter(head_id=heads[0]).count() == 2
    with pytest.raises(Unfit):
        await lend(ballot, heads[1], people[1], people[1])
    lent = Lent(head_id=heads[1], agent=world.stranger)
    with pytest.raises(Unfit, match="核对过名册"):
        await commands.give(ballot.id, lent, PROOF, by=people[1].person, at=VOTING)
    lent = Lent(head_id=heads[1], agent=people[5].person)
    with pytest.raises(Unfit, match="截止"):
        await commands.give(ballot.id, lent, PROOF, by=people[1].person, at=AFTER)
    with pytest.raises(Hidden):
        await commands.withdraw(again.code[::-1], by=people[0].person, at=VOTING)


async def test_places_limit_how_many_one_agent_stands_for_and_want_it_written(world: World) -> None:
    ballot, people, heads = await started(world, "370702001001")
    for n in range(3):
        await lend(ballot, heads[n], people[n], people[9])
    with pytest.raises(Unfit) as why:
        await lend(ballot, heads[3], people[3], people[9])
    assert why.value.facts["most"] == 3


async def test_where_the_paper_must_say_how_a_free_hand_is_refused(world: World) -> None:
    ballot, people, heads = await started(world, "310101001001")
    with pytest.raises(Unfit) as why:
        await lend(ballot, heads[0], people[0], people[9])
    assert why.value.field == "instruction"
    assert (await lend(ballot, heads[0], people[0], people[9], Choice.YES)).instruction is Choice.YES


async def test_a_clerk_takes_paper_down_with_its_scan_and_never_for_himself(world: World) -> None:
    ballot, people, heads = await started(world)
    voice = await RollVoice.get(roll_id=ballot.roll_id, head_id=heads[0])
    lent = Lent(head_id=heads[0], agent=people[9].person)
    with pytest.raises(Unfit) as why:
        await commands.take_down(ballot.id, voice.id, lent, files=[], by=world.clerk, at=VOTING)
    assert why.value.field == "file"
    own_, files = Lent(head_id=heads[0], agent=world.clerk), [await scan(world.clerk)]
    with pytest.raises(Forbidden):
        await commands.take_down(ballot.id, voice.id, own_, files=files, by=world.clerk, at=VOTING)
    files = [await scan(people[1].person)]
    with pytest.raises(Forbidden):
        await commands.take_down(ballot.id, voice.id, lent, files=files, by=people[1].person, at=VOTING)
    files = [await scan(world.clerk)]
    made = await commands.take_down(ballot.id, voice.id, lent, files=files, by=world.clerk, at=VOTING)
    assert (made.read_by_id, bool(made.sha256)) == (world.clerk.id, True)
    with pytest.raises(Unfit):
        await commands.withdraw(made.code, by=world.clerk, at=VOTING)
    await commands.withdraw(made.code, why="委托人打电话来收回。", by=world.clerk, at=VOTING)


async def test_one_co_owner_lends_their_own_word_alone(world: World) -> None:
    await empty(world)
    people = await settle(world, 8)
    await homes(world, people[:6], area=100_00)
    await own(world, people[6:8], area=9000, prefix="c")
    ballot = await open_one(world, [each.person for each in people], GENERAL)
    (head,) = await heads_of(ballot, people[6:8])
    made = await lend(ballot, head, people[6], people[0])
    await commands.vote(ballot.id, {made.code: Choice.YES}, by=people[0].person, at=VOTING)
    await casting.cast(ballot.id, head, Choice.NO, by=people[7].person, at=VOTING)
    (mine,) = await queries.mine(people[6].person, ballot)
    assert mine.held
