"""Whoever comes after the close hears so at once, and nothing of the paper is kept."""

import httpx2

from deliberation.ballot.admitting import CLOSED
from deliberation.ballot.models import Paper
from tests.asked import asked
from tests.deliberation.stage import VOTING, body_of, opened
from tests.world import World, sign_in
from web.clock import Clock


async def test_a_late_paper_is_refused_by_a_short_page(town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    client.cookies.update(await sign_in(town.lan))
    clock.move(VOTING - clock.now())
    vote = f"/ballots/{ballot.id}/vote"
    head = (await client.get(vote)).text.partition('name="head" value="')[2].partition('"')[0]
    clock.move(ballot.closes_at - clock.now())
    await client.post(vote, data={"head": head, "choice": "yes"})
    with asked() as seen:
        answer = await client.post(vote, data={"head": head, "choice": "yes"})
    assert answer.status_code == 422
    assert f"<h1>{CLOSED}</h1>" in answer.text
    assert f'href="/ballots/{ballot.id}"' in answer.text
    assert len(seen) == 2  # who asks, and whether they may vote
    assert not await Paper.exists(ballot_id=ballot.id)
