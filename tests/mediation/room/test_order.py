"""What may leave a one-sided talk, who is asked to think again, and lines that are covered."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.notice.models import Notice
from community.people.models import Person
from community.record.outbox import deliver
from mediation.room.commands import send
from mediation.room.covering import cover, object_to_cover, uncover
from mediation.room.models import Message, Permit, Room
from mediation.room.queries import history, visible_room
from mediation.room.repeating import Repeated
from mediation.room.rules import Cover, Leave, LineState
from mediation.room.telling import answer_leave, ask_leave, tell_others
from tests.mediation.making import made_case, made_rooms
from tests.mediation.room.conftest import Stage
from tests.world import NOON, World, sign_in
from web.telling import tell

SECRET = "我最低两千块就可以接受，别告诉他"
ASKED = "对方愿意各让一步。"
LATER = NOON + timedelta(minutes=1)


async def talked(world: World) -> tuple[str, dict[str, Room]]:
    case = await made_case(world)
    rooms = await made_rooms(case, world.mediator)
    await send(rooms["A1"].code, "secret", SECRET, by=world.lan, at=NOON)
    return case.code, rooms


async def shown(who: Person, code: str, room: Room) -> list[str]:
    entry = await visible_room(who, code, room.code, at=LATER)
    return [line.text for line in await history(entry)]


async def test_a_sentence_leaves_a_one_sided_talk_only_as_its_owner_agreed(world: World) -> None:
    code, rooms = await talked(world)
    alone, joint = rooms["A1"], rooms["joint"]
    seq = (await ask_leave(alone.code, "ask", ASKED, by=world.mediator, at=NOON)).seq
    again = await ask_leave(alone.code, "ask", ASKED, by=world.mediator, at=NOON)
    assert (again.seq, again.again, await Permit.all().count()) == (seq, True, 1)
    with pytest.raises(Unfit):
        await ask_leave(rooms["R1"].code, "ask", ASKED, by=world.mediator, at=NOON)
    with pytest.raises(MovedOn):
        await tell_others(alone.code, seq, by=world.mediator, at=NOON)
    with pytest.raises(Forbidden):
        await answer_leave(alone.code, seq, granted=True, by=world.mediator, at=NOON)
    with pytest.raises(Hidden):
        await answer_leave(alone.code, seq, granted=True, by=world.qiang, at=NOON)
    await answer_leave(alone.code, seq, granted=True, by=world.lan, at=NOON)
    with pytest.raises(MovedOn):
        await answer_leave(alone.code, seq, granted=False, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await tell_others(alone.code, seq, by=world.lan, at=NOON)
    assert await shown(world.qiang, code, joint) == []
    await tell_others(alone.code, seq, by=world.mediator, at=NOON)
    assert await shown(world.qiang, code, joint) == [ASKED]
    with pytest.raises(MovedOn):
        await tell_others(alone.code, seq, by=world.mediator, at=NOON)
    assert await Permit.filter(state=Leave.TOLD, answered_by_id=world.lan.id, told__room_id=joint.id).count() == 1


async def test_what_was_refused_stays_and_only_a_one_sided_talk_asks(world: World) -> None:
    _, rooms = await talked(world)
    seq = (await ask_leave(rooms["A1"].code, "ask", ASKED, by=world.mediator, at=NOON)).seq
    await answer_leave(rooms["A1"].code, seq, granted=False, by=world.lan, at=NOON)
    with pytest.raises(MovedOn):
        await tell_others(rooms["A1"].code, seq, by=world.mediator, at=NOON)
    for room, who in (("joint", world.mediator), ("A1", world.lan)):
        with pytest.raises(Forbidden):
            await ask_leave(rooms[room].code, f"no-{room}", ASKED, by=who, at=NOON)
    with pytest.raises(Hidden):
        await tell_others(rooms["R1"].code, 1, by=world.mediator, at=NOON)


async def test_who_repeats_a_one_sided_talk_elsewhere_thinks_again(world: World) -> None:
    _, rooms = await talked(world)
    copied = "她说：最低 两千块 就可以接受，别拖了"
    for room in ("joint", "R1", "internal"):
        with pytest.raises(Repeated):
            await send(rooms[room].code, f"copy-{room}", copied, by=world.mediator, at=NOON)
    assert await Message.filter(client_id__startswith="copy").count() == 0
    sent = await send(rooms["internal"].code, "copy-sure", copied, sure=True, by=world.mediator, at=NOON)
    again = await send(rooms["internal"].code, "copy-sure", copied, by=world.mediator, at=NOON)
    assert (again.seq, again.again) == (sent.seq, True)
    await send(rooms["joint"].code, "short", "最低两千块", by=world.mediator, at=NOON)
    await send(rooms["joint"].code, "mine", SECRET, by=world.lan, at=NOON)
    await send(rooms["joint"].code, "his", SECRET, by=world.qiang, at=NOON)
    await send(rooms["A1"].code, "there", copied, by=world.mediator, at=NOON)


async def test_a_covered_line_is_gone_for_all_until_it_is_shown_again(world: World) -> None:
    code, rooms = await talked(world)
    joint = rooms["joint"]
    seq = (await send(joint.code, "rude", "你这个骗子", by=world.qiang, at=NOON)).seq
    for who in (world.lan, world.qiang):
        with pytest.raises(Forbidden):
            await cover(joint.code, seq, Cover.INSULT, by=who, at=NOON)
    with pytest.raises(Hidden):
        await cover(joint.code, seq + 7, Cover.INSULT, by=world.mediator, at=NOON)
    await cover(joint.code, seq, Cover.INSULT, by=world.mediator, at=NOON)
    with pytest.raises(MovedOn):
        await cover(joint.code, seq, Cover.PRIVATE, by=world.mediator, at=NOON)
    for reader in (world.lan, world.qiang, world.mediator):
        assert "你这个骗子" not in await shown(reader, code, joint)
    with pytest.raises(Forbidden):
        await object_to_cover(joint.code, seq, by=world.lan, at=NOON)
    await object_to_cover(joint.code, seq, by=world.qiang, at=NOON)
    with pytest.raises(MovedOn):
        await object_to_cover(joint.code, seq, by=world.qiang, at=NOON)
    await deliver(tell, consumer="notice", at=LATER)
    asked = {each.person_id for each in await Notice.all() if "写的人有意见" in each.sentence}
    assert {world.mediator.id, world.director.id} <= asked
    assert world.lan.id not in asked
    await uncover(joint.code, seq, by=world.mediator, at=NOON)
    assert "你这个骗子" in await shown(world.lan, code, joint)
    assert (await Message.get(room_id=joint.id, seq=seq)).state is LineState.LIVE


async def test_on_the_pages_without_script(town: World, client: httpx2.AsyncClient) -> None:
    code, rooms = await talked(town)
    alone, joint = (f"/cases/{code}/rooms/{rooms[name].code}" for name in ("A1", "joint"))
    hers, his, lead = await sign_in(town.lan), await sign_in(town.qiang), await sign_in(town.mediator)

    def come(cookies: dict[str, str]) -> None:
        client.cookies.clear()
        client.cookies.update(cookies)

    come(lead)
    assert f"{alone}/leave" in (await client.get(alone)).text
    assert "/leave" not in (await client.get(joint)).text
    empty = await client.post(f"{alone}/leave", data={"text": " ", "client_id": "ask"})
    assert (empty.status_code, "要改一下" in empty.text) == (422, True)
    await client.post(f"{alone}/leave", data={"text": ASKED, "client_id": "ask"})
    assert "等当事人答复" in (await client.get(alone)).text
    come(his)
    for path in (f"{alone}/leave", f"{alone}/lines/1", f"{joint}/leave", f"{joint}/lines/1"):
        assert (await client.get(path)).status_code in (403, 404)
    come(hers)
    asked = (await client.get(alone)).text
    assert "一字不差" in asked
    assert "可以转告" in asked
    await client.post(f"{alone}/leave/2", data={"seq": "2", "granted": "yes"})
    come(lead)
    assert "转告给大家" in (await client.get(alone)).text
    await client.post(f"{alone}/told", data={"seq": "2"})
    come(his)
    assert ASKED in (await client.get(joint)).text
    await client.post(joint, data={"text": "你这个骗子", "client_id": "rude"})
    come(lead)
    copied = {"text": f"她说{SECRET}", "client_id": "copy"}
    warned = await client.post(joint, data=copied)
    assert (warned.status_code, "请再按一次发送" in warned.text) == (422, True)
    assert 'name="sure" value="true"' in warned.text
    assert copied["text"] in warned.text
    assert "你这个骗子" in (await client.get(f"{joint}/lines/2")).text
    assert (await client.post(f"{joint}/lines/2", data={"seq": "2"})).status_code == 422
    await client.post(f"{joint}/lines/2", data={"seq": "2", "why": "insult"})
    come(his)
    page = (await client.get(joint)).text
    assert "你这个骗子" not in page
    assert "骂人的话" in page
    assert (await client.post(f"{joint}/objections", data={"seq": "2"})).status_code == 303


async def test_over_the_socket_a_card_and_a_covered_line_reach_everybody(stage: Stage) -> None:
    lan, qiang, lead = stage.world.lan, stage.world.qiang, stage.world.mediator
    async with stage.voice(lan, "A1") as alone, stage.voice(qiang) as his, stage.voice(lead) as leads:
        seq = (await ask_leave(stage.rooms["A1"].code, "ask", ASKED, by=lead, at=NOON)).seq
        card = await alone.hears(lambda f: f["type"] == "message")
        assert ASKED in card["html"]
        await answer_leave(stage.rooms["A1"].code, seq, granted=True, by=lan, at=NOON)
        await alone.hears(lambda f: f["type"] == "event" and "html" not in f)
        await tell_others(stage.rooms["A1"].code, seq, by=lead, at=NOON)
        assert ASKED in (await his.hears(lambda f: f["type"] == "message"))["html"]
        await alone.say("secret", SECRET)
        warned = await leads.say("copy", f"她说{SECRET}")
        assert (warned["type"], warned["sure"]) == ("error", True)
        rude = await his.say("rude", "你这个骗子")
        await cover(stage.rooms["joint"].code, rude["seq"], Cover.INSULT, by=lead, at=NOON)
        await leads.hears(lambda f: f["type"] == "event")
        assert (await leads.say("again", f"她说{SECRET}", sure=True))["type"] == "ack"
    async with stage.voice(lan) as late:
        await late.tell("resume", after=0)
        await late.hears(lambda f: "她说" in f.get("html", ""))
        assert not any("骗子" in frame.get("html", "") for frame in late.frames)
