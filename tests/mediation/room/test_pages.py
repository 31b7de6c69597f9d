"""The page of a room: what it shows to whom, saying something without script, older lines."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Mail, Notice
from community.record.outbox import deliver
from community.record.transaction import transact
from mediation.case.models import Case
from mediation.case.states import State
from mediation.room.commands import come, recall, seen, send
from mediation.room.models import Message
from mediation.room.opening import end_membership
from mediation.room.queries import unread
from tests.mediation.making import made_case, made_rooms
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.telling import tell

HEARD = timedelta(minutes=1)


def path(case: Case, code: str) -> str:
    return f"/cases/{case.code}/rooms/{code}"


async def test_the_page_says_who_reads_and_names_only_ones_own_rooms(town: World, client: httpx2.AsyncClient) -> None:
    case = await made_case(town)
    rooms = await made_rooms(case, town.mediator)
    await send(rooms["joint"].code, "m1", "墙上<u>湿</u>了", by=town.lan, at=NOON)
    client.cookies.update(await sign_in(town.qiang))
    shown = (await client.get(path(case, rooms["joint"].code))).text
    assert "墙上&lt;u&gt;湿&lt;/u&gt;了" in shown
    assert "谁能看到：各位当事人和调解员。" in shown
    assert "发给双方" in shown
    assert rooms["R1"].code in shown
    assert rooms["A1"].code not in shown
    assert rooms["internal"].code not in shown
    alone = (await client.get(path(case, rooms["R1"].code))).text
    assert "只发给调解员" in alone
    assert "in-b" in alone
    client.cookies.update(await sign_in(town.mediator))
    leads = (await client.get(path(case, rooms["A1"].code))).text
    assert "只发给阿兰" in leads
    assert all(room.code in leads for room in rooms.values())


@pytest.mark.parametrize("who", ["qiang", "director", "stranger"])
async def test_the_room_of_the_other_side_looks_like_no_room(town: World, client: httpx2.AsyncClient, who: str) -> None:
    case = await made_case(town)
    rooms = await made_rooms(case, town.mediator)
    client.cookies.update(await sign_in(getattr(town, who)))
    answers = []
    for code in (rooms["A1"].code, "0" * 16):
        form = {"text": "在吗", "client_id": "m1"}
        got = await client.get(path(case, code))
        posted = await client.post(path(case, code), data=form)
        took = await client.post(f"{path(case, code)}/recall", data={"seq": "1"})
        answers.append([(each.status_code, each.text.replace(code, "")) for each in (got, posted, took)])
    assert answers[0] == answers[1]
    assert {status for status, _ in answers[0]} == {404}


async def test_without_script_one_posts_and_sees_ones_words(town: World, client: httpx2.AsyncClient) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    client.cookies.update(await sign_in(town.lan))
    for _ in range(2):
        answer = await client.post(path(case, room.code), data={"text": " 您好 ", "client_id": "m1"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{path(case, room.code)}#f-text")
    assert await Message.all().count() == 1
    shown = (await client.get(path(case, room.code))).text
    assert "msg--me" in shown
    assert "您好" in shown


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ({"text": "", "client_id": "m1"}, ""),
        ({"text": "长" * 8001, "client_id": "m1"}, "长" * 8001),
        ({"text": "a\x07b", "client_id": "m1"}, "ab"),
        ({"text": "好", "client_id": "不行"}, "好"),
        ({"text": "好", "client_id": "m1", "reply_to": "7"}, "好"),
        ({"text": "好", "client_id": "m1", "reply_to": "x"}, "好"),
        ({"text": "好", "client_id": "m1", "room": "x"}, "好"),
    ],
)
async def test_what_cannot_be_taken_comes_back_as_it_was_typed(
    town: World, client: httpx2.AsyncClient, form: dict[str, str], kept: str
) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    client.cookies.update(await sign_in(town.lan))
    answer = await client.post(path(case, room.code), data=form)
    assert answer.status_code == 422
    assert 'class="errsum"' in answer.text
    assert f">\n{kept}</textarea>" in answer.text
    assert await Message.all().count() == 0


async def test_too_fast_without_script_is_told_how_long_to_wait(town: World, client: httpx2.AsyncClient) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    client.cookies.update(await sign_in(town.lan))
    answers = [await client.post(path(case, room.code), data={"text": "快", "client_id": f"m{n}"}) for n in range(21)]
    assert [each.status_code for each in answers] == [303] * 20 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 10


async def test_older_lines_come_page_by_page(town: World, client: httpx2.AsyncClient) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    for n in range(1, 121):
        await send(room.code, f"m{n}", f"第{n}句", by=town.lan, at=NOON)
    client.cookies.update(await sign_in(town.qiang))
    address, seen_ = path(case, room.code), []
    for query in ("", "?before=71", "?before=21"):
        text = (await client.get(address + query)).text
        seen_ += [n for n in range(1, 121) if f'data-seq="{n}"' in text]
    assert seen_ == [*range(71, 121), *range(21, 71), *range(1, 21)]
    await room.refresh_from_db()
    assert await unread(town.qiang, [room]) == {room.id: 0}
    assert (await client.get(f"{address}?before=-1%20OR%201")).status_code == 200


async def test_one_takes_ones_words_back_from_the_page(town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    await send(room.code, "m1", "说错了", by=town.lan, at=NOON)
    client.cookies.update(await sign_in(town.lan))
    address = path(case, room.code)
    assert f"{address}/recall" in (await client.get(address)).text
    assert (await client.post(f"{address}/recall", data={"seq": "1"})).status_code == 303
    shown = (await client.get(address)).text
    assert "说错了" not in shown
    assert "您撤回了一条消息。" in shown
    await send(room.code, "m2", "又错了", by=town.lan, at=NOON)
    clock.move(timedelta(minutes=3))
    assert f"{address}/recall" not in (await client.get(address)).text
    assert (await client.post(f"{address}/recall", data={"seq": "3"})).status_code == 403
    assert (await client.post(f"{address}/recall", data={"seq": "x"})).status_code == 400


async def test_when_it_is_over_or_one_has_left_one_only_reads(town: World, client: httpx2.AsyncClient) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    await send(room.code, "m1", "从前", by=town.lan, at=NOON)

    async def body() -> None:
        await end_membership(case, town.qiang, at=NOON)

    await transact(body)
    client.cookies.update(await sign_in(town.qiang))
    left = (await client.get(path(case, room.code))).text
    assert "从前" in left
    assert "data-live-url" not in left
    assert "<textarea" not in left
    await Case.filter(id=case.id).update(state=State.CLOSED)
    client.cookies.update(await sign_in(town.lan))
    over = (await client.get(path(case, room.code))).text
    assert "从前" in over
    assert "<textarea" not in over
    assert (await client.post(path(case, room.code), data={"text": "x", "client_id": "m2"})).status_code == 403


async def test_english_readers_get_english_frames_around_the_same_words(
    town: World, client: httpx2.AsyncClient
) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    await send(room.code, "m1", "您好", by=town.lan, at=NOON)
    await recall(room.code, 1, by=town.lan, at=NOON)
    await town.qiang.filter(id=town.qiang.id).update(lang="en")
    client.cookies.update(await sign_in(town.qiang))
    shown = (await client.get(path(case, room.code))).text
    assert "Send to both sides" in shown
    assert "took back a message" in shown


async def test_a_visitor_is_sent_to_sign_in(app: Starlette, town: World, client: httpx2.AsyncClient) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    answer = await client.get(path(case, room.code))
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")


async def heard() -> None:
    while await deliver(tell, consumer="notice", at=NOON + HEARD * 100):
        pass


async def test_the_absent_are_told_once_until_they_look_and_mailed_at_most_every_half_hour(world: World) -> None:
    case = await made_case(world)
    room = (await made_rooms(case, world.mediator))["joint"]
    await come(room, by=world.mediator, at=NOON)
    for n in range(3):
        await send(room.code, f"m{n}", "一千五", by=world.lan, at=NOON + timedelta(seconds=n))
    await heard()
    told = await Notice.all()
    assert [(each.person_id, each.sentence, each.facts) for each in told] == [(world.qiang.id, "您有新消息。", "{}")]
    assert told[0].url == path(case, room.code)
    assert [mail.person_id for mail in await Mail.all()] == [world.qiang.id]
    await seen(room, 3, by=world.qiang)
    await send(room.code, "m4", "在吗", by=world.lan, at=NOON + timedelta(minutes=10))
    await heard()
    assert await Notice.filter(person_id=world.qiang.id).count() == 2
    assert await Mail.filter(person_id=world.qiang.id).count() == 1
    await seen(room, 4, by=world.qiang)
    await send(room.code, "m5", "在吗", by=world.lan, at=NOON + timedelta(minutes=31))
    await heard()
    assert await Mail.filter(person_id=world.qiang.id).count() == 2
    every = [f"{mail.template} {mail.facts}" for mail in await Mail.all()]
    assert not any("一千五" in text or "阿兰" in text for text in every)


async def test_talk_alone_tells_nobody_else(world: World) -> None:
    room = (await made_rooms(await made_case(world), world.mediator))["A1"]
    await send(room.code, "m1", "底价一千五", by=world.lan, at=NOON)
    await heard()
    assert {notice.person_id for notice in await Notice.all()} == {world.mediator.id}
