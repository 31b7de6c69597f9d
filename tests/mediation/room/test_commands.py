"""Saying something: numbers without gaps, nothing twice, nobody from outside, nothing after the right ended."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Holding, Person
from community.record.models import Event
from community.record.outbox import facts_of
from community.record.seal import seal, verify
from community.record.transaction import transact
from mediation.case.models import Case, Party
from mediation.case.states import State
from mediation.room.commands import recall, seen, send
from mediation.room.models import Message, Room, RoomMember, RoomSeen
from mediation.room.opening import close_rooms, end_membership, open_rooms
from mediation.room.queries import entry_of, history, lines_after, rooms_of, unread, visible_room
from mediation.room.rules import MOST, LineKind
from tests.mediation.making import made_case, made_rooms
from tests.world import NOON, World

LATER = NOON + timedelta(minutes=1)


async def leave(case: Case, person: Person) -> None:
    async def body() -> None:
        await end_membership(case, person, at=LATER)

    await transact(body)


async def said(room: Room, person: Person) -> list[str]:
    case = await Case.get(id=room.case_id)
    return [line.text for line in await history(await visible_room(person, case.code, room.code, at=LATER))]


async def test_fifty_at_once_get_fifty_numbers_without_a_gap(world: World) -> None:
    rooms = await made_rooms(await made_case(world), world.mediator)
    people = [world.lan, world.qiang, world.mediator]
    sent = await asyncio.gather(
        *(send(rooms["joint"].code, f"m{n}", f"第{n}句", by=people[n % 3], at=NOON) for n in range(50))
    )
    assert sorted(each.seq for each in sent) == list(range(1, 51))
    assert (await Room.get(id=rooms["joint"].id)).last_seq == 50
    assert [line.seq for line in await lines_after(rooms["joint"], 0)] == list(range(1, 51))


async def test_the_same_message_sent_again_and_again_is_stored_once(world: World) -> None:
    room = (await made_rooms(await made_case(world), world.mediator))["joint"]
    sent = await asyncio.gather(*(send(room.code, "once", "在吗", by=world.lan, at=NOON) for _ in range(10)))
    assert {each.seq for each in sent} == {1}
    assert sum(not each.again for each in sent) == 1
    assert await Message.all().count() == 1
    assert (await send(room.code, "next", "在", by=world.lan, at=NOON)).seq == 2


async def test_one_name_cannot_stand_for_two_messages_in_two_rooms(world: World) -> None:
    rooms = await made_rooms(await made_case(world), world.mediator)
    await send(rooms["joint"].code, "m1", "对大家说", by=world.lan, at=NOON)
    with pytest.raises(Unfit):
        await send(rooms["A1"].code, "m1", "单独说", by=world.lan, at=NOON)
    assert (await Room.get(id=rooms["A1"].id)).last_seq == 0


async def test_who_sits_where(world: World) -> None:
    case = await made_case(world)
    rooms = await made_rooms(case, world.mediator)
    seats = [(world.lan, "joint A1"), (world.qiang, "joint R1"), (world.mediator, "joint A1 R1 internal")]
    for person, expected in seats:
        mine = {room.id for room in await rooms_of(person, case, at=NOON)}
        assert mine == {rooms[key].id for key in expected.split()}
    for outsider in (world.director, world.intake, world.stranger, world.moderator, world.clerk):
        assert await rooms_of(outsider, case, at=NOON) == []


@pytest.mark.parametrize("who", ["qiang", "director", "intake", "stranger"])
async def test_a_room_one_does_not_sit_in_is_not_there(world: World, who: str) -> None:
    case = await made_case(world)
    alone = (await made_rooms(case, world.mediator))["A1"]
    person: Person = getattr(world, who)
    answers = []
    for code in (alone.code, "0" * 16):
        with pytest.raises(Hidden) as shown:
            await visible_room(person, case.code, code, at=NOON)
        with pytest.raises(Hidden) as acted:
            await send(code, "m1", "在吗", by=person, at=NOON)
        with pytest.raises(Hidden):
            await recall(code, 1, by=person, at=NOON)
        answers.append((shown.value.reason, acted.value.reason))
    assert answers[0] == answers[1]
    assert (await Room.get(id=alone.id)).last_seq == 0


async def test_a_room_is_found_only_under_its_own_case(world: World) -> None:
    mine, other = await made_case(world), await made_case(world)
    joint = (await made_rooms(mine, world.mediator))["joint"]
    with pytest.raises(Hidden):
        await visible_room(world.lan, other.code, joint.code, at=NOON)


async def test_who_left_neither_speaks_nor_reads_what_came_after(world: World) -> None:
    case = await made_case(world)
    joint = (await made_rooms(case, world.mediator))["joint"]
    await send(joint.code, "m1", "以前", by=world.qiang, at=NOON)
    await leave(case, world.qiang)
    await send(joint.code, "m2", "以后", by=world.lan, at=LATER)
    with pytest.raises(Hidden):
        await send(joint.code, "m3", "还想说", by=world.qiang, at=LATER)
    assert await said(joint, world.qiang) == ["以前"]
    assert await said(joint, world.lan) == ["以前", "以后"]
    assert await rooms_of(world.qiang, case, at=LATER) == []
    entry = await visible_room(world.qiang, case.code, joint.code, at=LATER)
    assert (entry.seat, entry.talks) == (None, False)


async def test_a_replaced_mediator_keeps_nothing_and_the_new_one_does_not_hear_what_was_said_alone(
    world: World,
) -> None:
    case = await made_case(world)
    rooms = await made_rooms(case, world.mediator)
    await send(rooms["joint"].code, "m1", "当面说的", by=world.qiang, at=NOON)
    await send(rooms["A1"].code, "m2", "单独说的", by=world.lan, at=NOON)
    await Holding.create(person=world.xiu, role="people-mediator", org=world.mediation_committee, since=NOON)
    await leave(case, world.mediator)
    again = await made_rooms(case, world.xiu, at=LATER)
    assert {room.id for room in again.values()} == {room.id for room in rooms.values()}
    for room in rooms.values():
        with pytest.raises(Hidden):
            await visible_room(world.mediator, case.code, room.code, at=LATER)
    assert (await said(rooms["joint"], world.xiu), await said(rooms["A1"], world.xiu)) == (["当面说的"], [])


@pytest.mark.parametrize("state", [State.PERFORMING, State.TERMINATED, State.CLOSED])
async def test_after_signing_one_reads_and_says_no_more(world: World, state: State) -> None:
    case = await made_case(world)
    joint = (await made_rooms(case, world.mediator))["joint"]
    await send(joint.code, "m1", "好", by=world.lan, at=NOON)
    await Case.filter(id=case.id).update(state=state)
    with pytest.raises(Forbidden):
        await send(joint.code, "m2", "还有", by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await recall(joint.code, 1, by=world.lan, at=NOON)
    assert (await Room.get(id=joint.id)).last_seq == 1


async def test_an_archived_case_keeps_ones_own_talk_alone_and_nothing_else(world: World) -> None:
    case = await made_case(world)
    rooms = await made_rooms(case, world.mediator)
    await Case.filter(id=case.id).update(state=State.ARCHIVED)
    assert [room.id for room in await rooms_of(world.lan, case, at=NOON)] == [rooms["A1"].id]
    assert await rooms_of(world.mediator, case, at=NOON) == []


async def test_a_closed_room_takes_no_words(world: World) -> None:
    case = await made_case(world)
    joint = (await made_rooms(case, world.mediator))["joint"]

    async def body() -> None:
        await close_rooms(case, at=NOON)

    await transact(body)
    with pytest.raises(Forbidden):
        await send(joint.code, "m1", "在吗", by=world.lan, at=NOON)
    with pytest.raises(Hidden):
        await send(joint.code, "m1", "在吗", by=world.stranger, at=NOON)


async def test_an_office_that_ran_out_and_a_party_who_is_gone_end_the_right(world: World) -> None:
    case = await made_case(world)
    joint = (await made_rooms(case, world.mediator))["joint"]
    await Holding.filter(person_id=world.mediator.id).update(until=NOON)
    await Party.filter(case_id=case.id, person_id=world.qiang.id).update(left_at=NOON)
    for person in (world.mediator, world.qiang):
        with pytest.raises(Hidden):
            await send(joint.code, "m1", "在吗", by=person, at=NOON)


@pytest.mark.parametrize("text", ["", "  \n ", "长" * (MOST + 1)])
async def test_what_is_empty_or_too_long_is_sent_back(world: World, text: str) -> None:
    joint = (await made_rooms(await made_case(world), world.mediator))["joint"]
    with pytest.raises(Unfit) as wrong:
        await send(joint.code, "m1", text, by=world.lan, at=NOON)
    assert wrong.value.field == "text"


@pytest.mark.parametrize("client_id", ["", "a b", "x" * 65, "编号", "\ud800", "a\x00"])
async def test_a_client_id_is_plain(world: World, client_id: str) -> None:
    joint = (await made_rooms(await made_case(world), world.mediator))["joint"]
    with pytest.raises(Unfit):
        await send(joint.code, client_id, "在吗", by=world.lan, at=NOON)


async def test_a_reply_names_an_earlier_line_that_one_can_read(world: World) -> None:
    joint = (await made_rooms(await made_case(world), world.mediator))["joint"]
    await send(joint.code, "m1", "几点", by=world.lan, at=NOON)
    await send(joint.code, "m2", "八点", reply_to=1, by=world.qiang, at=NOON)
    for wrong in (0, 3, 99, -1):
        with pytest.raises(Unfit):
            await send(joint.code, "m3", "八点", reply_to=wrong, by=world.qiang, at=NOON)
    assert [line.reply_to for line in await lines_after(joint, 0)] == [None, 1]


async def test_words_lie_locked_with_the_rooms_own_key_and_the_record_holds_only_a_hash(world: World) -> None:
    rooms = await made_rooms(await made_case(world), world.mediator)
    await send(rooms["A1"].code, "m1", "最低一千五", by=world.lan, at=NOON)
    stored = await Message.get()
    assert "一千五" not in stored.body
    event = await Event.get(kind="room.message")
    assert set(facts_of(event)) == {"case", "room", "seq", "sha256"}
    assert (event.subject, event.actor_id) == (rooms["A1"].name, world.lan.id)
    await Message.filter(id=stored.id).update(room_id=rooms["joint"].id)
    with pytest.raises(ValueError, match="message"):
        await lines_after(rooms["joint"], 0)
    while await seal(at=LATER):
        pass
    assert (await verify()).bad is None


async def test_one_may_take_back_ones_own_words_for_two_minutes(world: World) -> None:
    joint = (await made_rooms(await made_case(world), world.mediator))["joint"]
    await send(joint.code, "m1", "说错了", by=world.lan, at=NOON)
    await send(joint.code, "m2", "早先的", by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await recall(joint.code, 1, by=world.qiang, at=NOON)
    await recall(joint.code, 1, by=world.lan, at=NOON + timedelta(minutes=2))
    with pytest.raises(MovedOn):
        await recall(joint.code, 1, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await recall(joint.code, 2, by=world.lan, at=NOON + timedelta(minutes=2, seconds=1))
    lines = await lines_after(joint, 0)
    assert [(line.seq, line.text, line.recalled, line.kind) for line in lines] == [
        (1, "", True, LineKind.TEXT),
        (2, "早先的", False, LineKind.TEXT),
        (3, "", False, LineKind.RECALL),
    ]
    assert lines[2].reply_to == 1


async def test_the_read_mark_only_moves_forward_and_not_beyond_the_end(world: World) -> None:
    joint = (await made_rooms(await made_case(world), world.mediator))["joint"]
    for n in range(3):
        await send(joint.code, f"m{n}", "喂", by=world.lan, at=NOON)
    await joint.refresh_from_db()
    assert await unread(world.qiang, [joint]) == {joint.id: 3}
    await seen(joint, 2, by=world.qiang)
    await seen(joint, 1, by=world.qiang)
    assert await unread(world.qiang, [joint]) == {joint.id: 1}
    await seen(joint, 10**9, by=world.qiang)
    assert await unread(world.qiang, [joint]) == {joint.id: 0}
    await seen(joint, 2, by=world.stranger)
    assert not await RoomSeen.exists(person_id=world.stranger.id)


async def test_rooms_are_opened_once_and_only_for_those_who_agreed(world: World) -> None:
    case = await made_case(world)
    await Party.filter(case_id=case.id, person_id=world.qiang.id).update(will="refused")
    first = await made_rooms(case, world.mediator)
    assert set(first) == {"joint", "A1", "internal"}
    await Party.filter(case_id=case.id, person_id=world.qiang.id).update(will="consented")

    async def body() -> list[Room]:
        return await open_rooms(case, world.mediator, at=LATER)

    assert len(await transact(body)) == 4
    assert (await Room.all().count(), await RoomMember.all().count()) == (4, 8)
    assert await entry_of(world.qiang, first["joint"], at=LATER) is not None


async def test_leaving_and_speaking_at_once_leaves_no_words_after_the_end(world: World) -> None:
    case = await made_case(world)
    joint = (await made_rooms(case, world.mediator))["joint"]
    talk = [send(joint.code, f"m{n}", "我还要说", by=world.qiang, at=NOON) for n in range(20)]
    await asyncio.gather(*talk[:10], leave(case, world.qiang), *talk[10:], return_exceptions=True)
    seat = await RoomMember.get(room_id=joint.id, person_id=world.qiang.id)
    spoken = [line.seq for line in await lines_after(joint, 0)]
    assert seat.to_seq == len(spoken) == (await Room.get(id=joint.id)).last_seq
    assert spoken == list(range(1, len(spoken) + 1))
