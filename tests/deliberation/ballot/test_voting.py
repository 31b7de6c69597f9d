"""Putting a paper in: who may, when, once."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Holding, Person
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Role
from deliberation.ballot import announcing, casting, counting, packs, passes, queries, running
from deliberation.ballot.admitting import Late, admitted
from deliberation.ballot.certify import digest
from deliberation.ballot.frozen import freeze, thaw
from deliberation.ballot.given import paper_hash
from deliberation.ballot.models import Ballot, BallotState, Paper, Vote
from deliberation.ballot.votes import Choice
from deliberation.body import commands as bodies
from deliberation.body.rules import Basis, Weight
from deliberation.matter.states import State
from tests.deliberation.stage import AFTER, PLAN, VOTING, body_of, finalised, opened, tick, vote
from tests.world import NOON, World


async def head(person: Person, ballot: Ballot) -> int:
    return (await queries.mine(person, ballot))[0].head_id


def test_a_frozen_rule_is_read_back_exactly() -> None:
    for rule in packs.NATIONAL:
        assert thaw(freeze(rule)) == rule
        assert digest(thaw(freeze(rule))) == digest(rule)


async def test_notice_must_be_long_enough_and_the_roll_beyond_objection(world: World) -> None:
    body, roll = await body_of(world)
    matter = await finalised(world, body, roll, world.residents)
    assert announcing.earliest(body, roll, NOON) == date(2026, 5, 15)  # ten full days after 4 May
    early = replace(PLAN, opens_on=date(2026, 5, 14))
    with pytest.raises(Unfit) as why:
        await announcing.announce(matter.id, early, by=world.clerk, at=NOON)
    assert why.value.field == "opens_on"
    for plan in (replace(PLAN, closes_on=date(2026, 5, 31)), replace(PLAN, closes_on=date(2026, 9, 1))):
        with pytest.raises(Unfit):
            await announcing.announce(matter.id, plan, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="没有这一类"):
        await announcing.announce(matter.id, replace(PLAN, weight=Weight.MAJOR), by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await announcing.announce(matter.id, PLAN, by=world.lan, at=NOON)
    ballot = await announcing.announce(matter.id, replace(PLAN, opens_on=date(2026, 5, 15)), by=world.clerk, at=NOON)
    assert (ballot.rule_id, ballot.text_hash) == ("rc25.assembly.adults", matter.final_hash)
    with pytest.raises(MovedOn):
        await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
    assert await Ballot.all().count() == 1


async def test_a_fresh_roll_pushes_the_vote_back(world: World) -> None:
    body, _roll = await body_of(world)
    late = NOON + timedelta(days=20)
    fresh = await bodies.freeze_roll(body.id, Basis.RESIDENTS, by=world.clerk, at=late)
    assert announcing.earliest(body, fresh, late - timedelta(days=10)) == date(2026, 5, 30)


async def test_the_clock_opens_and_closes_the_ballot_once(world: World) -> None:
    body, roll = await body_of(world)
    matter = await finalised(world, body, roll, world.residents)
    ballot = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
    assert await tick(ballot.opens_at - timedelta(seconds=1)) == 0
    with pytest.raises(Unfit, match="没有开始"):
        await casting.cast(ballot.id, 1, Choice.YES, by=world.lan, at=NOON)
    assert await tick(ballot.opens_at) == 1
    assert await tick(ballot.opens_at) == 0
    await matter.refresh_from_db()
    assert (matter.state, matter.due_at) == (State.VOTING, ballot.closes_at)
    with pytest.raises(MovedOn):
        await running.open_ballot(ballot.id, at=VOTING)
    await tick(ballot.closes_at - announcing.REMIND)
    assert await Event.filter(kind="ballot.reminded").count() == 1
    await tick(ballot.closes_at)
    await ballot.refresh_from_db()
    assert ballot.state is BallotState.COUNTING


async def test_a_clock_that_jumps_past_everything_still_goes_in_order(world: World) -> None:
    body, roll = await body_of(world)
    matter = await finalised(world, body, roll, world.residents)
    ballot = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
    await tick(AFTER)
    await ballot.refresh_from_db()
    assert ballot.state is BallotState.COUNTING
    assert await Event.filter(kind="ballot.reminded").count() == 0


async def test_a_vote_is_stored_with_its_event_and_its_receipt(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    mine = await head(world.lan, ballot)
    handed = await casting.cast(ballot.id, mine, Choice.NO, by=world.lan, at=VOTING)
    assert (handed.choice, handed.changed) == (Choice.NO, False)
    again = await casting.cast(ballot.id, mine, Choice.YES, by=world.lan, at=VOTING)
    assert again.changed
    assert again.receipt != handed.receipt
    papers = await Paper.filter(ballot_id=ballot.id).order_by("order")
    assert [(p.order, p.choice) for p in papers] == [(1, Choice.NO), (2, Choice.YES)]
    events = await Event.filter(kind="ballot.cast").order_by("id")
    assert [facts_of(e)["paper"] for e in events] == [paper_hash(p, mine) for p in papers]
    assert all("yes" not in e.body and '"no"' not in e.body for e in events)
    assert (await queries.mine(world.lan, ballot))[0].paper == papers[1]
    assert (await queries.turnout(ballot)).heads == 1


async def test_a_paper_that_meets_the_close_on_its_way_is_not_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    mine = await head(world.lan, ballot)

    async def closes_meanwhile(ballot_id: int, head_id: int, *, by: Person, at: datetime) -> tuple[Ballot, str]:
        found = await admitted(ballot_id, head_id, by=by, at=at)
        await running.close_ballot(ballot.id, at=at)
        return found

    monkeypatch.setattr(casting, "admitted", closes_meanwhile)
    with pytest.raises(Late):
        await casting.cast(ballot.id, mine, Choice.NO, by=world.lan, at=ballot.closes_at - timedelta(seconds=1))
    assert await Paper.all().count() == 0
    assert (await queries.turnout(ballot)).heads == 0


async def test_nobody_votes_for_somebody_else_or_without_being_on_the_roll(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    for person in (world.stranger, world.clerk, world.qiang):
        with pytest.raises(Forbidden):
            await casting.cast(ballot.id, await head(world.lan, ballot), Choice.YES, by=person, at=VOTING)
    with pytest.raises(Hidden):
        await casting.cast(9999, 1, Choice.YES, by=world.lan, at=VOTING)
    await Holding.filter(person_id=world.lan.id, role__in=[Role.RESIDENT, Role.OWNER]).update(until=NOON)
    with pytest.raises(Forbidden):
        await casting.cast(ballot.id, await head(world.lan, ballot), Choice.YES, by=world.lan, at=VOTING)
    assert await Paper.all().count() == 0
    assert await Vote.filter(papers__gt=0).count() == 0


async def test_fifty_papers_at_once_leave_one_vote_and_a_whole_history(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    mine = await head(world.lan, ballot)
    choices = [list(Choice)[n % 3] for n in range(50)]
    handed = await asyncio.gather(
        *(casting.cast(ballot.id, mine, choice, by=world.lan, at=VOTING) for choice in choices)
    )
    papers = await Paper.filter(ballot_id=ballot.id).order_by("order")
    assert [p.order for p in papers] == list(range(1, 51))
    assert {p.receipt for p in papers} == {h.receipt for h in handed}
    assert await Vote.filter(ballot_id=ballot.id, papers__gt=0).count() == 1
    assert (await queries.turnout(ballot)).heads == 1
    last = (await queries.mine(world.lan, ballot))[0].paper
    await tick(AFTER)
    found = await counting.count_again(await Ballot.get(id=ballot.id))
    assert last is not None
    assert getattr(found.tally, last.choice).heads == 1
    assert found.tally.superseded == 49


async def test_a_paper_after_the_deadline_is_refused_even_while_nobody_has_closed_the_box(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    mine = await head(world.lan, ballot)
    before = ballot.closes_at - timedelta(seconds=1)
    await casting.cast(ballot.id, mine, Choice.YES, by=world.lan, at=before)
    for at in (ballot.closes_at, AFTER):
        with pytest.raises(Unfit, match="截止"):
            await casting.cast(ballot.id, mine, Choice.NO, by=world.lan, at=at)
    await tick(AFTER)
    with pytest.raises(Unfit, match="截止"):
        await casting.cast(ballot.id, mine, Choice.NO, by=world.lan, at=before)
    assert (await Paper.get(ballot_id=ballot.id)).choice is Choice.YES


async def test_a_link_opens_one_ballot_for_one_person_until_it_closes(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    token = (await passes.issue(ballot, [world.lan, world.qiang], at=VOTING))[world.lan.id]
    assert len(token) >= 22  # 128 bits
    for _ in range(3):
        found = await passes.bearer(token, at=VOTING)
        assert (found.person_id, found.ballot_id) == (world.lan.id, ballot.id)
    for token_, at in ((token, ballot.closes_at), (token[:-1] + "!", VOTING), ("", VOTING)):
        with pytest.raises(Hidden):
            await passes.bearer(token_, at=at)


async def test_only_those_concerned_see_who_voted_how(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await queries.find((await opened(world, body, roll, world.residents)).id)
    assert await queries.may_read_names(world.lan, ballot, at=NOON)
    assert await queries.may_read_names(world.supervisor, ballot, at=NOON)
    assert not await queries.may_read_names(world.stranger, ballot, at=NOON)
    assert not await queries.may_read_names(None, ballot, at=NOON)


async def test_what_waits_for_a_voter_is_what_their_heads_have_not_done(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    assert [b.id for b in await queries.waiting_for(world.lan, at=VOTING)] == [ballot.id]
    assert await queries.waiting_for(world.stranger, at=VOTING) == []
    assert await queries.not_voted(ballot) == sorted(p.id for p in world.residents)
    await vote(ballot, [], Choice.YES)
    await casting.cast(ballot.id, await head(world.lan, ballot), Choice.ABSTAIN, by=world.lan, at=VOTING)
    assert await queries.waiting_for(world.lan, at=VOTING) == []
    assert world.lan.id not in await queries.not_voted(ballot)
    assert await queries.waiting_for(world.qiang, at=AFTER) == []
