"""After an outage shortly before the close a vote goes on: twice as long, a day at most, once, and all are told."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Unfit
from community.notice.models import Notice
from community.timers.outages import write_down
from deliberation.ballot import casting
from deliberation.ballot.models import Ballot, BallotState
from deliberation.ballot.putting_off import later, planned
from deliberation.ballot.queries import mine
from deliberation.ballot.votes import Choice
from deliberation.matter.models import Matter
from tests.deliberation.stage import VOTING, body_of, opened, tick
from tests.world import NOON, World
from web.clock import Clock
from web.courier import duties, once

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
END = NOON


@pytest.mark.parametrize(
    ("outages", "moved"),
    [
        ([], 0),
        ([(5, 1)], 0),  # four minutes
        ([(6, 1)], 10),
        ([(40, 37), (30, 27)], 12),  # three and three
        ([(200, 115)], 170),  # it began earlier: all of it counts
        ([(200, 120)], 0),  # over before the last two hours
        ([(180, 117)], 0),  # three minutes of them
        ([(30, -60)], 180),  # the site came back an hour after the close
        ([(900, 1)], 24 * 60),
        ([(2000, -1500)], 1500 + 24 * 60),  # longer than a day: counted from its end
    ],
)
def test_how_far_a_close_moves(outages: list[tuple[int, int]], moved: int) -> None:
    """Minutes before the close, from and until; minutes by which it moves."""
    away = [(END - since * MINUTE, END - until * MINUTE) for since, until in outages]
    assert later(END, away) - END == moved * MINUTE


async def test_the_close_moves_once_and_then_the_vote_ends(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    closes = ballot.closes_at
    await write_down(closes - 50 * MINUTE, closes - 40 * MINUTE, "机房停电", at=closes - 30 * MINUTE)
    assert await planned(ballot) == closes + 20 * MINUTE
    await tick(closes)
    moved = await Ballot.get(id=ballot.id).select_related("matter")
    assert (moved.state, moved.closes_at, moved.matter.due_at) == (
        BallotState.OPEN, closes + 20 * MINUTE, closes + 20 * MINUTE,
    )  # fmt: skip
    head = (await mine(world.lan, moved))[0].head_id
    await casting.cast(ballot.id, head, Choice.YES, by=world.lan, at=closes + 10 * MINUTE)
    await write_down(closes + 5 * MINUTE, closes + 15 * MINUTE, "又停了一次", at=closes + 16 * MINUTE)
    await tick(closes + 20 * MINUTE)
    assert (await Ballot.get(id=ballot.id)).state is BallotState.COUNTING
    with pytest.raises(Unfit):
        await casting.cast(ballot.id, head, Choice.NO, by=world.lan, at=closes + 20 * MINUTE)


async def test_the_rule_stands_in_the_notice_and_everybody_is_told(
    client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    rule = "截止前两小时里，本站停机满五分钟的"
    assert rule in (await client.get(f"/ballots/{ballot.id}/notice")).text
    closes = ballot.closes_at
    await write_down(closes - HOUR, closes - 30 * MINUTE, "机房停电", at=closes - 20 * MINUTE)
    clock.move(closes - 10 * MINUTE - NOON)
    assert "截止会顺延到" in (await client.get(f"/ballots/{ballot.id}")).text
    clock.move(10 * MINUTE)
    app = client._transport.app  # type: ignore[attr-defined]
    await once(duties(app), clock)
    assert (await Ballot.get(id=ballot.id)).closes_at == closes + HOUR
    told = await Notice.filter(sentence__contains="停机").values_list("person_id", flat=True)
    assert set(told) >= {person.id for person in town.residents}
    assert "截止已经顺延" in (await client.get(f"/ballots/{ballot.id}")).text
    assert "机房停电" in (await client.get("/outages")).text
    assert (await Matter.get(id=ballot.matter_id)).due_at == closes + HOUR
    assert closes > VOTING
