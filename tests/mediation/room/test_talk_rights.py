"""Who gets a live link and how it ends with the right to it."""

import asyncio
import json
import time
from contextlib import suppress

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from community.errors import MovedOn
from community.people.models import Holding
from community.record.transaction import transact
from mediation.assignment.recusing import plead
from mediation.room.models import Message, RoomMember
from mediation.room.opening import end_membership
from tests.mediation.room.conftest import Stage
from tests.world import NOON, sign_in
from web.mediation.room import board


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
