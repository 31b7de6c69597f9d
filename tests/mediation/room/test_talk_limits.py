"""Limits of the live link: unreadable frames, floods, too many sockets, readers who do not read."""

import asyncio
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any, cast

import pytest
from websockets.exceptions import ConnectionClosed

from mediation.room.commands import send
from mediation.room.models import Message
from tests.mediation.room.conftest import Stage, is_line, until
from tests.world import NOON
from web import guarded, sockets
from web.mediation.room import talk

MORE_THAN_A_KERNEL_KEEPS = 1000  # frames of 24 kB


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


async def test_bytes_are_not_understood_and_a_giant_frame_ends_the_link(stage: Stage) -> None:
    async with stage.voice(stage.world.lan) as lan:
        await lan.socket.send(b"\x00\xff")
        await lan.hears(lambda f: f["type"] == "error")
        await lan.tell("send", client_id="m1", text="长" * 40_000)
        assert (await lan.closed())[0] == 1009


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
        link = cast("sockets.Cuttable", cast("Any", reader._push).__self__)
        link.transport.write(sockets.packed("长" * 7900).wire * MORE_THAN_A_KERNEL_KEEPS)
        await send(room.code, "m1", "在吗", by=stage.world.lan, at=NOON)
        await until(dropped)
        stalled.socket.transport.resume_reading()
        with suppress(ConnectionClosed):
            while True:
                await stalled.socket.recv()
        assert stalled.socket.close_code == 1006
