"""Tokens: who may make them, what is stored, how long they hold; and writes that are done once."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.record.models import Event
from community.tokens.commands import make, note_use, revoke
from community.tokens.models import ApiReply, ApiToken
from community.tokens.queries import bearer, mine
from community.tokens.replies import Reply, Wish, forget, once
from community.tokens.rules import KEEP, MOST, PREFIX, Scope
from tests.world import NOON, World

DAY = timedelta(days=1)


async def made(person: Person, *, days: int = 30) -> str:
    return await make("路由器", [Scope.NOTICES_READ], days=days, by=person, at=NOON)


async def test_a_token_is_shown_once_and_stored_as_its_hash(world: World) -> None:
    secret = await made(world.lan)
    stored = await ApiToken.get()
    assert secret.startswith(PREFIX)
    assert secret not in str(await ApiToken.all().values())
    assert (await bearer(secret, at=NOON)) == stored
    event = await Event.get(kind="token.made")
    assert (event.actor_id, secret in event.body, stored.token_hash in event.body) == (world.lan.id, False, False)


async def test_it_holds_until_its_day_and_not_after_it_is_revoked(world: World) -> None:
    first, second = await made(world.lan), await made(world.lan)
    assert await bearer(first, at=NOON + 29 * DAY)
    assert await bearer(first, at=NOON + 30 * DAY) is None
    token = await bearer(second, at=NOON)
    assert token
    await revoke(token.code, by=world.lan, at=NOON)
    assert await bearer(second, at=NOON) is None
    assert [each.code for each in await mine(world.lan, at=NOON)] == [(await ApiToken.get(id=1)).code]


async def test_nobody_revokes_the_token_of_another(world: World) -> None:
    await made(world.lan)
    token = await ApiToken.get()
    with pytest.raises(Hidden):
        await revoke(token.code, by=world.qiang, at=NOON)


async def test_a_closed_account_has_no_token(world: World) -> None:
    secret = await made(world.lan)
    await Person.filter(id=world.lan.id).update(closed_at=NOON)
    assert await bearer(secret, at=NOON) is None


@pytest.mark.parametrize("secret", ["", PREFIX, PREFIX + "x" * 43, "x", PREFIX + "中"])
async def test_a_guess_is_nobody(world: World, secret: str) -> None:
    await made(world.lan)
    assert await bearer(secret, at=NOON) is None


async def test_who_is_not_verified_has_nothing_to_lend(world: World) -> None:
    with pytest.raises(Forbidden):
        await made(world.stranger)


@pytest.mark.parametrize(
    ("label", "scopes", "days", "field"),
    [
        ("", [Scope.NOTICES_READ], 30, "label"),
        ("名" * 41, [Scope.NOTICES_READ], 30, "label"),
        ("路由器", [], 30, "scopes"),
        ("路由器", [Scope.NOTICES_READ], 31, "days"),
    ],
)
async def test_an_odd_token_is_not_made(world: World, label: str, scopes: list[Scope], days: int, field: str) -> None:
    with pytest.raises(Unfit) as refused:
        await make(label, scopes, days=days, by=world.lan, at=NOON)
    assert (refused.value.field, await ApiToken.all().count()) == (field, 0)


async def test_ten_are_enough(world: World) -> None:
    for _ in range(MOST):
        await made(world.lan)
    with pytest.raises(Unfit):
        await made(world.lan)


async def test_the_last_use_is_noted_now_and_then(world: World) -> None:
    token = await bearer(await made(world.lan), at=NOON)
    assert token
    await note_use(token, at=NOON)
    await token.refresh_from_db()
    await note_use(token, at=NOON + timedelta(minutes=5))
    assert (await ApiToken.get()).used_at == NOON
    await note_use(token, at=NOON + timedelta(minutes=11))
    assert (await ApiToken.get()).used_at == NOON + timedelta(minutes=11)


class Deed:
    """Something that can be counted."""

    def __init__(self, person: Person) -> None:
        self.person, self.done = person, 0

    async def __call__(self) -> Reply:
        self.done += 1
        number = await Event.all().count()
        await Event.create(kind="test.deed", subject=f"deed-{number}", at=NOON, body="{}", actor_id=self.person.id)
        return Reply(201, f'{{"number":{number}}}')

    async def ask(self, key: str = "k", *, digest: str = "d", route: str = "/r") -> Reply:
        return await once(Wish(self.person, key, route, digest), self, at=NOON)


async def test_asked_again_nothing_is_done_again_and_the_answer_is_the_same(world: World) -> None:
    deed = Deed(world.lan)
    first, again = await deed.ask(), await deed.ask()
    assert (first.body, first.status, first.again) == (again.body, again.status, False)
    assert (again.again, deed.done) == (True, 1)


async def test_another_body_under_the_same_key_is_refused(world: World) -> None:
    deed = Deed(world.lan)
    await deed.ask()
    with pytest.raises(Unfit):
        await deed.ask(digest="other")
    assert deed.done == 1


async def test_keys_belong_to_a_person_and_a_route(world: World) -> None:
    lan, qiang = Deed(world.lan), Deed(world.qiang)
    await asyncio.gather(lan.ask(), lan.ask("other"), lan.ask(route="/elsewhere"), qiang.ask())
    assert (lan.done, qiang.done) == (3, 1)


async def test_twenty_who_ask_at_once_are_served_once(world: World) -> None:
    deed = Deed(world.lan)
    replies = await asyncio.gather(*[deed.ask() for _ in range(20)])
    assert {reply.body for reply in replies} == {replies[0].body}
    assert sum(not reply.again for reply in replies) == 1
    assert await Event.filter(kind="test.deed").count() == 1


async def test_what_failed_may_be_tried_again_under_its_key(world: World) -> None:
    deed = Deed(world.lan)

    async def fails() -> Reply:
        await deed()
        raise Unfit("不行")

    with pytest.raises(Unfit):
        await once(Wish(world.lan, "k", "/r", "d"), fails, at=NOON)
    assert (await Event.filter(kind="test.deed").count(), await ApiReply.all().count()) == (0, 0)
    assert (await deed.ask()).again is False


async def test_kept_replies_are_dropped_after_a_week(world: World) -> None:
    await Deed(world.lan).ask()
    assert await forget(NOON + KEEP) == 0
    assert await forget(NOON + KEEP + timedelta(seconds=1)) == 1
