"""Many people are told of one event a hundred at a time, each once, and never who did it."""

from collections.abc import Sequence

from community.notice.models import Notice
from community.people.models import Person
from community.record.models import Event
from community.record.transaction import bookkeeping
from community.timers.commands import fire_due
from community.timers.models import Timer
from tests.deliberation.stage import settle
from tests.world import NOON, World
from web.crowd import CROWD, Crowd, Line


async def test_a_crowd_is_told_by_the_hundred(world: World) -> None:
    await settle(world, 2 * CROWD + 50)
    everybody = {int(str(number)) for number in await Person.all().values_list("id", flat=True)}

    async def lines(_event: Event) -> Sequence[Line]:
        office = Line(people=[world.clerk.id], sentence="请看一下。", facts={}, url="/desk")
        return [Line(people=everybody, sentence="有变动。", facts={}, url="/matters", mail=False), office]

    crowd = Crowd("test.more", {"thing.done": lines})
    event = await Event.create(kind="thing.done", subject="thing-1", actor_id=world.lan.id, at=NOON, body="{}")

    @bookkeeping
    async def begin() -> None:
        await crowd.tellers["thing.done"](event)

    await begin()
    assert await Notice.filter(sentence="有变动。").count() == CROWD
    assert await Timer.filter(kind="test.more", fired_at=None).count() == 1
    while await fire_due(crowd.timers, NOON):
        assert await Notice.filter(sentence="有变动。").count() <= len(everybody)
    told = await Notice.filter(sentence="有变动。").values_list("person_id", flat=True)
    assert sorted(int(str(one)) for one in told) == sorted(everybody - {world.lan.id})
    assert await Notice.filter(sentence="请看一下。", person_id=world.clerk.id).count() == 1
    await begin()
    assert await Notice.filter(sentence="有变动。").count() == len(everybody) - 1, "told twice"
