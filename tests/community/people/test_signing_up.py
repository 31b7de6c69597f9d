"""Signing up, and the links that go by mail, on both engines."""

import asyncio
from datetime import datetime, timedelta

import pytest

from community.errors import MovedOn, Unfit
from community.notice.models import Mail
from community.people import password, signin
from community.people.links import make, use, whose
from community.people.models import Link, NoticeSeen, Person
from community.people.rules import NOTICE_VERSION, Purpose
from community.people.signup import Looks, confirm, forget_unconfirmed, sign_up
from community.record.models import Event
from community.record.transaction import command
from tests.community.people.given import (
    GOOD,
    HOST,
    LATER,
    join,
    kinds,
)
from tests.community.people.post import token
from tests.world import NOON, World


async def test_an_account_waits_for_its_mailbox(world: World) -> None:
    await join("New@Example.org")
    person = await Person.get(email="new@example.org")
    assert (person.confirmed_at, person.community_id, person.password_hash) == (None, world.community.id, None)
    assert await NoticeSeen.filter(person_id=person.id, version=NOTICE_VERSION).count() == 1
    with pytest.raises(Unfit, match="邮箱或密码不对"):
        await signin.by_password("new@example.org", GOOD, host=HOST, at=NOON)
    confirmed = await confirm(await token("mail_confirm"), password=GOOD, person=person, at=LATER)
    assert confirmed.id == person.id
    assert (await signin.by_password("new@example.org", GOOD, host=HOST, at=LATER)).id == person.id
    assert {"person.joined", "link.made", "person.confirmed"} <= set(await kinds())


async def test_a_known_address_gets_a_sign_in_link_and_nothing_changes(world: World) -> None:
    await join(world.lan.email, "冒名")
    assert (await Person.get(id=world.lan.id)).name == "阿兰"
    assert [mail.template for mail in await Mail.all()] == ["community/people/mail_sign_in"]


async def test_nobody_can_choose_the_password_of_a_mailbox_that_is_not_theirs(world: World) -> None:
    await join(name="抢注的")
    await join(name="真的主人")
    assert (await Person.get(email="new@example.org")).name == "真的主人"
    assert (await Person.get(email="new@example.org")).password_hash is None


async def test_twenty_at_once_make_one_account(world: World) -> None:
    await asyncio.gather(*(join() for _ in range(20)))
    assert await Person.filter(email="new@example.org").count() == 1


async def test_a_weak_first_password_leaves_the_link_good(world: World) -> None:
    await join()
    person, sent = await Person.get(email="new@example.org"), await token("mail_confirm")
    with pytest.raises(Unfit, match="容易被猜到"):
        await confirm(sent, password="12345678", person=person, at=LATER)
    await confirm(sent, person=person, at=LATER)


async def test_what_was_typed_for_a_mailbox_that_never_answers_is_forgotten(world: World) -> None:
    await join()
    before = await Person.all().count()
    assert await forget_unconfirmed(at=NOON + timedelta(days=6)) == 0
    assert await forget_unconfirmed(at=NOON + timedelta(days=7)) == 1
    assert await Person.all().count() == before - 1
    assert await Link.all().count() == 0


async def test_an_old_notice_is_not_acknowledged(world: World) -> None:
    with pytest.raises(Unfit, match="隐私说明刚刚更新过"):
        await sign_up(
            name="新", email="n@example.org", community_id=None, notice_version="2000", looks=Looks(), at=NOON
        )


@command
async def spend(sent: str, purpose: Purpose, at: datetime) -> int:
    return (await use(sent, purpose, at=at)).id


async def test_of_ten_uses_at_once_one_succeeds(world: World) -> None:
    sent = await make(world.lan, Purpose.SIGN_IN, at=NOON)
    results = await asyncio.gather(*(signin.by_link(sent, at=LATER) for _ in range(10)), return_exceptions=True)
    assert [type(each) for each in results if isinstance(each, Exception)] == [MovedOn] * 9


@pytest.mark.parametrize(
    ("purpose", "minutes", "good"),
    [
        (Purpose.SIGN_IN, 19, True),
        (Purpose.SIGN_IN, 20, False),
        (Purpose.SET_PASSWORD, 20, False),
        (Purpose.CONFIRM, 23 * 60, True),
        (Purpose.CONFIRM, 24 * 60, False),
    ],
)
async def test_a_link_is_good_for_a_while(world: World, purpose: Purpose, minutes: int, good: bool) -> None:  # noqa: FBT001
    sent = await make(world.lan, purpose, at=NOON)
    assert (await whose(sent, purpose, at=NOON + timedelta(minutes=minutes)) is not None) is good


async def test_a_link_is_good_for_its_purpose_only(world: World) -> None:
    sent = await make(world.lan, Purpose.SIGN_IN, at=NOON)
    for other in (Purpose.CONFIRM, Purpose.SET_PASSWORD):
        assert await whose(sent, other, at=LATER) is None
    with pytest.raises(MovedOn):
        await password.reset_password(sent, GOOD, person=world.lan, at=LATER)
    assert await whose(sent, Purpose.SIGN_IN, at=LATER)


async def test_only_the_hash_of_a_link_is_kept(world: World) -> None:
    sent = await make(world.lan, Purpose.SIGN_IN, at=NOON)
    assert sent not in str(await Link.all().values())
    assert len(sent) >= 22  # 128 bits in base64
    events = [event.body for event in await Event.all()]
    assert all(sent not in body for body in events)


async def test_using_one_link_voids_the_others_of_its_purpose(world: World) -> None:
    first, second = [await make(world.lan, Purpose.SIGN_IN, at=NOON) for _ in range(2)]
    await signin.by_link(second, at=LATER)
    with pytest.raises(MovedOn):
        await signin.by_link(first, at=LATER)
