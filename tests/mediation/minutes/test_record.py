"""A record from its first line to its seal: what may stand in it, who speaks, and that nothing is overwritten."""

import json
from typing import Any

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.notice.models import Mail, Notice
from community.record.models import Event
from community.record.outbox import deliver, facts_of
from mediation.agreement.rules import PaperMark
from mediation.archive.contents import PAPERS
from mediation.archive.purging import purge
from mediation.archive.rules import Leaf
from mediation.case.models import Case
from mediation.case.states import State
from mediation.minutes.models import TalkEntry, TalkMinutes
from mediation.minutes.queries import record_of
from mediation.minutes.rules import RecordStage
from mediation.minutes.sealing import countersign, seal
from mediation.minutes.speaking import OnPaper, refuse, speak
from mediation.minutes.text import canonical, digest
from mediation.minutes.writing import choose, drop, open_record, send_round, state, write_head
from mediation.parties import seating
from mediation.parties.rules import AttendRole
from mediation.room.commands import recall, send
from mediation.room.covering import cover
from mediation.room.rules import Cover
from tests.mediation.minutes.making import HEAD, LATER, SAID, told
from tests.world import NOON, World
from web.telling import tell

SECRETS = [SAID[name] for name in ("A1", "R1", "internal")]


async def test_only_lines_of_the_joint_talk_can_reach_a_record(world: World) -> None:
    made = await told(world)
    given: dict[str, Any] = {"by": world.mediator, "at": LATER}
    for name in ("A1", "R1", "internal"):  # their numbers run far beyond those of the joint talk
        who = world.lan if name == "A1" else world.qiang if name == "R1" else world.mediator
        for n in range(2, 5):
            await send(made.rooms[name].code, f"{name}-{n}", f"{SAID[name]} {n}", by=who, at=NOON)
    assert await choose(*made.at, range(1, 60), **given) == 1
    with pytest.raises(Unfit):
        await choose(*made.at, range(1, 60), **given)
    assert await TalkEntry.all().values_list("room_id", "seq") == [(made.rooms["joint"].id, 1)]
    found = await record_of(world.mediator, *made.at, at=LATER)
    assert [each["text"] for each in found.words["entries"]] == [SAID["joint"]]
    assert not [secret for secret in SECRETS if secret in canonical(found.words)]
    with pytest.raises(Forbidden, match="记进笔录"):
        await recall(made.rooms["joint"].code, 1, by=world.lan, at=NOON)


async def test_each_party_speaks_corrections_are_new_and_the_seal_keeps_every_word(world: World) -> None:
    made = await told(world, round_=True)
    mediator: dict[str, Any] = {"by": world.mediator, "at": LATER}
    lan, qiang = made.parties["A1"].code, made.parties["R1"].code
    with pytest.raises(MovedOn):
        await state(*made.at, speaker="阿强", words="另外的话", **mediator)
    with pytest.raises(MovedOn):
        await write_head(*made.at, HEAD, held_at=NOON, rights_told=True, **mediator)
    await speak(*made.at, lan, [1, 2], agreed=True, by=world.lan, at=LATER)
    with pytest.raises(Hidden):
        await speak(*made.at, qiang, [1], agreed=True, by=world.lan, at=LATER)
    with pytest.raises(Unfit):
        await speak(*made.at, qiang, [2], agreed=False, by=world.qiang, at=LATER)
    with pytest.raises(Unfit, match="没有核对完"):
        await seal(*made.at, shown=await made.shown(world), **mediator)
    await speak(*made.at, qiang, [2], agreed=False, words="我说的是下个月", by=world.qiang, at=LATER)
    await state(*made.at, speaker="阿强", words="我家下个月请人来看", corrects=2, **mediator)
    for witness in ("", "阿强", "吴老师"):
        with pytest.raises(Unfit):
            await speak(*made.at, qiang, [1], agreed=True, paper=OnPaper(PaperMark.INK, witness), **mediator)
    await speak(*made.at, qiang, [1, 3], agreed=True, paper=OnPaper(PaperMark.FINGER, "网格员小刘"), **mediator)
    stale = await made.shown(world)
    await refuse(*made.at, lan, why="认为第三条与自己无关", **mediator)
    with pytest.raises(Unfit, match="看过以后再签"):
        await seal(*made.at, shown=stale, **mediator)
    with pytest.raises(Forbidden):
        await seal(*made.at, shown=await made.shown(world), by=world.lan, at=LATER)
    row = await seal(*made.at, shown=await made.shown(world), **mediator)
    await _keeps(world, made, row)


async def _keeps(world: World, made: Any, row: TalkMinutes) -> None:  # noqa: ANN401 - a record and its case
    found = await record_of(world.qiang, *made.at, at=LATER)
    entries = found.words["entries"]
    assert [(each["n"], each.get("corrects")) for each in entries] == [(1, None), (2, None), (3, 2)]
    assert [mark["words"] for mark in entries[1]["marks"]] == ["", "我说的是下个月"]
    assert (entries[2]["marks"][0]["paper"], entries[2]["marks"][0]["witness"]) == ("finger", "网格员小刘")
    assert [each["why"] for each in found.words["refusals"]] == ["认为第三条与自己无关"]
    assert [(each["as"], each["name"]) for each in found.words["hands"]] == [("mediator", world.mediator.name)]
    assert row.sha256 == digest(found.words) == facts_of(await Event.get(kind="minutes.sealed"))["sha256"]
    stored = json.dumps([row.body, row.head, *(await TalkEntry.all().values_list("words", flat=True))])
    assert SAID["joint"] not in stored
    for deed in (drop, send_round):
        more = {"why": "再想想"} if deed is drop else {}
        with pytest.raises(MovedOn):
            await deed(*made.at, **more, by=world.mediator, at=LATER)
    await purge(made.rooms["joint"], at=LATER)
    assert (await record_of(world.lan, *made.at, at=LATER)).words == found.words
    case = await Case.get(id=made.case.id).select_related("org")
    assert await PAPERS[Leaf.MINUTES](case) == [[row.code, row.sha256, found.words]]


async def test_who_is_told_and_that_fear_keeps_a_mailbox_empty(world: World) -> None:
    made = await told(world, round_=True)
    await Case.filter(id=made.case.id).update(afraid=True, meets=True)
    await deliver(tell, consumer="notice", at=LATER)
    about = Notice.filter(url__contains="/minutes/")
    assert {each.person_id for each in await about} == {world.lan.id, world.qiang.id}
    mailed = {each.person_id for each in await Mail.all() if "笔录" in each.facts}
    assert world.qiang.id in mailed
    assert world.lan.id not in mailed
    for party, who in (("A1", world.lan), ("R1", world.qiang)):
        await speak(*made.at, made.parties[party].code, [1, 2], agreed=True, by=who, at=LATER)
    await deliver(tell, consumer="notice", at=LATER)
    assert await about.filter(person_id=world.mediator.id).count() == 1
    assert not [each for each in await Notice.all() if SAID["joint"] in each.sentence + each.facts]


async def test_what_was_covered_is_not_read_in_the_record_and_the_recorder_signs_what_they_wrote(world: World) -> None:
    made = await told(world)
    case, mediator = made.case.code, {"by": world.mediator, "at": LATER}
    seat = await seating.ask_in(case, AttendRole.RECORDER, "小周", "记录", agreed=True, sworn=True, **mediator)  # type: ignore[arg-type]
    token = await seating.offer(case, seat.code, **mediator)  # type: ignore[arg-type]
    await seating.take(token, by=world.stranger, at=LATER)
    own: dict[str, Any] = {"by": world.stranger, "at": LATER}
    await choose(*made.at, [1], **own)
    await state(*made.at, speaker="吴老师", words="今天谈到这里", **own)
    await send_round(*made.at, **own)
    await cover(made.rooms["joint"].code, 1, Cover.PRIVATE, **mediator)  # type: ignore[arg-type]
    found = await record_of(world.lan, *made.at, at=LATER)
    assert (found.words["entries"][0]["gone"], found.words["entries"][0]["text"]) == (Cover.PRIVATE, "")
    for party, who in (("A1", world.lan), ("R1", world.qiang)):
        await speak(*made.at, made.parties[party].code, [2], agreed=True, by=who, at=LATER)
    with pytest.raises(Unfit, match="记录人"):
        await seal(*made.at, shown=await made.shown(world), **mediator)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        await seal(*made.at, shown=await made.shown(world), **own)
    await countersign(*made.at, shown=await made.shown(world), **own)
    await seal(*made.at, shown=await made.shown(world), **mediator)  # type: ignore[arg-type]
    hands = (await record_of(world.lan, *made.at, at=LATER)).words["hands"]
    assert [each["as"] for each in hands] == ["recorder", "mediator"]


async def test_where_the_parties_do_not_meet_there_is_no_record_and_outsiders_find_none(world: World) -> None:
    made = await told(world)
    begin: dict[str, Any] = {"held_at": NOON, "rights_told": True, "at": LATER}
    for who in (world.stranger, world.director, world.intake, world.admin):
        for doing in (record_of(who, *made.at, at=LATER), open_record(made.case.code, HEAD, by=who, **begin)):
            with pytest.raises(Hidden):
                await doing
    with pytest.raises(Hidden):  # it does not go round yet
        await record_of(world.lan, *made.at, at=LATER)
    await drop(*made.at, why="重开一份", by=world.mediator, at=LATER)
    assert (await TalkMinutes.get(id=made.record.id)).stage is RecordStage.DROPPED
    await Case.filter(id=made.case.id).update(afraid=True)
    with pytest.raises(Forbidden):
        await open_record(made.case.code, HEAD, by=world.mediator, **begin)
    await Case.filter(id=made.case.id).update(state=State.PERFORMING)
    with pytest.raises(Hidden):
        await open_record(made.case.code, HEAD, by=world.mediator, **begin)
