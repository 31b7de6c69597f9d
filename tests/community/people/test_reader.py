"""What one question says about who reads is what Tortoise says in several."""

from datetime import timedelta

import pytest

from community.notice.models import Notice
from community.people.models import Holding, Person, Session
from community.people.reader import MOST_UNREAD, Reader, read_by, reader_by
from community.people.roles import all_roles, roles_in_place
from community.people.sessions import begin, end, hash_of_token, sign_out_everywhere
from community.record.reading import on_sqlite, rows
from community.record.transaction import bookkeeping
from community.rights import Role
from tests.world import NOON, World


async def read(token: str, *, after: timedelta = timedelta(0)) -> Reader | None:
    return await reader_by(hash_of_token(token), at=NOON + after)


@pytest.mark.parametrize("name", ["lan", "clerk", "mediator", "stranger"])
async def test_a_reader_is_the_person_with_the_session_and_the_roles(world: World, name: str) -> None:
    person: Person = getattr(world, name)
    token = await begin(person, shared=False, agent="telephone", at=NOON)
    found = await read(token)
    assert found
    session = await Session.get(token_hash=hash_of_token(token))
    plain = await Person.get(id=person.id)
    for ours, theirs in ((found.session, session), (found.person, plain)):
        for field in theirs._meta.db_fields:
            assert getattr(ours, field) == getattr(theirs, field), field
    assert (found.session.person is found.person, found.unread) == (True, 0)
    assert found.roles == await all_roles(person, at=NOON)
    for place in (world.street, world.community, world.building):
        assert found.roles_in(place.path) == await roles_in_place(person, place.id, at=NOON)


async def test_a_role_of_the_whole_installation_is_held_in_every_place(world: World) -> None:
    await Holding.create(person=world.xiu, role=Role.ADMIN, since=NOON)
    found = await read(await begin(world.xiu, shared=False, agent="", at=NOON))
    assert found
    assert Role.ADMIN in found.roles_in(world.building.path)


async def test_sign_out_and_the_end_of_a_role_take_effect_at_once(world: World) -> None:
    tokens = [await begin(world.clerk, shared=False, agent="", at=NOON) for _ in range(2)]
    before = await read(tokens[0])
    await Holding.filter(person_id=world.clerk.id).update(until=NOON)
    after = await read(tokens[0])
    assert before
    assert after
    assert (before.roles, after.roles) == (frozenset({Role.CLERK}), frozenset())
    await end(before.session, by=world.clerk, at=NOON)
    assert await read(tokens[0]) is None
    await sign_out_everywhere(world.clerk, by=world.clerk, at=NOON)
    assert await read(tokens[1]) is None


async def test_what_was_read_is_used_again_until_somebody_commits_or_an_office_begins_or_ends(world: World) -> None:
    hour = timedelta(hours=1)
    await Holding.create(person=world.lan, role=Role.MODERATOR, place=world.building, since=NOON + hour)
    await Holding.filter(person_id=world.lan.id, role=Role.MODERATOR).update(until=NOON + 2 * hour)
    token = await begin(world.lan, shared=True, agent="", at=NOON)
    first, again = [await read_by(hash_of_token(token), at=NOON) for _ in range(2)]
    assert (first is again) == on_sqlite()
    held = [found.roles if (found := await read(token, after=n * hour)) else None for n in (0, 1, 2, 0)]
    assert [Role.MODERATOR in (roles or ()) for roles in held] == [False, True, False, False]
    await Person.filter(id=world.lan.id).update(name="新名")
    fresh = await read(token)
    assert fresh
    assert fresh.person.name == "新名"
    assert await read(token, after=timedelta(days=400)) is None


async def test_an_expired_session_and_a_closed_account_read_as_nobody(world: World) -> None:
    token = await begin(world.lan, shared=True, agent="", at=NOON)
    assert await read(token, after=timedelta(days=400)) is None
    await Person.filter(id=world.lan.id).update(closed_at=NOON)
    assert await read(token) is None
    assert await read("no such token") is None


async def test_each_reading_is_a_copy_of_its_own(world: World) -> None:
    token = await begin(world.lan, shared=False, agent="", at=NOON)
    first, second = await read(token), await read(token)
    assert first
    assert second
    first.person.name = "改过的名字"
    assert second.person.name == "阿兰"
    first.person.lang = "en"
    await first.person.save(update_fields=["lang"])
    third = await read(token)
    assert third
    assert third.person.lang == "en"


async def test_a_reading_inside_a_transaction_sees_what_that_has_written(world: World) -> None:
    @bookkeeping
    async def rename() -> object:
        await Person.filter(id=world.lan.id).update(name="新名")
        return (await rows("SELECT name FROM person WHERE id = $1", world.lan.id))[0][0]

    assert await rename() == "新名"
    sql = "SELECT CAST($2 AS TEXT), name FROM person WHERE id = $1"
    assert [tuple(row) for row in await rows(sql, world.lan.id, "x")] == [("x", "新名")]


async def test_unread_notices_are_counted_no_further_than_the_badge_says(world: World) -> None:
    token = await begin(world.lan, shared=False, agent="", at=NOON)
    told = [
        Notice(person=world.lan, topic="case", sentence="有消息。", url="/", at=NOON) for _ in range(MOST_UNREAD + 20)
    ]
    await Notice.bulk_create(told[:3])
    few = await read(token)
    await Notice.bulk_create(told[3:])
    many = await read(token)
    assert few
    assert many
    assert (few.unread, many.unread) == (3, MOST_UNREAD)
