"""The live link over real sockets against a real server."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

import pytest

from mediation.room.commands import recall, send
from mediation.room.models import Message, RoomSeen
from mediation.room.queries import unread
from mediation.room.sitting import seats
from tests.mediation.room.conftest import Stage, Voice, is_line, until
from tests.world import NOON
from web.mediation.room import feed, talk


async def test_words_reach_everybody_in_order_and_the_author_hears_the_ack_first(stage: Stage) -> None:
    async with stage.voice(stage.world.lan) as lan, stage.voice(stage.world.qiang) as qiang:
        assert (await lan.say("m1", "您好"))["seq"] == 1
        assert (await qiang.say("m2", "您好，<b>请讲</b>"))["seq"] == 2
        await lan.reads(1, 2)
        await qiang.reads(1, 2)
        kinds = [f["type"] for f in lan.frames if f["type"] in ("ack", "message") and f["seq"] == 1]
        assert kinds == ["ack", "message"]
        mine, theirs = (
            next(f for f in voice.frames if f["type"] == "message" and f["seq"] == 1) for voice in (lan, qiang)
        )
        assert mine["client_id"] == "m1"
        assert "client_id" not in theirs
        assert 'data-seq="1"' in mine["html"]
        assert "msg--me" in mine["html"]
        assert "msg--me" not in theirs["html"]
        assert "阿兰" in theirs["html"]
        assert "&lt;b&gt;请讲&lt;/b&gt;" in next(f for f in lan.frames if f.get("seq") == 2 and "html" in f)["html"]


async def test_all_who_come_at_once_hear_what_is_said_from_then_on_and_their_rights_are_read_together(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, everybody = [], [stage.world.lan, stage.world.qiang, stage.world.mediator] * 8

    async def counted(*args: object, **named: object) -> object:
        looks.append(1)
        await asyncio.sleep(0.05)  # as long as it may take where many sit
        return await seats(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(feed, "seats", counted)
    async with AsyncExitStack() as stack:
        voices = await asyncio.gather(*(stack.enter_async_context(stage.voice(each)) for each in everybody))
        await send(stage.rooms["joint"].code, "m1", "大家都到了吗", by=stage.world.lan, at=NOON)
        await asyncio.gather(*(each.reads(1) for each in voices))
    assert len(looks) < len(everybody)


async def test_sent_again_under_the_same_name_it_is_stored_once_and_told_once(stage: Stage) -> None:
    async with stage.voice(stage.world.lan) as lan, stage.voice(stage.world.qiang) as qiang:
        for _ in range(3):
            await lan.tell("send", client_id="once", text="在吗")
        await lan.say("m2", "在吗？")
        await qiang.reads(1, 2)
        assert [f["seq"] for f in lan.frames if f["type"] == "ack"] == [1, 1, 1, 2]
        assert await Message.all().count() == 2


async def test_after_a_break_one_goes_on_where_one_was(stage: Stage) -> None:
    room, world = stage.rooms["joint"], stage.world
    heard: list[int] = []
    for n in range(30):
        await send(room.code, f"early{n}", "喂", by=world.lan, at=NOON)
    async with stage.voice(world.mediator) as speaker:
        chatter = asyncio.create_task(_chatter(speaker))
        for _ in range(6):
            async with stage.voice(world.qiang) as qiang:
                await qiang.tell("resume", after=heard[-1] if heard else 0)
                await asyncio.sleep(0.05)
                heard += qiang.seqs
        await chatter
    async with stage.voice(world.qiang) as qiang:
        await qiang.tell("resume", after=heard[-1] if heard else 0)

        async def caught_up() -> bool:  # on a slow machine all was heard before, and nothing comes any more
            return len(heard) + len(qiang.seqs) >= 45

        await until(caught_up)
        heard += qiang.seqs
    assert heard == list(range(1, 46))


async def _chatter(speaker: Voice) -> None:
    for n in range(15):
        await speaker.say(f"c{n}", "说话")
        await asyncio.sleep(0.02)


async def test_one_who_is_far_behind_is_told_to_fetch_the_page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "FAR", 3)
    for n in range(5):
        await send(stage.rooms["joint"].code, f"m{n}", "喂", by=stage.world.lan, at=NOON)
    async with stage.voice(stage.world.qiang) as qiang:
        await qiang.tell("resume", after=1)
        assert await qiang.hears(lambda f: f["type"] == "gap") == {"type": "gap", "after": 1}
        await qiang.tell("resume", after=2)
        await qiang.reads(3, 4, 5)


async def test_a_recall_blanks_the_row_for_those_who_are_there_and_those_who_come_back(stage: Stage) -> None:
    room, world = stage.rooms["joint"], stage.world
    async with stage.voice(world.lan) as lan, stage.voice(world.qiang) as qiang:
        await lan.say("m1", "说漏了嘴")
        await qiang.reads(1)
        await recall(room.code, 1, by=world.lan, at=NOON)
        gone = await qiang.hears(lambda f: f["type"] == "event")
        assert gone["seq"] == 1
        assert "说漏了嘴" not in gone["html"]
        await qiang.reads(1, 2)
        async with stage.voice(world.mediator) as late:
            await late.tell("resume", after=0)
            await late.reads(1, 2)
            assert all("说漏了嘴" not in f.get("html", "") for f in late.frames)


async def test_an_error_is_told_in_the_readers_language_and_names_the_message(stage: Stage) -> None:
    await stage.world.lan.filter(id=stage.world.lan.id).update(lang="en")
    async with stage.voice(stage.world.lan) as lan:
        error = await lan.say("m1", "长" * 8001)
        assert error["reason"] == "This has 8001 characters; at most 8000 go into one message. Please send it in parts."


async def test_presence_and_writing_stay_in_their_room(stage: Stage) -> None:
    world = stage.world
    async with stage.voice(world.qiang) as qiang, stage.voice(world.mediator) as mediator:
        await mediator.hears(lambda f: f["type"] == "presence" and f["here"] == ["您自己", "阿强"])
        await qiang.tell("typing")
        await mediator.hears(lambda f: f["type"] == "presence" and f["typing"] == ["阿强"])
        async with stage.voice(world.lan, "A1") as lan, stage.voice(world.mediator, "A1") as alone:
            await lan.hears(lambda f: f["type"] == "presence" and f["here"] == ["您自己", "吴老师"])
            await lan.tell("typing")
            await alone.hears(lambda f: f["type"] == "presence" and f["typing"] == ["阿兰"])
        await asyncio.sleep(0.3)
        assert all("阿兰" not in str(f) for f in (*qiang.frames, *mediator.frames) if f["type"] == "presence")
    async with stage.voice(world.mediator) as again:
        await again.hears(lambda f: f["type"] == "presence" and f["here"] == ["您自己"])


async def test_what_was_read_is_noted_when_the_link_ends(stage: Stage) -> None:
    room = stage.rooms["joint"]
    async with stage.voice(stage.world.qiang) as qiang, stage.voice(stage.world.lan) as lan:
        for n in range(3):
            await lan.say(f"m{n}", "喂")
            await qiang.hears(partial(is_line, n + 1))
            await qiang.tell("seen", seq=n + 1)
        await qiang.tell("seen", seq=10**6)
        await asyncio.sleep(0.1)
    await room.refresh_from_db()

    async def noted() -> bool:
        mark = await RoomSeen.get_or_none(room_id=room.id, person_id=stage.world.qiang.id)
        return mark is not None and (mark.seq, mark.here_until) == (3, NOON)

    await until(noted)
    assert await unread(stage.world.qiang, [room]) == {room.id: 0}
