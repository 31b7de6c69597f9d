"""The minutes: versions, four signatures under the newest, published, and what a matter gets out of it."""

from datetime import date

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people.rules import Method
from community.places.models import Resident
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.matter import hosting, screening, seconding
from deliberation.matter.models import Sitting
from deliberation.meeting import attending, minuting
from deliberation.meeting.models import Meeting, MinutesSignature
from deliberation.meeting.naming import public_text
from deliberation.meeting.queries import newest_minutes, signatures
from deliberation.meeting.rules import Hand
from deliberation.meeting.workflow import MeetingState
from tests.deliberation.meeting.hall import WORDS, opened, signed, written
from tests.deliberation.stage import body_of, declared, proposed
from tests.world import NOON, World


async def test_nothing_is_published_before_all_four_have_signed(world: World) -> None:
    meeting = await written(world)
    for person in (world.moderator, world.clerk, world.lan):
        await signed(meeting, person)
        with pytest.raises(Unfit, match="还没有签齐"):
            await minuting.publish(meeting.id, by=world.clerk, at=meeting.ends_at)
    await signed(meeting, world.qiang)
    meeting = await minuting.publish(meeting.id, by=world.clerk, at=meeting.ends_at)
    assert meeting.state is MeetingState.MINUTED
    hands = [(each.hand, each.name) for each in await signatures(meeting)]
    assert hands == [
        (Hand.HOST, "书记"),
        (Hand.CLERK, "老陈"),
        (Hand.ATTENDEE, "阿兰"),
        (Hand.ATTENDEE, "阿强"),
    ]
    with pytest.raises(MovedOn):
        await minuting.write(meeting.id, WORDS + "再补一句话。", by=world.clerk, at=meeting.ends_at)


async def test_new_words_drop_the_signatures_and_keep_them_to_be_seen(world: World) -> None:
    meeting = await written(world)
    await signed(meeting, world.moderator)
    await minuting.write(meeting.id, WORDS + "补：三号楼的意见会后再听。", by=world.clerk, at=meeting.ends_at)
    event = await Event.filter(kind="meeting.write").order_by("-id").first()
    assert event
    assert (facts_of(event)["version"], facts_of(event)["signatures_dropped"]) == (2, 1)
    newest = await newest_minutes(meeting)
    assert newest
    assert not await MinutesSignature.exists(minutes_id=newest.id)
    (kept,) = await signatures(meeting)
    assert (kept.minutes.number, kept.hash) == (1, kept.minutes.hash)
    assert minuting.missing([]) == {Hand.HOST: 1, Hand.CLERK: 1, Hand.ATTENDEE: 2}


async def test_the_same_words_are_no_new_version(world: World) -> None:
    meeting = await written(world)
    with pytest.raises(Unfit) as why:
        await minuting.write(meeting.id, WORDS, by=world.clerk, at=meeting.ends_at)
    assert why.value.field == "text"


async def test_who_was_not_there_signs_nothing_and_nobody_signs_twice(world: World) -> None:
    meeting = await written(world)
    for person in (world.zhao, world.stranger, world.supervisor):
        with pytest.raises(Forbidden):
            await signed(meeting, person)
    await signed(meeting, world.lan)
    with pytest.raises(MovedOn, match="已经签过"):
        await signed(meeting, world.lan)


async def test_a_wrong_proof_or_old_words_sign_nothing(world: World) -> None:
    meeting = await written(world)
    newest = await newest_minutes(meeting)
    assert newest
    wrong = minuting.Signing(newest.hash, Method.PASSWORD, "not it")
    with pytest.raises(Unfit) as why:
        await minuting.sign(meeting.id, wrong, host="192.0.2.1", by=world.lan, at=meeting.ends_at)
    assert why.value.field == "typed"
    await minuting.write(meeting.id, WORDS + "补一句话。", by=world.clerk, at=meeting.ends_at)
    await signed(meeting, world.clerk)
    stale = minuting.Signing(newest.hash, Method.PASSWORD, "correct horse")
    with pytest.raises(MovedOn, match="记录改过了"):
        await minuting.sign(meeting.id, stale, host="192.0.2.1", by=world.clerk, at=meeting.ends_at)


async def test_a_matter_on_the_agenda_has_had_its_session(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.zhao)
    for person in world.residents[:3]:
        await seconding.endorse(matter.id, by=person, at=NOON)
        await matter.refresh_from_db()
        if matter.seconded >= matter.threshold:
            break
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    await screening.study(matter.id, NOON.date(), "同意提交议事。", by=world.moderator, at=NOON)
    with pytest.raises(Unfit):
        await hosting.finalise(matter.id, by=world.clerk, at=NOON)
    meeting = await written(world, body=body, matter_id=matter.id)
    for person in (world.moderator, world.clerk, world.lan, world.qiang):
        await signed(meeting, person)
    await minuting.publish(meeting.id, by=world.clerk, at=meeting.ends_at)
    sitting = await Sitting.get(matter_id=matter.id)
    assert (sitting.attended, sitting.consensus, sitting.dissent) == (3, "先装两处。", "三号楼怕挡光。")
    assert "会议记录第 1 版" in sitting.minutes
    await declared(matter.id, world.zhao, world.clerk)
    with pytest.raises(Unfit, match="不同意见没有答复"):
        await hosting.finalise(matter.id, by=world.clerk, at=meeting.ends_at)


async def test_too_few_words_are_no_minutes(world: World) -> None:
    meeting = await opened(world)
    await attending.close_meeting(meeting.id, by=world.moderator, at=meeting.ends_at)
    with pytest.raises(Unfit):
        await minuting.write(meeting.id, "太短", by=world.clerk, at=meeting.ends_at)
    assert (await Meeting.get(id=meeting.id)).state is MeetingState.CLOSED


async def test_the_public_reads_minutes_without_what_gives_a_home_or_a_person_away(world: World) -> None:
    await Resident.create(community_id=world.community.id, name="欧阳小明", born_on=date(1980, 1, 1))
    meeting = await opened(world)
    await attending.close_meeting(meeting.id, by=world.moderator, at=meeting.ends_at)
    text = WORDS + "阿　兰说3号楼602室漏水，12号楼不漏。欧阳 小明没有来，电话13800138000。书记会后回话。"
    made = await minuting.write(meeting.id, text, by=world.clerk, at=meeting.ends_at)
    assert made.named == "欧阳小明"
    told = await public_text(meeting, made.text)
    assert "阿*说3号楼***室漏水，12号楼不漏。欧***没有来，电话138****8000。书记会后回话。" in told
    assert made.text.startswith(WORDS), "the keepers read it whole"
