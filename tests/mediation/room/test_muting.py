"""Asking somebody to say nothing for a while: everybody sees it, nothing they wrote is lost, and it ends by itself."""

from datetime import datetime, timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from community.tokens.rules import Scope
from mediation.room.card_rules import CardKind, Terms
from mediation.room.cards import lay
from mediation.room.commands import send
from mediation.room.models import Message, RoomQuiet
from mediation.room.muting import mute, unmute
from mediation.room.quiet import hush_of, hushed
from mediation.room.rules import LineKind, Quiet, minutes_left
from tests.mediation.making import made_case, made_rooms
from tests.mediation.room.conftest import Stage
from tests.web.api.test_deeds import Program
from tests.world import NOON, World, sign_in
from web.mediation.room import quiet_api

PAUSES = frozenset({each.name for each in quiet_api.calls})
"""Calls that are tried here."""
SOON = NOON + timedelta(minutes=4, seconds=30)


def test_a_begun_minute_counts_and_the_line_says_it_all() -> None:
    assert [minutes_left(NOON + timedelta(seconds=n), NOON) for n in (1, 60, 61, 600)] == [1, 1, 2, 10]
    told = hush_of(hushed("阿强", Quiet.OVER, NOON))
    assert (told.name, told.why, told.until) == ("阿强", Quiet.OVER, NOON)
    assert hush_of(hushed("阿强")).until is None


async def test_who_is_asked_to_be_silent_is_so_in_the_joint_talk_alone_until_the_time_is_over(world: World) -> None:
    rooms = await made_rooms(await made_case(world), world.mediator)
    joint, alone, qiang = rooms["joint"].code, rooms["R1"].code, world.qiang
    await mute(joint, qiang.code, 5, Quiet.ABUSE, by=world.mediator, at=NOON)
    event = await Event.all().order_by("-id").first()
    assert event is not None
    facts = facts_of(event)
    assert (event.kind, facts["person"], facts["why"]) == ("room.mute", qiang.id, "abuse")
    with pytest.raises(Unfit) as kept:
        await send(joint, "m1", "我就要说", by=qiang, at=SOON)
    assert (kept.value.field, kept.value.facts["n"]) == ("text", 1)
    with pytest.raises(Unfit):
        await lay(joint, "m1", CardKind.PROPOSAL, Terms(text="我的方案"), by=qiang, at=SOON)
    assert (await send(alone, "m2", "我单独说", by=qiang, at=SOON)).seq == 1
    assert (await send(joint, "m3", "我还能说", by=world.lan, at=SOON)).seq == 2
    assert (await send(joint, "m1", "好好说", by=qiang, at=NOON + timedelta(minutes=5))).seq == 3
    with pytest.raises(MovedOn):
        await unmute(joint, qiang.code, by=world.mediator, at=NOON + timedelta(minutes=5))


async def test_the_mediator_alone_asks_parties_alone_for_half_an_hour_at_most_and_ends_it_early(world: World) -> None:
    rooms = await made_rooms(await made_case(world), world.mediator)
    joint, leads = rooms["joint"].code, world.mediator

    async def asked(room: str, who: str, minutes: int, by: object, at: datetime = NOON) -> None:
        await mute(room, who, minutes, Quiet.HEATED, by=by, at=at)  # type: ignore[arg-type]

    for room, who, minutes, by, why in (
        (joint, world.lan.code, 5, world.qiang, Forbidden),
        (joint, world.qiang.code, 5, world.stranger, Hidden),
        (rooms["R1"].code, world.qiang.code, 5, leads, Forbidden),
        (joint, leads.code, 5, leads, Hidden),
        (joint, world.stranger.code, 5, leads, Hidden),
        (joint, "nobody", 5, leads, Hidden),
        (joint, world.qiang.code, 31, leads, Unfit),
        (joint, world.qiang.code, 0, leads, Unfit),
    ):
        with pytest.raises(why):
            await asked(room, who, minutes, by)
    assert await Message.all().count() == await RoomQuiet.all().count() == 0
    await asked(joint, world.qiang.code, 30, leads)
    with pytest.raises(MovedOn):
        await asked(joint, world.qiang.code, 5, leads, SOON)
    with pytest.raises(Forbidden):
        await unmute(joint, world.qiang.code, by=world.qiang, at=SOON)
    await unmute(joint, world.qiang.code, by=leads, at=SOON)
    assert (await send(joint, "m1", "谢谢", by=world.qiang, at=SOON)).seq == 3
    assert await Message.filter(kind=LineKind.UNMUTE).count() == 1


async def test_the_page_asks_tells_the_one_who_is_silent_and_keeps_what_they_wrote(
    town: World, client: httpx2.AsyncClient
) -> None:
    case = await made_case(town)
    room = (await made_rooms(case, town.mediator))["joint"]
    path = f"/cases/{case.code}/rooms/{room.code}"
    client.cookies.update(await sign_in(town.mediator))
    assert f'href="{path}/quiet"' in (await client.get(path)).text
    form = {"who": town.qiang.code, "minutes": "10", "why": "over"}
    assert "阿强" in (await client.get(f"{path}/quiet")).text
    assert (await client.post(f"{path}/quiet", data={**form, "minutes": "45"})).status_code == 422
    assert (await client.post(f"{path}/quiet", data=form)).status_code == 303
    listed = (await client.get(f"{path}/quiet")).text
    assert "正在停的人" in listed
    client.cookies.update(await sign_in(town.qiang))
    shown = (await client.get(path)).text
    assert "调解员请您先停一停" in shown
    assert "不让别人说完" in shown
    assert 'data-left="600"' in shown
    refused = await client.post(path, data={"text": "听我说", "client_id": "m1"})
    assert refused.status_code == 422
    assert "再过 10 分钟可以接着说" in refused.text
    assert ">\n听我说</textarea>" in refused.text
    assert (await client.get(f"{path}/quiet")).status_code == 404
    client.cookies.update(await sign_in(town.lan))
    other = (await client.get(path)).text
    assert "调解员请阿强先停一停" in other
    assert "调解员请您先停一停" not in other
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.post(f"{path}/quiet/ended", data={"who": town.qiang.code})).status_code == 303
    assert "阿强现在可以接着说了" in (await client.get(path)).text


async def test_over_the_link_everybody_sees_it_at_once_and_the_refusal_names_the_message(stage: Stage) -> None:
    world, room = stage.world, stage.rooms["joint"].code
    async with stage.voice(world.qiang) as qiang, stage.voice(world.lan) as lan:
        await mute(room, world.qiang.code, 20, Quiet.AGAIN, by=world.mediator, at=NOON)
        for voice in (qiang, lan):
            told = await voice.hears(lambda f: f["type"] == "message" and f["seq"] == 1)
            assert "调解员请阿强先停一停" in told["html"]
            assert " data-hush>" in told["html"]
        refused = await qiang.say("m1", "在吗")
        assert (refused["type"], "再过 20 分钟" in refused["reason"]) == ("error", True)
        await unmute(room, world.qiang.code, by=world.mediator, at=NOON)
        assert (await qiang.say("m2", "在吗"))["seq"] == 3


async def test_the_mediators_program_asks_and_ends_it_and_nobody_elses_learns_who_is_there(
    client: httpx2.AsyncClient, town: World
) -> None:
    case = await made_case(town)
    joint = (await made_rooms(case, town.mediator))["joint"]
    where = f"/cases/{case.code}/rooms/{joint.code}/pauses"
    mediator, party = Program(client, town.mediator), Program(client, town.qiang)
    listed = await mediator.do("listSpeakers", where)
    assert {each["who"]: each["until"] for each in listed["items"]} == {town.lan.code: None, town.qiang.code: None}
    told = {"who": town.qiang.code, "minutes": 5, "why": "over"}
    paused = await mediator.do("pauseSpeaker", where, told)
    assert {each["who"]: each["why"] for each in paused["items"]} == {town.lan.code: None, town.qiang.code: "over"}
    assert await mediator.refused(Scope.CASES_TALK, where, {**told, "minutes": 31}) == 422
    assert await party.refused(Scope.CASES_TALK, where, told) == 404
    ended = await mediator.do("resumeSpeaker", f"{where}/ended", {"who": town.qiang.code})
    assert [each["until"] for each in ended["items"]] == [None, None]
    assert mediator.tried == PAUSES
