"""An interpreter for one side, and an elder who speaks Cantonese only."""

from typing import Any

import pytest
from starlette.applications import Starlette

from community.errors import Unfit
from community.people.models import Person
from community.privacy.rules import mask_name
from community.rights import Role
from mediation.assignment.choosing import suggestions
from mediation.assignment.ranking import Why
from mediation.case.models import Case, Party, Side
from mediation.interpreting.commands import ask_agreement, ask_line, ask_record, sign_record, translate
from mediation.minutes.queries import record_of
from mediation.minutes.sealing import seal
from mediation.minutes.speaking import speak
from mediation.minutes.text import digest
from mediation.minutes.writing import Head, choose, open_record, send_round
from mediation.parties import commands as parties
from mediation.parties.queries import clear, standings
from mediation.register.commands import Entry, enter
from mediation.register.rules import Post, Tongue
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.community.files.test_sound import NARROW
from tests.mediation.scenarios.play import Play, at, begin, draft, pay, room
from tests.web.crawl import client_of
from tests.world import World


async def test_18_an_interpreter_for_one_side(app: Starlette, town: World) -> None:
    play = await begin(town)
    tenant, landlord = await play.person("阿依古丽·买买提"), await play.person("房东")
    case = await play.talking(tenant, landlord, "押金不退。", at("2026-06-01"))
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    told: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-02")}
    for kin, sworn, field in ((True, True, "kin"), (False, False, "sworn")):
        with pytest.raises(Unfit) as refused:
            await parties.interpret(case.code, party.code, "帕提古丽", "维吾尔语", kin=kin, sworn=sworn, **told)
        assert refused.value.field == field
    await parties.interpret(case.code, party.code, "帕提古丽", "维吾尔语", kin=False, sworn=True, **told)
    beside = (await standings([party], at=at("2026-06-02")))[0].interpreters
    assert [(clear(each, "name"), each.language) for each in beside] == [("帕提古丽", "维吾尔语")]
    assert mask_name("阿依古丽·买买提") == "阿*·*"
    hearer, row = await play.person("帕提古丽"), beside[0].code
    await play.seat(case, row, hearer, at("2026-06-02"))
    joint = await room(case, RoomKind.JOINT)
    await send(joint.code, "ug", PLEA, by=tenant, at=at("2026-06-03 09:00"))
    line = await ask_line(case.code, joint.code, 1, row, by=town.mediator, at=at("2026-06-03 09:01"))
    await translate(case.code, line.code, "我要回我的押金。", by=hearer, at=at("2026-06-03 09:05"))
    record = await _recorded(play, case, row, hearer, (tenant, landlord))
    await play.write(case, draft(pay("R1", "A1", 300_000, "2026-07-01")), at("2026-06-04"))
    await play.send_out(case, at("2026-06-04"))
    task = await ask_agreement(case.code, row, by=town.mediator, at=at("2026-06-04"))
    await translate(case.code, task.code, DEED, by=hearer, at=at("2026-06-04"))
    await _aloud(app, case, joint, row, (tenant, hearer))
    async with await client_of(app, landlord) as client:
        talk = (await client.get(f"/cases/{case.code}/rooms/{joint.code}")).text
        assert f'dir="auto" lang="ug">{PLEA}' in talk
        assert ("我要回我的押金。" in talk, "帕提古丽" in talk) == (True, True)
        assert ("<audio" in talk, "我在语音里说房东没有退押金。" in talk) == (True, True)
        both = (await client.get(f"/cases/{case.code}/agreement/languages")).text
        assert f'dir="auto" lang="ug">{DEED}' in both
        assert ("以中文文本为准" in both, "帕提古丽" in both) == (True, True)
        paper = (await client.get(f"/cases/{case.code}/minutes/{record}")).text
        assert (PLEA in paper, "我要回我的押金。" in paper) == (True, True)


async def _aloud(app: Starlette, case: Case, joint: Room, row: str, people: tuple[Person, Person]) -> None:
    """Say something aloud in the other language; the interpreter hears it for a day and writes it down in Chinese."""
    (tenant, hearer), base = people, f"/cases/{case.code}"
    async with await client_of(app, tenant) as client:
        good = {"file": ("a.amr", NARROW)}
        sent = await client.post(f"{base}/rooms/{joint.code}/voice", data={"client_id": "aloud"}, files=good)
        assert sent.status_code == 303
    seq = (await Room.get(id=joint.id)).last_seq
    asked = at("2026-06-04 13:00")
    task = await ask_line(case.code, joint.code, seq, row, by=await Person.get(name="吴老师"), at=asked)
    async with await client_of(app, hearer) as client:
        app.state.clock.move(asked - app.state.clock.now())
        there = f"{base}/interpreting/{task.code}"
        assert "<audio" in (await client.get(there)).text
        assert (await client.get(f"{there}/voice")).content == NARROW
        assert (await client.post(there, data={"words": "我在语音里说房东没有退押金。"})).status_code == 303
        assert (await client.get(f"{there}/voice")).status_code == 404


PLEA = "زاكالەت پۇلۇمنى قايتۇرۇپ بەرسۇن"


DEED = "زاكالەت پۇلى قايتۇرۇلىدۇ"


async def _recorded(play: Play, case: Case, row: str, hearer: Person, sides: tuple[Person, Person]) -> str:
    """Keep a record of the plea; the interpreter reads it out and signs it."""
    lead: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-03 10:00")}
    head = Head(place="网上", present="阿依古丽·买买提\n房东\n帕提古丽（翻译）")
    record = await open_record(case.code, head, held_at=at("2026-06-03 09:00"), rights_told=True, **lead)
    await choose(case.code, record.code, [1], **lead)
    await send_round(case.code, record.code, **lead)
    for person in sides:
        own = await Party.get(case_id=case.id, person_id=person.id)
        await speak(case.code, record.code, own.code, [1], agreed=True, by=person, at=lead["at"])
    task = await ask_record(case.code, record.code, row, **lead)
    shown = digest((await record_of(play.world.mediator, case.code, record.code, at=lead["at"])).words)
    await sign_record(case.code, task.code, shown=shown, by=hearer, at=lead["at"])
    await seal(case.code, record.code, shown=shown, **lead)
    hands = (await record_of(sides[0], case.code, record.code, at=lead["at"])).words["hands"]
    assert (hands[0]["as"], hands[0]["name"]) == ("interpreter", "帕提古丽")
    return record.code


async def test_19_an_elder_who_speaks_cantonese_only(app: Starlette, town: World) -> None:
    """No machine writes down what is said aloud here, so nothing has to be marked as its work."""
    play = await begin(town)
    elder, other = await play.person("何婆婆"), await play.person("周强")
    case = await play.accepted(elder, other, "楼上漏水。", at("2026-05-04 11:00"))
    speaks = await play.person("郑老师", Role.PEOPLE_MEDIATOR, play.org)
    day, head = at("2026-05-04"), play.world.director
    assert await suggestions(case, tongue=Tongue.CANTONESE, at=day) == []
    entry = Entry(Post.PART, since=day.date(), tongues=(Tongue.CANTONESE, Tongue.MANDARIN))
    await enter(speaks.code, entry, by=head, at=day)
    assert [each.who.name for each in await suggestions(case, tongue=Tongue.CANTONESE, at=day)] == ["郑老师"]
    assert await suggestions(case, tongue=Tongue.UYGHUR, at=day) == []
    side = await Party.get(case_id=case.id, person_id=elder.id)
    await parties.interpret(case.code, side.code, "帕老师", "粤语", kin=False, sworn=True, by=head, at=day)
    first = (await suggestions(case, at=day))[0]
    assert (first.who.name, Why.TONGUE in dict(first.reasons)) == ("郑老师", True)
    case = await play.lead(case, day, speaks)
    joint = await room(case, RoomKind.JOINT)
    await send(joint.code, "yue", "阿婆话天花板漏水。", by=elder, at=at("2026-05-04 12:30"))
    async with await client_of(app, elder) as client:
        spoken: dict[str, Any] = {"data": {"client_id": "aloud"}, "files": {"file": ("a.amr", NARROW)}}
        assert (await client.post(f"/cases/{case.code}/rooms/{joint.code}/voice", **spoken)).status_code == 303
    top = Head(place="家里", present="何婆婆")
    lead: dict[str, Any] = {"by": speaks, "at": at("2026-05-04 13:00")}
    told: dict[str, Any] = {"held_at": at("2026-05-04 12:30"), "rights_told": True, **lead}
    record = await open_record(case.code, top, **told)
    assert (await record_of(speaks, case.code, record.code, at=at("2026-05-04 13:00"))).words["entries"] == []
    with pytest.raises(Unfit):  # what was said aloud gets in only as a statement that somebody typed
        await choose(case.code, record.code, [2], **lead)
    async with await client_of(app, elder) as client, await client_of(app, play.world.mediator) as outside:
        paper = f"/cases/{case.code}/rooms/{joint.code}/transcript?size=large"
        assert "阿婆话天花板漏水。" in (await client.get(paper)).text
        assert (await outside.get(paper)).status_code == 404
