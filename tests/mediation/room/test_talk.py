"""The live link over real sockets against a real server."""

import asyncio
import json
import time
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import cast

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from community.errors import MovedOn
from community.people.models import Holding
from community.record.transaction import transact
from mediation.assignment.recusing import plead
from mediation.room.commands import recall, send
from mediation.room.models import Message, RoomMember, RoomSeen
from mediation.room.opening import end_membership
from mediation.room.queries import seats, unread
from tests.mediation.room.conftest import Frame, Stage, Voice, until
from tests.world import NOON, sign_in
from web import guarded, sockets
from web.mediation.room import board, feed, talk

MORE_THAN_A_KERNEL_KEEPS = 1000  # frames of 24 kB


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
        await qiang.hears(lambda f: f.get("seq") == 45)
        heard += qiang.seqs
    assert heard == list(range(1, 46))


def is_line(seq: int, frame: Frame) -> bool:
    return frame["type"] == "message" and bool(frame["seq"] == seq)


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


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不是JSON",
        "[1,2]",
        "null",
        '{"type":"send"}',
        '{"type":"send","client_id":"m1","text":5}',
        '{"type":"send","client_id":["m1"],"text":"好"}',
        '{"type":"send","client_id":"m1\\u0000","text":"好"}',
        '{"type":"seen","seq":99999999999999999999}',
        '{"type":"seen","seq":-1}',
        '{"type":"resume","after":"x"}',
        '{"type":"drop table"}',
        "[" * 50_000,
        '{"type":"send","client_id":"m1","text":"\\ud800"}',
        '{"type":"send","client_id":"m1","text":"a\\u0007b"}',
        '{"type":"send","client_id":"m1","text":"   "}',
        '{"type":"send","client_id":"m1","text":"好","reply_to":77}',
    ],
)
async def test_what_cannot_be_read_is_answered_and_the_talk_goes_on(stage: Stage, text: str) -> None:
    async with stage.voice(stage.world.lan) as lan:
        await lan.socket.send(text)
        assert (await lan.hears(lambda f: f["type"] == "error"))["reason"]
        assert (await lan.say("fine", "好"))["type"] == "ack"


async def test_an_error_is_told_in_the_readers_language_and_names_the_message(stage: Stage) -> None:
    await stage.world.lan.filter(id=stage.world.lan.id).update(lang="en")
    async with stage.voice(stage.world.lan) as lan:
        error = await lan.say("m1", "长" * 8001)
        assert error["reason"] == "This has 8001 characters; at most 8000 go into one message. Please send it in parts."


async def test_bytes_are_not_understood_and_a_giant_frame_ends_the_link(stage: Stage) -> None:
    async with stage.voice(stage.world.lan) as lan:
        await lan.socket.send(b"\x00\xff")
        await lan.hears(lambda f: f["type"] == "error")
        await lan.tell("send", client_id="m1", text="长" * 40_000)
        assert (await lan.closed())[0] == 1009


@pytest.mark.parametrize("who", ["qiang", "director", "stranger", "intake"])
async def test_the_room_of_the_other_side_answers_like_one_that_is_not_there(stage: Stage, who: str) -> None:
    ends = []
    for room in ("A1", "0" * 16):
        async with stage.voice(getattr(stage.world, who), room) as voice:
            with suppress(ConnectionClosed):  # the answer may be faster
                await voice.tell("resume", after=0)
            ends.append((await voice.closed(), voice.frames))
    assert ends[0] == ends[1] == ((4404, ""), [])


async def test_nobody_signed_in_hears_nothing(stage: Stage) -> None:
    async with stage.voice(None) as voice:
        assert await voice.closed() == (4401, "")
        assert voice.frames == []


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}])
async def test_another_sites_page_gets_no_link(stage: Stage, headers: dict[str, str]) -> None:
    cookie = "; ".join(f"{k}={v}" for k, v in (await sign_in(stage.world.lan)).items())
    address = stage.url.replace("http", "ws") + stage.path("joint") + "/live"
    with pytest.raises(InvalidStatus) as refused:
        async with connect(address, additional_headers={"cookie": cookie, **headers}):
            pass
    assert refused.value.response.status_code == 403
    async with connect(address, additional_headers={"cookie": cookie, "origin": stage.url}) as own:
        await own.send("{}")
        assert json.loads(await own.recv())["type"] in ("error", "presence")


async def test_signing_out_ends_the_link_within_two_seconds(stage: Stage) -> None:
    async with stage.voice(stage.world.lan) as lan, stage.voice(stage.world.qiang) as qiang:
        await lan.say("m1", "在")
        began = time.monotonic()
        await stage.sign_out(stage.world.lan)
        assert await lan.closed() == (4401, "")
        assert time.monotonic() - began < 2
        assert (await qiang.say("m2", "还在"))["type"] == "ack"


async def test_an_office_that_is_taken_away_ends_the_link_within_two_seconds(stage: Stage) -> None:
    async with stage.voice(stage.world.mediator, "A1") as mediator:
        await mediator.say("m1", "在")
        began = time.monotonic()
        await Holding.filter(person_id=stage.world.mediator.id).update(until=NOON)
        assert await mediator.closed() == (4403, "")
        assert time.monotonic() - began < 2


async def test_a_mediator_who_is_replaced_is_out_of_every_room_in_the_same_transaction(stage: Stage) -> None:
    world = stage.world
    async with stage.voice(world.mediator) as mediator, stage.voice(world.lan) as lan:
        await lan.say("m1", "以前")
        await mediator.reads(1)

        async def fails() -> None:
            await plead(stage.case.code, by=world.lan, at=NOON)
            raise MovedOn("不算数。")

        with pytest.raises(MovedOn):
            await transact(fails)
        assert await RoomMember.filter(person_id=world.mediator.id, until=None).count() == len(stage.rooms)
        await plead(stage.case.code, by=world.lan, at=NOON)
        assert await RoomMember.filter(person_id=world.mediator.id, until=None).count() == 0
        assert await mediator.closed() == (4403, "")
        await lan.say("m2", "以后")
        assert max(mediator.seqs) == 1
    async with stage.voice(world.mediator) as again:
        assert await again.closed() == (4404, "")


async def test_who_leaves_hears_nothing_that_is_said_afterwards(stage: Stage) -> None:
    world = stage.world
    async with stage.voice(world.qiang) as qiang, stage.voice(world.lan) as lan:
        await lan.say("m1", "以前")
        await qiang.reads(1)

        async def body() -> None:
            await end_membership(stage.case, world.qiang, at=NOON)

        await asyncio.gather(transact(body), *(lan.say(f"x{n}", "他走了吗") for n in range(5)))
        assert await qiang.closed() == (4403, "")
        last = (await RoomMember.get(room_id=stage.rooms["joint"].id, person_id=world.qiang.id)).to_seq
        assert last is not None
        assert max(qiang.seqs) <= last
    async with stage.voice(world.qiang) as again:
        assert await again.closed() == (4403, "")


async def test_a_frame_after_the_end_is_not_obeyed_even_before_anybody_looked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "EVERY", 3600)
    async with stage.voice(stage.world.lan) as lan:
        await lan.say("m1", "在")
        await stage.sign_out(stage.world.lan)
        await lan.tell("send", client_id="m2", text="还想说")
        assert await lan.closed() == (4401, "")
        assert await Message.all().count() == 1


async def test_a_link_outlives_the_time_that_headers_may_take(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "HEAD", 0.3)
    async with stage.voice(stage.world.lan) as lan:
        await lan.say("m1", "在")
        await asyncio.sleep(0.6)
        assert (await lan.say("m2", "还在"))["type"] == "ack"


async def test_a_flood_is_told_to_wait_and_closed(stage: Stage) -> None:
    async with stage.voice(stage.world.lan) as lan:
        for n in range(21):
            await lan.tell("send", client_id=f"m{n}", text="快")
        code, reason = await lan.closed()
        assert code == 4429
        assert 1 <= int(reason or 0) <= 10
        assert [f["type"] for f in lan.frames if f["type"] in ("ack", "error")] == ["ack"] * 20 + ["error"]
        assert all("client_id" not in f for f in lan.frames if f["type"] == "error")
    assert await Message.all().count() == 20


async def test_the_ninth_socket_of_a_person_waits(stage: Stage) -> None:
    lan = stage.world.lan
    async with AsyncExitStack() as opened:
        for _ in range(8):
            voice = await opened.enter_async_context(stage.voice(lan))
            await voice.hears(lambda f: f["type"] == "presence")
        async with stage.voice(lan) as ninth:
            assert await ninth.closed() == (4429, "30")
        async with stage.voice(stage.world.qiang) as other:
            assert (await other.say("m1", "好"))["type"] == "ack"

    async def gone() -> bool:
        return lan.id not in stage.board._sockets

    await until(gone)
    async with stage.voice(lan) as again:
        assert (await again.say("m2", "好"))["type"] == "ack"


async def test_a_reader_who_does_not_read_is_cut_off_and_holds_nobody_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "PATIENCE", 0.5)
    world, room = stage.world, stage.rooms["joint"]
    async with (
        stage.voice(world.lan) as lan,
        stage.voice(world.qiang, max_queue=1) as stalled,
    ):
        await lan.say("m0", "开始")
        stalled.listening.cancel()
        stalled.socket.transport.pause_reading()
        feed = stage.board.feeds[room.id]
        assert len(feed.readers) == 2
        number = 1
        while len(feed.readers) == 2:
            number += 1
            await send(room.code, f"big{number}", "长" * 7900, by=world.mediator, at=NOON)
            await lan.hears(partial(is_line, number), seconds=1)
        assert lan.seqs == list(range(1, number + 1))
        assert [reader.person_id for reader in feed.readers] == [world.lan.id]
        stalled.socket.transport.resume_reading()
        with suppress(ConnectionClosed):
            while True:
                await stalled.socket.recv()
        assert stalled.socket.close_code == 4408


async def test_one_who_never_reads_again_is_dropped(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "PATIENCE", 0.3)
    monkeypatch.setattr(sockets, "FAREWELL", 0.3)
    room, gone = stage.rooms["joint"], list[object]()
    lost = sockets.Cuttable.connection_lost

    def noted(self: sockets.Cuttable, why: Exception | None) -> None:
        gone.append(self)
        lost(self, why)

    async def dropped() -> bool:  # not a time: on a busy machine the farewell begins later than the reader leaves
        return link in gone

    monkeypatch.setattr(sockets.Cuttable, "connection_lost", noted)
    async with stage.voice(stage.world.qiang, max_queue=1) as stalled:
        await stalled.hears(lambda f: f["type"] == "presence")
        stalled.listening.cancel()
        stalled.socket.transport.pause_reading()
        reader = cast("talk.Talk", next(iter(stage.board.feeds[room.id].readers)))
        link = cast("sockets.Cuttable", reader._push.__self__)
        link.transport.write(sockets.packed("长" * 7900).wire * MORE_THAN_A_KERNEL_KEEPS)
        await send(room.code, "m1", "在吗", by=stage.world.lan, at=NOON)
        await until(dropped)
        stalled.socket.transport.resume_reading()
        with suppress(ConnectionClosed):
            while True:
                await stalled.socket.recv()
        assert stalled.socket.close_code == 1006


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
