"""The wall of a private room, a threat answered in minutes, and fear that is never told."""

import asyncio
from datetime import date

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.notice.models import Mail, Notice
from community.orgs.models import OrgKind
from community.people.models import Person
from community.record.models import Event as Fact
from community.record.outbox import deliver
from community.rights import Role
from mediation.case.access import Seat, Thing
from mediation.case.keys import lock_case
from mediation.case.models import Case
from mediation.case.queries import readable
from mediation.clock.extending import ask_all
from mediation.intake.rules import Kind
from mediation.intake.screening import Screened, screen
from mediation.risk.commands import acknowledge, agree, set_level
from mediation.risk.models import RiskSign
from mediation.risk.queries import assessed
from mediation.risk.rules import EXTRACT, Level, Safety, Sign
from mediation.risk.safety import check_off, extract, extract_of, threatened
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.mediation.clock.test_striking import ring
from tests.mediation.referral.making import org_of
from tests.mediation.scenarios.play import Play, at, begin, room
from tests.mediation.walls.knocking import NO_ROOM, shut, socket
from tests.web.crawl import client_of
from tests.world import World
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
    await _called(play, case, (mei, qiang))
    await _police(play, case, centre, (mei, qiang))


async def _called(play: Play, case: Case, parties: tuple[Person, Person]) -> None:
    """Call the threatened side alone, on the safe contact where there is one; who threatened hears nothing of it."""
    now, (mei, qiang) = at("2026-05-04 21:31"), parties
    heard = await Notice.filter(person_id=qiang.id).count(), await Mail.filter(person_id=qiang.id).count()
    seats = frozenset({Seat.MEDIATOR})
    assert await threatened(case, seats) == [("A1", "13800138000")]
    assert await threatened(case, frozenset({Seat.CENTRE})) == [], "names are the mediator's"
    afraid = await Case.get(id=case.id)
    afraid.afraid = True
    lock_case(afraid, "safe_contact", "只打妹妹的 13700137000")
    assert await threatened(afraid, seats) == [("A1", "只打妹妹的 13700137000")]
    for _ in range(2):
        await check_off(case.code, Safety.CALL, by=play.world.mediator, at=now)
    for person in (qiang, mei):
        with pytest.raises(Hidden):
            await readable(person, case.code, Thing.RISK, at=now)
    await deliver(tell, consumer="notice", at=now)
    assert heard == (
        await Notice.filter(person_id=qiang.id).count(),
        await Mail.filter(person_id=qiang.id).count(),
    )
    assert not await Notice.filter(person_id=qiang.id, sentence__in=[ALARM, EXTRACTED]).count()


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
