"""Papers that come in at the same moment: each has its own answer, and none is late."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.record.models import Delivery, Event
from deliberation.ballot import box, casting, given, queries, running
from deliberation.ballot.admitting import Late
from deliberation.ballot.box import SHEET_STANDS, Coming
from deliberation.ballot.given import Given, Handed, words_of
from deliberation.ballot.models import Ballot, Channel, Paper, Precedence, Vote
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollHead
from deliberation.ledger.models import PaperWaiting
from tests.deliberation.ballot.test_voting import head
from tests.deliberation.stage import VOTING, body_of, opened
from tests.world import World


async def stage(world: World) -> tuple[Ballot, list[tuple[Person, int]]]:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    return ballot, [(person, await head(person, ballot)) for person in world.residents]


async def cast_all(ballot: Ballot, papers: Sequence[tuple[Person, int, Choice]], **more: Any) -> list[Any]:  # noqa: ANN401
    at = more.get("at", VOTING)
    asked = [casting.cast(ballot.id, head, choice, by=person, at=at) for person, head, choice in papers]
    return await asyncio.gather(*asked, return_exceptions=True)


async def test_good_late_twice_and_strange_in_one_batch(world: World) -> None:
    ballot, voters = await stage(world)
    (one, first), (two, second), *_ = voters
    late = casting.cast(ballot.id, second, Choice.NO, by=two, at=ballot.closes_at)
    asked = [(one, first, Choice.YES), (world.stranger, first, Choice.NO), (two, second, Choice.NO)]
    twice = cast_all(ballot, [*asked, (one, first, Choice.ABSTAIN)])
    answers, missed = await asyncio.gather(twice, late, return_exceptions=True)
    assert isinstance(missed, Late)
    assert isinstance(answers, list)
    assert [type(each) for each in answers] == [Handed, Forbidden, Handed, Handed]
    handed = [each for each in answers if isinstance(each, Handed)]
    assert sum(each.changed for each in handed) == 1
    papers = await Paper.filter(ballot_id=ballot.id).order_by("id")
    assert sorted(p.order for p in papers) == [1, 1, 2]
    assert {(p.receipt, p.choice, p.order > 1) for p in papers} == {(h.receipt, h.choice, h.changed) for h in handed}
    assert sorted([vote.papers for vote in await Vote.filter(papers__gt=0)]) == [1, 2]
    assert [one.paper_id for one in await PaperWaiting.all().order_by("id")] == [p.id for p in papers]
    events = await Event.filter(kind="ballot.cast")
    assert len(events) == 3
    assert await Delivery.filter(event_id__in=[each.id for each in events]).count() == 6
    assert (await queries.turnout(ballot)).heads == 2


async def test_a_sheet_stands_before_what_comes_beside_it_and_a_head_that_is_not_there_is_told_so(world: World) -> None:
    ballot, voters = await stage(world)
    (one, first), (two, second), *_ = voters
    ballot.precedence = Precedence.PAPER
    await Ballot.filter(id=ballot.id).update(precedence=Precedence.PAPER)
    await cast_all(ballot, [(one, first, Choice.YES)])
    await Paper.filter(ballot_id=ballot.id).update(channel=Channel.PAPER)
    coming = []
    keys = {head.id: head.key for head in await RollHead.filter(roll_id=ballot.roll_id)}
    for person, number in ((one, first), (two, 9999), (two, second)):
        paper = Given(head_id=number, choice=Choice.NO, voice=keys.get(number, ""), channel=Channel.SITE, by=person)
        coming.append(box.put_in(Coming(ballot, paper, words_of(ballot, paper), VOTING)))
    answers = await asyncio.gather(*coming, return_exceptions=True)
    assert [type(each) for each in answers] == [Unfit, Forbidden, Handed]
    assert getattr(answers[0], "reason", "") == SHEET_STANDS
    assert await Paper.filter(ballot_id=ballot.id).count() == 2


async def test_an_error_of_one_paper_leaves_the_others_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ballot, voters = await stage(world)

    def broken(*args: Any, **more: Any) -> dict[str, object]:  # noqa: ANN401
        values = given.kept(*args, **more)
        return {**values, "vote_id": 10**9} if values["choice"] is Choice.ABSTAIN else values

    monkeypatch.setattr("deliberation.ballot.box.kept", broken)
    said = [Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.YES]
    papers = [(person, number, choice) for (person, number), choice in zip(voters, said, strict=True)]
    answers = await cast_all(ballot, papers)
    assert [isinstance(each, Handed) for each in answers] == [True, False, True, True]
    assert await Paper.all().count() == await Event.filter(kind="ballot.cast").count() == 3
    assert await Vote.filter(papers__gt=0).count() == 3


async def test_a_ballot_that_closes_beside_papers_has_in_it_exactly_those_that_got_a_receipt(world: World) -> None:
    ballot, voters = await stage(world)
    asked = [(person, number, Choice.YES) for person, number in voters for _ in range(10)]
    before = ballot.closes_at - timedelta(seconds=1)
    first = asyncio.ensure_future(cast_all(ballot, asked[::2], at=before))
    await asyncio.sleep(0)
    close = asyncio.ensure_future(running.close_ballot(ballot.id, at=ballot.closes_at))
    then = asyncio.ensure_future(cast_all(ballot, asked[1::2], at=before))
    answers = [*await first, *await then]
    await close
    receipts = {each.receipt for each in answers if isinstance(each, Handed)}
    assert all(isinstance(each, Handed | Late) for each in answers)
    assert receipts == {paper.receipt for paper in await Paper.filter(ballot_id=ballot.id)}
    assert not await PaperWaiting.all().count()  # the log was ended over every one of them
    assert isinstance((await cast_all(ballot, asked[:1], at=before))[0], Late)
