"""Pages do not ask more of the database as the neighbourhood grows."""

import httpx2
from starlette.applications import Starlette

from community.notice.models import Mail
from deliberation.ballot.models import Pass
from deliberation.ballot.votes import Choice
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from tests.asked import asked
from tests.deliberation.stage import body_of, counted, opened, proposed, settle, vote
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once
from web.deliberation.ballot.mails import OPENED


async def test_fifty_matters_and_their_talk_cost_as_much_as_one(town: World, client: httpx2.AsyncClient) -> None:
    people = await settle(town, 20)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people[:15], Choice.YES)
    for n in range(55):
        await proposed(body, people[n % 20].person)
    matter = await proposed(body, town.lan)
    for n in range(35):
        first = await comment(matter.id, Position.MORE, f"说第 {n} 句。", by=town.qiang, at=NOON)
        await comment(matter.id, Position.FOR, "答一句。", answers=first.code, by=town.xiu, at=NOON)
    first = await comment(matter.id, Position.MORE, "最后说一句。", by=town.qiang, at=NOON)
    client.cookies.update(await sign_in(town.lan))
    urls = {
        "/": 12,
        "/matters": 5,
        f"/matters/{matter.id}": 12,
        f"/matters/{ballot.matter_id}": 12,
        f"/matters/{matter.id}/comments": 12,
        f"/matters/{matter.id}/arguments": 12,
        f"/matters/{matter.id}/comments/{first.code}": 12,
        f"/matters/{matter.id}/opinions": 12,
        f"/ballots/{ballot.id}": 14,
        f"/ballots/{ballot.id}/vote": 14,
    }
    for url, most in urls.items():
        with asked() as seen:
            assert (await client.get(url)).status_code == 200
        assert 1 <= len(seen) <= most, (url, len(seen), seen)
    listed = (await client.get("/matters")).text
    assert listed.count('<li><a href="/matters/') == 50
    assert 'rel="next"' in listed


async def test_a_result_of_many_homes_is_read_page_by_page(town: World, client: httpx2.AsyncClient) -> None:
    people = await settle(town, 60)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.NO)
    await counted(town, ballot)
    client.cookies.update(await sign_in(people[0].person))
    first = (await client.get(f"/ballots/{ballot.id}/result")).text
    found = first.split("?after=", 1)[1].split("#", 1)[0]
    second = (await client.get(f"/ballots/{ballot.id}/result?after={found}")).text
    assert first.count("<td>反对</td>") == 50
    assert second.count("<td>反对</td>") == 10


async def test_a_whole_neighbourhood_is_told_in_crowds_and_nobody_twice(
    app: Starlette, town: World, clock: Clock
) -> None:
    people = await settle(town, 250)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    clock.move(ballot.opens_at - NOON)
    working = [duty for duty in duties(app) if duty.name != "mail"]
    await once(working, clock)
    letters = await Mail.filter(template=OPENED)
    assert len(letters) == len({letter.person_id for letter in letters}) == 254
    assert await Pass.filter(ballot_id=ballot.id).count() == 254
    assert all(letter.secret and '"path"' not in letter.facts for letter in letters)
    await once(working, clock)
    assert await Mail.filter(template=OPENED).count() == 254
