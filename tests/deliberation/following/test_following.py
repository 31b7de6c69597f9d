"""Who hears of a matter, and who does no more, on both engines."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, Unfit
from community.notice.models import Mail, Notice
from community.record.models import Event
from community.record.outbox import deliver, facts_of
from community.timers.commands import fire_due
from deliberation.ballot import casting
from deliberation.ballot.votes import Choice
from deliberation.following import commands, rules
from deliberation.following.commands import follow_matter, follow_place
from deliberation.following.models import Follow
from deliberation.following.queries import followed, followers, followers_of_place, places_followed, why_following
from deliberation.following.rules import News, Why
from deliberation.matter import drafting, screening, seconding
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from tests.deliberation.ballot.test_voting import head
from tests.deliberation.stage import TEXT, VOTING, body_of, opened, proposed, settle
from tests.world import NOON, World, sign_in
from web.clocks import TIMERS
from web.deliberation.matter import tellers
from web.telling import tell

LATER = NOON + timedelta(minutes=5)


async def submitted(world: World, *, reached: bool = False) -> Matter:
    """Return a public matter of one author, seconded by the others when it has ``reached`` screening."""
    body, _roll = await body_of(world)
    matter = await proposed(body, world.lan)
    for person in world.residents if reached else ():
        if person.id != world.lan.id and (await Matter.get(id=matter.id)).state is State.ENDORSING:
            await seconding.endorse(matter.id, by=person, at=NOON)
    return matter


async def told(person_id: int) -> list[str]:
    """Return what lies in an inbox, oldest first, after the courier has been."""
    while await deliver(tell, consumer="notice", at=LATER) or await fire_due(TIMERS, LATER):
        pass
    return [each.sentence for each in await Notice.filter(person_id=person_id).order_by("id")]


async def test_who_had_a_hand_in_it_follows_and_may_stop_and_begin_again(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    matter = await Matter.get(id=ballot.matter_id).select_related("body")
    voter = world.residents[-1]
    await casting.cast(ballot.id, await head(voter, ballot), Choice.YES, by=voter, at=VOTING)
    assert matter.author_id in await followers(matter)
    assert voter.id in await followers(matter)
    assert await why_following(await matter.author, matter) is Why.AUTHOR
    await follow_matter(matter.id, wanted=False, by=voter, at=VOTING)
    assert voter.id not in await followers(matter)
    assert await why_following(voter, matter) is None
    await follow_matter(matter.id, wanted=True, by=voter, at=VOTING)
    assert voter.id in await followers(matter)
    assert await Follow.filter(person_id=voter.id).count() == 1
    assert await Event.filter(kind__startswith="follow.").count() == 2


async def test_a_stranger_to_a_matter_asks_to_hear_of_it(world: World) -> None:
    matter = await submitted(world)
    other = world.residents[-1]
    assert await why_following(other, matter) is None
    await follow_matter(matter.id, wanted=True, by=other, at=NOON)
    assert await why_following(other, matter) is Why.ASKED
    page, more = await followed(other)
    assert ([(each.matter.id, each.why) for each in page], more) == ([(matter.id, Why.ASKED)], None)


async def test_a_draft_is_followed_by_nobody(world: World) -> None:
    body, _roll = await body_of(world)
    draft = await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    for person in (world.lan, world.xiu):
        with pytest.raises(Hidden):
            await follow_matter(draft.id, wanted=True, by=person, at=NOON)


async def test_too_many_are_refused_and_stopping_never_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "LIMIT", 1)
    body, _roll = await body_of(world)
    first, second = await proposed(body, world.lan), await proposed(body, world.qiang)
    await follow_matter(first.id, wanted=True, by=world.xiu, at=NOON)
    with pytest.raises(Unfit, match="先停掉"):
        await follow_matter(second.id, wanted=True, by=world.xiu, at=NOON)
    await follow_matter(second.id, wanted=False, by=world.xiu, at=NOON)


async def test_news_of_a_place_reach_who_chose_them_once(world: World) -> None:
    await follow_place(world.community, [News.PROPOSED], by=world.xiu, at=NOON)
    assert await places_followed(world.xiu) == [rules.place_key(world.community.id, News.PROPOSED)]
    assert await followers_of_place(world.community, News.VOTE) == []
    await submitted(world)
    assert await told(world.xiu.id) == [tellers.NEW]
    assert tellers.NEW not in await told(world.lan.id)  # the author knows
    await follow_place(world.community, [], by=world.xiu, at=NOON)
    assert await followers_of_place(world.community, News.PROPOSED) == []


async def test_only_places_of_ones_own_community_are_followed(world: World) -> None:
    with pytest.raises(Forbidden):
        await follow_place(world.street, [News.PROPOSED], by=world.xiu, at=NOON)


async def test_every_step_is_told_once_even_to_a_crowd(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tellers, "CROWD", 3)
    matter = await submitted(world)
    crowd = [each.person for each in await settle(world, 10)]
    for person in crowd:
        await follow_matter(matter.id, wanted=True, by=person, at=NOON)
    await follow_matter(matter.id, wanted=False, by=crowd[0], at=NOON)
    await drafting.withdraw(matter.id, by=world.lan, at=NOON)
    assert [await told(person.id) for person in crowd] == [[], *([tellers.F_WITHDRAWN] for _ in crowd[1:])]
    assert await told(world.lan.id) == []


async def test_what_was_returned_is_told_to_followers_in_their_words(world: World) -> None:
    matter = await submitted(world, reached=True)
    await follow_matter(matter.id, wanted=True, by=world.stranger, at=NOON)
    await screening.send_back(matter.id, "请写明每年的电费由谁承担。", by=world.clerk, at=NOON)
    assert (await told(world.stranger.id))[-1] == tellers.F_RETURNED
    assert (await told(world.lan.id))[-1] == tellers.RETURNED


async def test_the_record_of_following_holds_no_words(world: World) -> None:
    matter = await submitted(world)
    await follow_matter(matter.id, wanted=True, by=world.xiu, at=NOON)
    event = await Event.get(kind="follow.began")
    assert facts_of(event) == {"matter": matter.id}


async def test_the_pages_follow_and_leave(client: httpx2.AsyncClient, town: World) -> None:
    matter = await submitted(town)
    client.cookies.update(await sign_in(town.xiu))
    path = f"/matters/{matter.id}/following"
    assert "没有别人知道您关注了什么" in (await client.get(path)).text
    assert (await client.post(path)).status_code == 303
    assert "关注中" in (await client.get(path)).text
    assert matter.title in (await client.get("/following")).text
    assert (await client.post("/following", data={"news": ["new", "result"]})).status_code == 303
    assert len(await places_followed(town.xiu)) == 2
    assert (await client.post("/following", data={"news": "nonsense"})).status_code == 422
    assert (await client.post(f"{path}/end")).status_code == 303
    assert "关注中" not in (await client.get(path)).text
    assert await Mail.all().count() == 0
