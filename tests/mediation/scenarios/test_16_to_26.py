"""The wall of a private room, help for an elder, fear, papers that must be signed by hand, and special periods."""

import asyncio
import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from community.calendar.queries import calendar_at
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.notice.models import Mail, Notice
from community.orgs.models import OrgKind
from community.people.models import Person
from community.people.rules import Level as Strength
from community.privacy.rules import mask_name
from community.record.models import Event as Fact
from community.record.outbox import deliver
from community.rights import Role
from mediation.agreement import running as running_agreement
from mediation.agreement.by_hand import sign_on_paper, sign_own
from mediation.agreement.models import Agreement, AgreementVersion, Obligation, Ratification
from mediation.agreement.queries import obligations_of, out_of, paper_of, signed_name, witness_of
from mediation.agreement.ratifying import ratify, rosters
from mediation.agreement.rules import ClauseKind, Line, PaperMark
from mediation.agreement.text import sections
from mediation.agreement.voicing import offer_voice, voice
from mediation.appointment import answering, attending
from mediation.appointment import offering as appointments
from mediation.appointment.attending import Seen
from mediation.appointment.letters import LETTER, token_for
from mediation.appointment.offering import Offer
from mediation.appointment.rules import Came, MeetBy
from mediation.assignment.choosing import suggestions
from mediation.assignment.ranking import Why
from mediation.case.commands import terminate
from mediation.case.deadlines import due_of, rule
from mediation.case.keys import opened
from mediation.case.models import Case, Consent, DueChange, Party, Period, Proceeding, Side
from mediation.case.queries import name_for, parties_of, seats_of, visible_case
from mediation.case.standing import stands
from mediation.case.states import Clock, Outcome, State
from mediation.case.waiting import resume
from mediation.clock.extending import answer_on_paper, ask_all
from mediation.confirmation.grounds import Bar
from mediation.confirmation.queries import bars_of, in_force
from mediation.evidence import appraising
from mediation.evidence.appraising import Proposal
from mediation.evidence.commands import bring, share, withdraw
from mediation.evidence.queries import desk_of, piece_of, pieces_of
from mediation.evidence.reading import appraisal_of
from mediation.evidence.rules import ProofForm, ProofKind
from mediation.intake import commands
from mediation.intake.consent import agree_in_person
from mediation.intake.models import Assistance
from mediation.intake.rules import Authorised, Filing, Kind, Named
from mediation.intake.screening import Screened, screen
from mediation.interpreting.commands import ask_agreement, ask_line, ask_record, sign_record, translate
from mediation.minutes.queries import record_of
from mediation.minutes.sealing import seal
from mediation.minutes.speaking import speak
from mediation.minutes.text import digest
from mediation.minutes.writing import Head, choose, open_record, send_round
from mediation.parties import commands as parties
from mediation.parties.models import Attendant
from mediation.parties.queries import clear, members_of, standings
from mediation.parties.rules import AttendRole, MemberVote, Power, ProxyKind
from mediation.parties.seating import ask_in
from mediation.register.commands import Entry, enter
from mediation.register.rules import Post, Tongue
from mediation.risk.commands import acknowledge, agree, set_level
from mediation.risk.models import RiskSign
from mediation.risk.queries import assessed
from mediation.risk.rules import EXTRACT, Level, Safety, Sign
from mediation.risk.safety import check_off, extract, extract_of
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.community.files.test_sound import NARROW
from tests.deliberation.stage import body_of
from tests.mediation.clock.test_striking import ring
from tests.mediation.evidence.making import PAPER, paper, told
from tests.mediation.referral.making import org_of
from tests.mediation.scenarios.play import DAY, Play, at, begin, draft, due, pay, room
from tests.mediation.walls.knocking import NO_ROOM, shut, socket
from tests.web.crawl import client_of
from tests.world import NOON, World, sign_in
from web.clock import Clock as Watch
from web.mediation.clock.tellers import ASKED as MORE_DAYS
from web.mediation.risk.tellers import ALARM, EXTRACTED
from web.mediation.room.tellers import SENTENCE as SAID
from web.telling import tell

SECRET = "我最低可以接受两千块，别告诉她"


async def test_16_nobody_else_reaches_a_private_room(app: Starlette, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-05-04 11:00"))
    alone = await room(case, RoomKind.CAUCUS, "R1")
    await send(alone.code, "one", SECRET, by=qiang, at=at("2026-05-04 11:01"))
    await deliver(tell, consumer="notice", at=at("2026-05-04 11:02"))
    _, judge = await org_of(town, OrgKind.COURT, "云州区法院")
    colleague = await play.person("郑老师", Role.PEOPLE_MEDIATOR, play.org)
    for person in (mei, judge, town.director, town.admin, colleague):
        async with await client_of(app, person) as client:
            await _knocks(app, client, person, case, alone)
    await asyncio.sleep(0.05)  # they are noted beside the answers
    noted = await Fact.filter(kind="room.denied").order_by("actor_id").values_list("actor_id", "subject")
    turned_away = (mei, judge, town.director, town.admin, colleague)
    assert noted == sorted((person.id, alone.name) for person in turned_away)
    assert not [each.id for each in await Notice.all() if SECRET in each.sentence + each.facts]
    assert not [each.id for each in await Mail.all() if SECRET in each.facts]


async def _knocks(app: Starlette, client: httpx2.AsyncClient, person: Person, case: Case, alone: Room) -> None:
    """Try every way to the words that somebody who guessed the room's name has."""
    base = f"/cases/{case.code}/rooms/"
    assert await shut(client, base + alone.code, base + NO_ROOM) == ""
    for tail in ("/recall", ""):
        posts = [await client.post(f"{base}{one}{tail}", data={"seq": "1"}) for one in (alone.code, NO_ROOM)]
        assert posts[0].status_code == posts[1].status_code
        assert SECRET not in posts[0].text
    live, nothing = [await socket(app, person, f"{base}{one}/live") for one in (alone.code, NO_ROOM)]
    assert live == nothing
    open_pages = (f"/search?q={SECRET[:6]}", "/notices", "/desk", f"/cases/{case.code}", "/nowhere")
    closed = (
        f"/cases/{case.code}/agreement/paper",
        f"/cases/{case.code}/clocks",
        f"/handovers/{alone.code}/package.zip",
    )
    for url in (*open_pages, *closed):
        assert SECRET not in (await client.get(url)).text.replace(SECRET[:6] + '"', "")


async def test_17_a_deaf_elder_and_the_grid_worker(play: Play) -> None:
    grid = await play.person("刘晨", Role.GRID_WORKER)
    other = await play.person("邻居")
    filing = Filing(
        kind=Kind.NEIGHBOURS,
        statement="楼上堆物挡路，出不了门。",
        applicant=Named(name="马福全"),
        respondent=Named(name="邻居", email=other.email),
        told=True,
        helped=True,
        read_back=True,
        authorised=Authorised.FINGERPRINT,
    )
    where = play.world.community.id
    case = await commands.file(filing, by=grid, community_id=where, at=at("2026-06-01"))
    helped = await Assistance.get(case_id=case.id)
    assert (helped.helper_id, helped.authorised, helped.read_back_at) == (
        grid.id,
        Authorised.FINGERPRINT,
        at("2026-06-01"),
    )
    assert (await Consent.get(party__case_id=case.id)).method == "on_behalf"
    case, before = await visible_case(grid, case.code, at=at("2026-06-01"))
    elder = (await parties_of(case))[0]
    assert name_for(before, case, elder) == "马**"
    await play.invite(case, at("2026-06-02"))
    await play.agree(case, other, at("2026-06-03"))
    case = await play.accept(case, at("2026-06-03"))
    case, after = await visible_case(grid, case.code, at=at("2026-06-04"))
    assert name_for(after, case, elder) == elder.sign
    case = await play.lead(case, at("2026-06-04"))
    await _visited(play, case, elder)
    signs: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-05")}
    await parties.interpret(case.code, elder.code, "手语老师", "手语", kin=False, sworn=True, **signs)
    mover = Line(kind=ClauseKind.DO, who="R1", whom="A1", what="搬走门口的东西", until=date(2026, 6, 30))
    await play.write(case, draft(mover), at("2026-06-05"))
    with pytest.raises(Unfit, match="当面签字"):
        await play.send_out(case, at("2026-06-05"))
    await play.send_out(case, at("2026-06-05"), by_hand=["A1"])
    given = {"shown": (await out_of(case)).sha256 or "", "name": "马福全", "witness": "手语老师", **signs}
    for wrong, field in (({"name": "别人"}, "name"), ({"witness": "吴老师"}, "witness"), ({"shown": "0" * 64}, "form")):
        with pytest.raises(Unfit) as refused:
            await sign_on_paper(case.code, elder.code, PaperMark.FINGER, **{**given, **wrong})
        assert refused.value.field == field
    mark = await sign_on_paper(case.code, elder.code, PaperMark.FINGER, **given)
    assert (mark.level, mark.signer_id, signed_name(mark), witness_of(mark)) == (
        Strength.S3,
        None,
        "马福全",
        "手语老师",
    )
    with pytest.raises(MovedOn):
        await sign_on_paper(case.code, elder.code, PaperMark.INK, **given)
    await play.sign(case, at("2026-06-05"), other, play.world.mediator)
    case = await play.seal(case, at("2026-06-05 12:10"))
    assert case.state is State.PERFORMING


async def _visited(play: Play, case: Case, elder: Party) -> None:
    """Arrange the meeting at the committee with somebody who has neither a telephone nor a mailbox."""
    by: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-04 14:00")}
    day = Offer(begins=[at("2026-06-05 09:00")], meet_by=MeetBy.ONSITE, minutes=60, place="居委会一楼，门口有坡道")
    row = await appointments.offer(case.code, day, **by)
    other = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    await answering.answer_by_link(token_for(row, other), [1], by=None, at=at("2026-06-04 15:00"))
    await answering.answer_for(case.code, row.code, elder.code, [1], method="visit", **by)
    await appointments.fix(case.code, row.code, 1, **by)
    assert {mail.to for mail in await Mail.filter(template=LETTER)} == {opened(other, "email")}
    seen = {elder.code: Seen(Came.CAME), other.code: Seen(Came.CAME)}
    await attending.attend(case.code, row.code, seen, by=play.world.mediator, at=at("2026-06-05 09:00"))


async def test_17_a_deaf_elder_stops_by_pointing_at_a_card(
    client: httpx2.AsyncClient, app: Starlette, town: World
) -> None:
    play = await begin(town)
    other = await play.person("邻居")
    me = await play.person("马福全")
    case = await play.talking(me, other, "楼上堆物挡路。", at("2026-06-03"))
    elder = await Party.get(case_id=case.id, side=Side.APPLICANT)
    await Party.filter(id=elder.id).update(person_id=None)
    app.state.clock.move(at("2026-06-04") - NOON)
    client.cookies.update(await sign_in(town.mediator))
    there = f"/cases/{case.code}/stop"
    assert "我不想再调解了" in (await client.get(there)).text
    assert (await client.post(there, data={"party": elder.code})).status_code == 422
    told = {"party": elder.code, "how": "pointed", "witness": "手语老师"}
    assert (await client.post(there, data=told)).status_code == 303
    ended = await Case.get(id=case.id)
    assert (ended.state, ended.outcome) == (State.TERMINATED, Outcome.WITHDRAWN_MIDWAY)
    said = await Consent.filter(party_id=elder.id).order_by("-id").first()
    assert said
    assert (said.act, said.given, said.method) == ("mediate", False, "pointed")
    fact = await Fact.get(kind="case.terminate", subject=case.key)
    assert "手语老师" not in fact.body
    assert '"how":"pointed"' in fact.body
    assert (await client.get(there)).status_code == 404  # there is nothing left to stop
    client.cookies.update(await sign_in(other))
    assert (await client.post(there, data=told)).status_code == 404


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


async def test_20_forty_homeowners(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    group, developer = await play.person("业主"), await play.person("开发商")
    case = await play.talking(group, developer, "停车位没有交付。", at("2026-06-01"), kind=Kind.HOUSING)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    told: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-02")}
    await parties.enrol(case.code, party.code, [(f"业主{n}", f"{n}室") for n in range(40)], **told)
    members = await members_of(party)
    with pytest.raises(Unfit, match="2 到 5"):
        await parties.elect(case.code, party.code, [each.code for each in members[:6]], **told)
    per_home = Line(who="R1", whom="A1", amount=300000, until=date(2026, 7, 31), each=True)
    await play.write(case, draft(per_home), at("2026-06-02"))
    with pytest.raises(Unfit, match="推选代表人"):
        await play.send_out(case, at("2026-06-02"))
    await parties.elect(case.code, party.code, [each.code for each in members[:3]], **told)
    version = await play.send_out(case, at("2026-06-03"))
    votes = [MemberVote.YES] * 33 + [MemberVote.NO] * 4
    own = await play.person("业主0")
    token = await offer_voice(case.code, members[0].code, by=play.world.mediator, at=at("2026-06-03"))
    for stranger in (developer, play.world.mediator):
        with pytest.raises(Forbidden):
            await voice(token, MemberVote.NO, by=stranger, at=at("2026-06-03"))
    client.cookies.update(await sign_in(own))
    assert "开发商" in (asked := (await client.get(f"/voice/{token}")).text)
    assert "我不认可" in asked
    for word in ("no", "yes"):
        assert (await client.post(f"/voice/{token}", data={"vote": word})).status_code == 303
    with pytest.raises(Forbidden):
        await voice(token, MemberVote.NO, by=await play.person("别人"), at=at("2026-06-03"))
    said = await Ratification.get(member_id=members[0].id)
    assert (said.vote, (await said.by).id) == (MemberVote.YES, own.id)
    for member, vote in zip(members[1:], votes[1:], strict=False):
        await ratify(case.code, party.code, member.code, vote, by=play.world.mediator, at=at("2026-06-04"))
    await play.sign(case, at("2026-06-05"), group, developer, play.world.mediator)
    with pytest.raises(Unfit, match="没有表态"):
        await play.seal(case, at("2026-06-10"))
    await ring(at("2026-06-11"))
    case = await play.seal(case, at("2026-06-11"))
    roster = (await rosters(case, version))[0]
    assert (roster.count(MemberVote.YES), roster.count(MemberVote.PENDING), len(roster.unbound)) == (33, 3, 7)
    owed = await Obligation.get(case_id=case.id).select_related("clause")
    assert (owed.clause.amount_fen, case.state) == (9900000, State.PERFORMING)
    client.cookies.update(await sign_in(developer))
    shown = (await client.get(f"/cases/{case.code}/agreement")).text
    assert "40 人里，33 位认可，4 位不认可，3 位还没有说" in shown
    assert "业主36、业主37、业主38、业主39" in shown
    await _talked_about(client, play, developer)


async def _talked_about(client: httpx2.AsyncClient, play: Play, developer: Person) -> None:
    """Let four more of the kind be filed within ninety days: the director drafts a motion that names nobody."""
    client.cookies.update(await sign_in(play.world.director))
    body, _ = await body_of(play.world)
    asked = {"community": str(play.world.community.id), "kind": "03", "body": str(body.id)}
    for n in range(4):
        assert (await client.post("/desk/hotspots", data=asked)).status_code == 422
        other = await play.person(f"车主{n}")
        await play.file(other, developer.name, "停车位没有交付。", at("2026-05-01"), kind=Kind.HOUSING)
    answered = await client.post("/desk/hotspots", data=asked)
    assert answered.status_code == 303
    motion = (await client.get(answered.headers["location"])).text
    assert "不少于 5 件" in motion
    for name in ("业主", "开发商", "车主"):
        assert name not in motion


async def test_21_a_threat_is_answered_in_minutes(play: Play) -> None:
    world, (mei, qiang) = play.world, (await play.person("李梅"), await play.person("周强"))
    street, centre = await play.person("司法所", Role.JUSTICE_OFFICE), await play.person("调度", Role.DISPATCHER)
    case = await play.talking(mei, qiang, "漏水。", at("2026-05-04 19:00"))
    alone = await room(case, RoomKind.CAUCUS, "R1")
    said = await send(alone.code, "one", "今晚我拿刀去找他", by=qiang, at=at("2026-05-04 20:14"))
    signs = await RiskSign.filter(case_id=case.id).order_by("id")
    assert [(each.sign, each.place) for each in signs] == [
        (Sign.WEAPON, f"{alone.name}/{said.seq}"),
        (Sign.THREAT, f"{alone.name}/{said.seq}"),
    ]
    assert (await assessed(case)).level is Level.RED
    assert await _alarmed() == {world.mediator.id, world.director.id}
    assert await ring(at("2026-05-04 20:18")) == 0
    await ring(at("2026-05-04 20:19"))
    assert street.id in await _alarmed()
    assert centre.id not in await _alarmed()
    await ring(at("2026-05-04 20:29"))
    assert await _alarmed() == {world.mediator.id, world.director.id, street.id, centre.id}
    await acknowledge(case.code, by=centre, at=at("2026-05-04 20:30"))
    with pytest.raises(MovedOn):
        await acknowledge(case.code, by=street, at=at("2026-05-04 20:31"))
    await send(alone.code, "two", "我要弄死他", by=qiang, at=at("2026-05-04 21:00"))
    await acknowledge(case.code, by=world.mediator, at=at("2026-05-04 21:04"))
    assert await ring(at("2026-05-04 21:30")) == 0
    await _police(play, case, centre, (mei, qiang))


async def _police(play: Play, case: Case, duty: Person, parties: tuple[Person, Person]) -> None:
    """Call 110, give the police who, where, words and telephones, and hold the joint talk until it is calm."""
    now, (mei, qiang) = at("2026-05-04 21:31"), parties
    together = await room(case, RoomKind.JOINT)
    with pytest.raises(Forbidden, match="分别联系"):
        await send(together.code, "held", "明天几点谈？", by=mei, at=now)
    for _ in range(2):
        await check_off(case.code, Safety.POLICE, by=duty, at=now)
    await check_off(case.code, Safety.SEPARATE, by=duty, at=now)
    with pytest.raises(MovedOn):
        await check_off(case.code, Safety.SEPARATE, by=play.world.mediator, at=now)
    with pytest.raises(Unfit):
        await extract(case.code, " ", by=duty, at=now)
    with pytest.raises(Hidden):
        await extract(case.code, "清河派出所", by=qiang, at=now)
    made = await extract(case.code, "清河派出所", by=duty, at=now)
    _, facts = await extract_of(made.code, by=duty, at=now)
    assert [each["text"] for each in facts["words"]] == ["今晚我拿刀去找他", "我要弄死他"]
    assert [(each["sign"], each["phone"]) for each in facts["people"]] == [("A1", "13800138000"), ("R1", "13900139000")]
    assert {*facts, *(key for rows in (facts["people"], facts["words"]) for each in rows for key in each)} <= {*EXTRACT}
    with pytest.raises(Hidden):
        await extract_of(made.code, by=play.world.mediator, at=now)
    await deliver(tell, consumer="notice", at=now)
    others = await Notice.filter(sentence=EXTRACTED)
    assert {each.person_id for each in others} & {mei.id, qiang.id, duty.id} == set()
    assert play.world.director.id in {each.person_id for each in others}
    await set_level(case.code, Level.YELLOW, "人已经带走。", by=play.world.mediator, at=at("2026-05-05 09:00"))
    await agree(case.code, by=play.world.director, at=at("2026-05-05 09:10"))
    assert (await send(together.code, "again", "明天几点谈？", by=mei, at=at("2026-05-05 09:11"))).seq
    with pytest.raises(MovedOn):
        await check_off(case.code, Safety.DUTY, by=duty, at=at("2026-05-05 09:12"))
    with pytest.raises(Hidden):
        await extract_of(made.code, by=duty, at=at("2026-05-05 09:12"))


async def _alarmed() -> set[int]:
    """Return who was called, in a sentence without content."""
    await deliver(tell, consumer="notice", at=at("2026-05-04 20:30"))
    told = await Notice.filter(sentence=ALARM)
    assert not [each.id for each in told if "刀" in each.facts]
    return {each.person_id for each in told}


async def test_22_fear_is_asked_alone_and_never_told(app: Starlette, town: World) -> None:
    play = await begin(town)
    wife, husband = await play.person("妻"), await play.person("夫")
    case = await play.file(wife, "夫", "离婚后的房子怎么分。", at("2026-05-04 09:00"), kind=Kind.FAMILY)
    with pytest.raises(Unfit) as reach:
        await screen(case.code, Screened(alone=True, afraid=True), by=town.intake, at=at("2026-05-04 09:30"))
    assert reach.value.field == "reach"
    said = Screened(alone=True, afraid=True, reach="下午三点打她单位电话", meets=False)
    case = await screen(case.code, said, by=town.intake, at=at("2026-05-04 09:30"))
    await _sheet(app, town, case)
    await play.invite(case, at("2026-05-04 10:00"))
    invitation = await Mail.filter(template="mediation/intake/mail_invitation").first()
    assert invitation
    assert not {"13800138000", "下午三点", "302"} & set(str(invitation.facts).split('"'))
    await play.agree(case, husband, at("2026-05-04 10:30"))
    case = await play.lead(await play.accept(case, at("2026-05-04 11:00")), at("2026-05-04 11:00"))
    joint = [each.kind for each in await Room.filter(case_id=case.id)]
    assert RoomKind.JOINT not in joint
    async with await client_of(app, husband) as client:
        page = (await client.get(f"/cases/{case.code}")).text
    for words in ("怕", "下午三点", "13800138000"):
        assert words not in page
    alone = await room(case, RoomKind.CAUCUS, "A1")
    await send(alone.code, "one", "您方便的时候再说。", by=town.mediator, at=at("2026-05-04 11:20"))
    await ask_all(case.code, date(2026, 7, 20), by=town.mediator, at=at("2026-05-04 11:25"))
    await deliver(tell, consumer="notice", at=at("2026-05-04 11:30"))
    assert await Notice.filter(person_id=wife.id, sentence=SAID).exists()
    assert await Notice.filter(person_id=wife.id, sentence=MORE_DAYS).exists()
    assert await Mail.filter(person_id=husband.id).exists()
    assert not await Mail.filter(person_id=wife.id).exists()


async def _sheet(app: Starlette, town: World, case: Case) -> None:
    """Look at where a clerk asks: whom to turn to, and the quick way out."""
    async with await client_of(app, town.intake) as client:
        sheet = (await client.get(f"/desk/intake/{case.code}")).text
    for words in ("妇联", "法律援助", "人身安全保护令", "快速离开"):
        assert words in sheet


async def test_23_a_divorce_is_signed_on_paper(play: Play, tmp_path: Path) -> None:
    wife, husband = await play.person("妻"), await play.person("夫")
    case = await play.talking(wife, husband, "离婚协议。", at("2026-06-01"), kind=Kind.FAMILY)
    status = Line(kind=ClauseKind.STATUS, who="R1", whom="A1", what="双方自愿离婚。")
    await play.write(case, draft(status), at("2026-06-02"))
    with pytest.raises(Unfit, match="纸质签署") as refused:
        await play.send_out(case, at("2026-06-02"))
    assert refused.value.field == "kind-1"
    sent = await play.send_out(case, at("2026-06-02"), on_paper=True)
    assert paper_of(sent).copies == 4
    assert [each for _, lines in sections(paper_of(sent)) for each in lines][-1] == (
        "本协议一式四份，当事人各执一份，清河居人民调解委员会留存一份，办理登记等手续用一份。"
    )
    for person in (wife, husband, play.world.mediator):
        with pytest.raises(Unfit, match="不能电子签名"):
            await play.sign(case, at("2026-06-02"), person)
    await _by_hand(play, case, sent)
    with pytest.raises(Unfit, match="扫描下来"):
        await play.seal(case, at("2026-06-03"))
    await _scan(play, case, wife, husband, tmp_path)
    case = await play.seal(case, at("2026-06-03"))
    assert case.state is State.PERFORMING
    assert (await Agreement.get(case_id=case.id)).effective_at == at("2026-06-03")
    assert await bars_of(case, await in_force(case)) == (Bar.STATUS,)
    split = draft(pay("R1", "A1", 1500000, "2026-12-31"), pay("R1", "A1", 1500000, "2027-06-30"))
    money = await play.talking(wife, husband, "离婚后的分期付款。", at("2026-06-03"), kind=Kind.FAMILY)
    money = await play.bind(money, split, at("2026-06-04"), wife, husband)
    assert money.state is State.PERFORMING
    assert not await bars_of(money, await in_force(money))


async def _by_hand(play: Play, case: Case, sent: AgreementVersion) -> None:
    """Let both and the mediator sign the sheets by hand, before a witness; nobody else writes that down."""
    lead: dict[str, Any] = {"shown": sent.sha256 or "", "by": play.world.mediator, "at": at("2026-06-03")}
    for party in await parties_of(case):
        await sign_on_paper(case.code, party.code, PaperMark.INK, name=opened(party, "name"), witness="王见证", **lead)
    with pytest.raises(Unfit, match="姓名"):
        await sign_own(case.code, name="别人", **lead)
    with pytest.raises(Forbidden):
        await sign_own(case.code, name="妻", **{**lead, "by": await Person.get(name="妻")})
    mark = await sign_own(case.code, name=play.world.mediator.name, **lead)
    assert (mark.level, mark.mark) == (Strength.S3, PaperMark.INK)
    with pytest.raises(MovedOn):
        await sign_own(case.code, name=play.world.mediator.name, **lead)


async def _scan(play: Play, case: Case, wife: Person, husband: Person, folder: Path) -> None:
    """Keep the scan of the sheet they signed by hand where both sides find it, and nobody can exchange it."""
    lead, on = play.world.mediator, at("2026-06-03")
    scan = told("签好字的离婚协议", kind=ProofKind.SIGNED, form=ProofForm.COPY)
    kept = await paper(case, folder, "扫描件.pdf")
    with pytest.raises(Unfit):
        await bring(case.code, scan, kept, shown=True, by=lead, at=on)
    item = await bring(case.code, scan, kept, shown=True, sure=True, by=lead, at=on)
    for reader in (wife, husband):
        _, piece = await piece_of(reader, case.code, item.code, at=on)
        assert [each.sha256 for each in piece.files] == [hashlib.sha256(PAPER).hexdigest()]
        with pytest.raises(Forbidden):
            await withdraw(case.code, item.code, why="不要了", by=reader, at=on)


async def test_24_wages_in_arrears(app: Starlette, town: World, clock: Watch) -> None:
    play = await begin(town)
    worker, boss, voice = [await play.person(name) for name in ("工人1", "老板", "工友代表")]
    story = "六个人的工资，一共 47,600 元。"
    case = await play.file(worker, "老板", story, at("2026-07-06"), kind=Kind.LABOUR)
    others = [await play.add(case, f"工人{n}", at("2026-07-06"), side=Side.APPLICANT) for n in range(2, 7)]
    await play.invite(case, at("2026-07-06"))
    await play.agree(case, boss, at("2026-07-07"))
    desk: dict[str, Any] = {"by": play.world.intake, "at": at("2026-07-07")}
    for other in others:
        await agree_in_person(case.code, other.code, given=True, method="window", **desk)
        for power in ((), (Power.SETTLE,)):
            kind, who = ProxyKind.RECOMMENDED, parties.Someone(name="工友代表")
            row = await parties.appoint(case.code, other.code, who, kind, power, until=None, **desk)
            if power or other is others[0]:
                await play.seat(case, row.code, voice, at("2026-07-07"), play.world.intake)
            if not power:
                held = {each.settles for each in await stands(voice, case.id, at=at("2026-07-07"))}
                assert held <= {other is not others[0]}
                await parties.end(case.code, other.code, row.code, **desk)
    case = await play.lead(await play.accept(case, at("2026-07-07")), at("2026-07-07"))
    running = await Period.filter(case_id=case.id, clock=Clock.MEDIATE, ended_at=None)
    assert {each.rule: each.due for each in running}["D08"] == date(2026, 7, 21)
    await ring(at("2026-07-22"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    wages = [pay("R1", f"A{n}", 800000, "2026-08-31") for n in range(1, 6)]
    await play.write(case, draft(*wages, pay("R1", "A6", 760000, "2026-08-31")), at("2026-07-22"))
    await play.send_out(case, at("2026-07-22"))
    await play.sign(case, at("2026-07-22"), worker, boss, *[voice] * 5)
    with pytest.raises(Unfit, match="还有人没有签名"):
        await play.seal(case, at("2026-07-22 12:10"))
    await play.sign(case, at("2026-07-22"), play.world.mediator)
    case = await play.seal(case, at("2026-07-22 12:10"))
    assert case.state is State.PERFORMING
    assert await Party.filter(case_id=case.id, side=Side.APPLICANT).count() == 6
    assert await Proceeding.filter(case_id=case.id).count() == 1
    await running_agreement.overdue(case.key, at("2026-09-01 00:00"))
    clock.move(timedelta(days=121))
    async with await client_of(app, worker) as mine:
        shown = (await mine.get(f"/cases/{case.code}/agreement")).text
        order = (await mine.get(f"/cases/{case.code}/agreement/roads/payment-order")).text
    assert "劳动仲裁，时效一年" in shown
    assert "责令被申请人支付人民币肆万柒仟陆佰元整" in order


async def _health_file(play: Play, case: Case, patient: Person, hospital: Person, folder: Path) -> None:
    """Bring a health file: the mediator's alone until the patient herself shows it, which is asked by itself."""
    lead, on = play.world.mediator, at("2026-06-11")
    item = await bring(case.code, told("病历", medical=True), await paper(case, folder), by=patient, at=on)
    with pytest.raises(Hidden):
        await piece_of(hospital, case.code, item.code, at=on)
    assert (await piece_of(lead, case.code, item.code, at=on))[1].title == "病历"
    with pytest.raises(Forbidden):
        await share(case.code, item.code, sure=True, by=lead, at=on)
    with pytest.raises(Unfit, match="单独同意"):
        await share(case.code, item.code, by=patient, at=on)
    await share(case.code, item.code, sure=True, by=patient, at=on)
    assert (await piece_of(hospital, case.code, item.code, at=on))[1].title == "病历"


async def _appraised(play: Play, folder: Path) -> Case:
    """Wait for an appraisal from 06-22 to 07-10."""
    patient, hospital, expert, insurer = [
        await play.person(name) for name in ("患者", "医院", "鉴定人", "保险公司的人")
    ]
    case = await play.talking(patient, hospital, "手术后感染。", at("2026-06-10"), kind=Kind.MEDICAL)
    assert (await due(case, Clock.MEDIATE)).due == date(2026, 7, 23)
    await _health_file(play, case, patient, hospital, folder)
    lead: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-22")}
    with pytest.raises(Unfit, match="征得各方当事人同意"):
        await ask_in(case.code, AttendRole.INVITEE, "保险公司", "理赔", agreed=False, sworn=True, **lead)
    seat = await ask_in(case.code, AttendRole.INVITEE, "保险公司", "理赔", agreed=True, sworn=True, **lead)
    await play.seat(case, seat.code, insurer, at("2026-06-22"))
    wish = Proposal(matter="医疗损害鉴定", expert="示范鉴定所", payer="双方各半")
    row = await appraising.propose(case.code, wish, **lead)
    await appraising.answer(case.code, row.code, agreed=True, by=patient, at=at("2026-06-22"))
    with pytest.raises(MovedOn):
        await appraising.commission(case.code, row.code, free=True, sworn=True, **lead)
    await appraising.answer(case.code, row.code, agreed=True, by=hospital, at=at("2026-06-22"))
    with pytest.raises(Unfit, match="利害关系"):
        await appraising.commission(case.code, row.code, free=False, sworn=True, **lead)
    row = await appraising.commission(case.code, row.code, free=True, sworn=True, **lead)
    assert (await Case.get(id=case.id)).state is State.SUSPENDED
    await play.seat(case, (await Attendant.get(id=row.seat_id)).code, expert, at("2026-06-23"))
    for somebody in (expert, insurer):
        with pytest.raises(Hidden):
            await desk_of(somebody, case.code, at=at("2026-06-23"))
    with pytest.raises(Hidden):
        await appraisal_of(insurer, case.code, row.code, at=at("2026-06-23"))
    ready = await paper(case, folder, "意见书.pdf")
    row = await appraising.file_opinion(case.code, row.code, "鉴定意见书", ready, by=expert, at=at("2026-07-10"))
    await resume(case.code, solved="鉴定意见到了", by=play.world.mediator, at=at("2026-07-10"))
    for reader in (patient, hospital, play.world.mediator):
        desk = await desk_of(reader, case.code, at=at("2026-07-11"))
        assert [(each.item.kind, each.title) for each in await pieces_of(desk)][-1] == (
            ProofKind.OPINION,
            "鉴定意见书",
        )
    period = await due(case, Clock.MEDIATE)
    assert period.due == date(2026, 8, 13)
    assert (await DueChange.get(period_id=period.id)).was == date(2026, 7, 23)
    return case


async def test_25_an_appraisal_is_not_counted(play: Play, tmp_path: Path) -> None:
    case = await _appraised(play, tmp_path)
    await ring(at("2026-08-13 23:59"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    await ring(at("2026-08-14 00:00"))
    case = await Case.get(id=case.id)
    assert (case.state, case.outcome) == (State.TERMINATED, Outcome.PERIOD_EXPIRED)
    longer = await _appraised(play, tmp_path)
    await ask_all(longer.code, date(2026, 9, 30), by=play.world.mediator, at=at("2026-08-10"))
    for party in await parties_of(longer):
        await answer_on_paper(longer.code, party.code, by=play.world.mediator, at=at("2026-08-13"))
    await ring(at("2026-08-14 00:00"))
    assert ((await Case.get(id=longer.id)).state, (await due(longer, Clock.MEDIATE)).due) == (
        State.MEDIATING,
        date(2026, 9, 30),
    )


async def test_26_a_traffic_accident(play: Play) -> None:
    calendar = await calendar_at()
    assert due_of(rule("D09", "request"), date(2026, 5, 22), calendar).due == date(2026, 6, 1)
    hurt, driver, insurer = [await play.person(name) for name in ("伤者", "司机", "保险公司")]
    case = await play.file(hurt, "司机", "被车撞伤。", at("2026-06-05"), kind=Kind.TRAFFIC)
    third = await play.add(case, "保险公司", at("2026-06-05"), side=Side.THIRD)
    await play.invite(case, at("2026-06-05"))
    await play.agree(case, driver, at("2026-06-05"))
    with pytest.raises(Unfit, match="必要当事人未同意"):
        await play.accept(case, at("2026-06-05"))
    await play.agree(case, insurer, at("2026-06-05"), side=Side.THIRD)
    case = await play.lead(await play.accept(case, at("2026-06-05")), at("2026-06-05"))
    assert (third.sign, case.state) == ("T1", State.MEDIATING)
    lines = [("医疗费", 1260000), ("误工费", 800000), ("残疾赔偿金", 9840000)]
    insured = [pay("T1", "A1", fen, "2026-07-31", what) for what, fen in lines]
    words = draft(*insured, pay("R1", "A1", 100000, "2026-07-31", "交强险以外"))
    assert words.total == 12000000
    case = await play.bind(case, words, at("2026-06-10"), hurt, driver, insurer)
    assert sum(each.clause.amount_fen or 0 for each in await obligations_of(case)) == 12000000
    sued = await play.talking(hurt, driver, "又起诉了。", at("2026-06-05"), kind=Kind.TRAFFIC)
    await terminate(sued.code, Outcome.COURT_SEIZED, by=play.world.mediator, at=at("2026-06-05") + DAY)
    assert (await Case.get(id=sued.id)).state is State.TERMINATED
    assert "mediator" in await seats_of(play.world.mediator, sued, at=at("2026-06-06"))
