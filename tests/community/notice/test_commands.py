"""Inbox lines and queued mails, and the sender's side of the queue."""

import asyncio
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Hidden, Unfit
from community.notice.commands import (
    DIGEST,
    TOLD,
    choose_digest_hour,
    choose_mail,
    read_all,
    read_one,
    tell,
    unsubscribe,
)
from community.notice.mail import queue_mail
from community.notice.models import Mail, MailState, Notice
from community.notice.queries import in_digest, inbox, muted, unread
from community.notice.sending import LEASE, claim, failed, sent
from community.people.models import Person
from community.record.transaction import transact
from tests.world import NOON, World

SENTENCE = "“{title}”开始附议了。"


async def told(people: Iterable[Person], *, topic: str = "matter", binding: bool = False, mark: str = "") -> None:
    async def body() -> None:
        ids = [person.id for person in people]
        facts = {"title": "修门"}
        await tell(ids, SENTENCE, facts, url="/m/1", at=NOON, topic=topic, binding=binding, dedupe=mark or None)

    await transact(body)


async def queued(count: int = 1, *, mark: str = "", secret: bool = False) -> None:
    async def body() -> None:
        for n in range(count):
            dedupe = f"{mark}{n}" if mark else None
            facts = {"path": f"/enter/{n}"}
            await queue_mail(f"a{n}@example.org", "en", TOLD, facts, at=NOON, dedupe=dedupe, secret=secret)

    await transact(body)


async def test_who_is_told_finds_it_in_the_inbox_and_in_the_mail(world: World) -> None:
    await told([world.lan, world.qiang])
    rows, more = await inbox(world.lan)
    assert [(row.sentence, row.values, row.url, row.community_id) for row in rows] == [
        (SENTENCE, {"title": "修门"}, "/m/1", world.community.id)
    ]
    assert more is None
    assert await unread(world.lan) == 1
    mails = await Mail.all().order_by("id")
    assert [mail.to for mail in mails] == ["lan@example.org", "qiang@example.org"]
    assert mails[0].values == {"sentence": SENTENCE, "facts": {"title": "修门"}, "url": "/m/1"}


async def test_nobody_is_told_twice_under_one_mark(world: World) -> None:
    await told([world.lan], mark="m1")
    await told([world.lan, world.qiang], mark="m1")
    assert await Notice.all().count() == 2
    assert await Mail.all().count() == 2


async def test_the_fourth_mail_of_the_day_and_a_daily_reader_wait_for_one_digest(world: World) -> None:
    await choose_mail(world.qiang, "daily", at=NOON)
    for _ in range(5):
        await told([world.lan, world.qiang])
    direct = await Mail.filter(template=TOLD)
    digests = await Mail.filter(template=DIGEST).order_by("id")
    assert [mail.person_id for mail in direct] == [world.lan.id] * 3
    assert [mail.person_id for mail in digests] == [world.qiang.id, world.lan.id]
    assert {mail.run_at for mail in digests} == {NOON + timedelta(hours=6)}
    assert len(await in_digest(world.qiang.id, date(2026, 5, 4))) == 5
    assert len(await in_digest(world.lan.id, date(2026, 5, 4))) == 2


async def test_unsubscribing_silences_the_topic_but_neither_the_inbox_nor_what_binds(world: World) -> None:
    await unsubscribe(world.lan, "matter", at=NOON)
    await unsubscribe(world.lan, "matter", at=NOON)
    await told([world.lan])
    assert (await Mail.all().count(), await unread(world.lan)) == (0, 1)
    await told([world.lan], binding=True)
    await told([world.lan], topic="ballot")
    assert await Mail.all().count() == 2
    assert await muted(world.lan) == ["matter"]


async def test_choosing_replaces_the_topics_and_refuses_what_is_not_offered(world: World) -> None:
    await unsubscribe(world.lan, "matter", at=NOON)
    await choose_mail(world.lan, "weekly", ["ballot"], at=NOON)
    assert await muted(world.lan) == ["ballot"]
    assert (await Person.get(id=world.lan.id)).mail_digest == "weekly"
    with pytest.raises(Unfit):
        await choose_mail(world.lan, "hourly", at=NOON)
    await unsubscribe(world.lan, "digest", at=NOON)
    assert (await Person.get(id=world.lan.id)).mail_digest == "none"


async def test_reading_is_for_the_one_it_was_sent_to(world: World) -> None:
    await told([world.lan, world.qiang])
    mine = await Notice.get(person_id=world.lan.id)
    with pytest.raises(Hidden):
        await read_one(world.qiang, mine.code, at=NOON)
    await read_one(world.lan, mine.code, at=NOON)
    assert (await unread(world.lan), await unread(world.qiang)) == (0, 1)
    assert await read_all(world.qiang, at=NOON) == 1
    assert await unread(world.qiang) == 0


async def test_a_mail_outside_a_command_is_a_mistake(world: World) -> None:
    with pytest.raises(RuntimeError):
        await queue_mail("a@example.org", "en", TOLD, {}, at=NOON)
    with pytest.raises(RuntimeError):
        await tell([world.lan.id], SENTENCE, {}, url="/", at=NOON, topic="matter")


async def test_a_mark_queues_one_mail_and_a_secret_lies_encrypted(database: str) -> None:
    await queued(mark="welcome")
    await queued(mark="welcome")
    assert await Mail.all().count() == 1
    await queued(secret=True)
    hidden = await Mail.get(secret=True)
    assert "enter" not in hidden.facts
    assert hidden.values == {"path": "/enter/0"}


async def test_two_senders_never_take_the_same_mail(database: str) -> None:
    await queued(30)
    first, second = await asyncio.gather(claim(at=NOON, limit=20), claim(at=NOON, limit=20))
    rest = await claim(at=NOON, limit=20)
    ids = [mail.id for mail in (*first, *second, *rest)]
    assert len(ids) == len(set(ids)) == 30
    assert await claim(at=NOON) == []


async def test_a_lease_that_ran_out_is_taken_over_and_the_late_sender_changes_nothing(database: str) -> None:
    await queued()
    (slow,) = await claim(at=NOON)
    (other,) = await claim(at=NOON + LEASE + timedelta(seconds=1))
    await failed(slow, "451", at=NOON, permanent=False, luck=500)
    assert (await Mail.get()).state is MailState.LEASED
    await sent(other, at=NOON)
    kept = await Mail.get()
    assert (kept.state, kept.facts, kept.values) == (MailState.SENT, "", {})


async def test_a_mail_refused_for_good_dies_at_the_third_answer(database: str) -> None:
    await queued()
    for _ in range(3):
        due = (await Mail.get()).run_at
        (mail,) = await claim(at=due)
        await failed(mail, "550 no such mailbox", at=due, permanent=True, luck=0)
    dead = await Mail.get()
    assert (dead.state, dead.trouble, dead.facts) == (MailState.DEAD, "550 no such mailbox", "")


async def test_a_mail_that_is_put_off_waits(database: str) -> None:
    await queued()
    (mail,) = await claim(at=NOON)
    await failed(mail, "421", at=NOON, permanent=False, luck=500)
    assert await claim(at=NOON + timedelta(seconds=29)) == []
    assert len(await claim(at=NOON + timedelta(seconds=30))) == 1


async def test_the_digest_leaves_at_the_hour_of_the_community(world: World) -> None:
    await choose_mail(world.lan, "daily", at=NOON)
    await choose_digest_hour(world.community, 20, by=world.clerk, at=NOON)
    await choose_digest_hour(world.community, 9, by=world.clerk, at=NOON)
    await told([world.lan])
    assert [mail.run_at for mail in await Mail.filter(template=DIGEST)] == [NOON + timedelta(hours=21)]


@pytest.mark.parametrize("hour", [7, 21, -1])
async def test_nobody_is_woken_by_a_digest(world: World, hour: int) -> None:
    with pytest.raises(Unfit, match="整点"):
        await choose_digest_hour(world.community, hour, by=world.clerk, at=NOON)


async def test_only_who_keeps_the_community_chooses_its_hour(world: World) -> None:
    for nobody in (world.lan, world.moderator):
        with pytest.raises(Forbidden):
            await choose_digest_hour(world.community, 9, by=nobody, at=NOON)
