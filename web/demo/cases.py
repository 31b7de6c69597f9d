"""Cases of the demo, in several states, with a talk that is going on."""

from collections.abc import Sequence
from typing import Final

from community.files.storage import Storage
from community.people.models import Person
from mediation.assignment.commands import assign
from mediation.case.access import Seat, Thing
from mediation.case.commands import terminate
from mediation.case.models import Case, Party, Side
from mediation.case.states import Outcome
from mediation.intake import commands as intake
from mediation.intake import consent
from mediation.intake.rules import DeclineReason, Filing, Kind, Named
from mediation.privacy import commands as privacy
from mediation.privacy.logging import note
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from web.demo import agreed, halting, meeting, proving, recording, referring, registering, settling, shelving, watching
from web.demo.people import Town
from web.demo.story import Story

LEAK: Final = "卫生间顶上从上个月开始滴水，吊顶塌了一块，楼上说不是他家的水。修吊顶报价 3,200 元。"
FLOOR: Final = "楼上空调的冷凝水泡坏了地板，双方对损失多少说法不一。"
TALK: Final = (
    ("A", "卫生间顶上一直滴水，吊顶塌了一块，报价单我带来了。"),
    ("R", "漏水我认，可是三千二太多了，我问过师傅，一千八能做下来。"),
    ("M", "两位好。物业昨天上门看过，漏点在楼上的地漏，维修参考价两千到两千四。检测单两位都可以看。"),
    ("R", "那就按两千二算，我这周先把地漏修好。"),
    ("A", "修好要试水三天不漏，我才放心。"),
    ("M", "好，我把这两条写进协议：先修好并试水三天，再付两千二。"),
)


def told(kind: Kind, statement: str, me: Person, other: str, *, email: str = "") -> Filing:
    """Return a filing by ``me`` against somebody."""
    own = Named(name=me.name, phone="000-0000-1000", email=me.email)
    named = Named(name=other, email=email)
    return Filing(kind=kind, statement=statement, applicant=own, respondent=named, told=True)


async def play(story: Story, town: Town, files: Storage) -> None:
    """Play every case to where it stands today."""
    people = town.residents
    await story.to(60)
    await _refused(story, town, people[20], people[21])
    await story.to(50)
    await _settled(story, town)
    await story.to(40)
    await _agreed(story, town)
    await story.to(35)
    await _ended(story, town, people[22], people[23])
    await story.to(12)
    await _near_the_end(story, town)
    await registering.play(story, town)
    talking = await _accepted(story, town, Kind.NEIGHBOURS, LEAK, people[0], people[1])
    await _talk(story, town, talking, people[0], people[1])
    await recording.of_the_talk(story, town, talking, (people[0], people[1]))
    await _looked_up(story, town, talking)
    await meeting.arranged(story, town, talking, people[0])
    await proving.about_the_leak(story, town, talking, (people[0], people[1]), files)
    floor = await _accepted(story, town, Kind.DAMAGE, FLOOR, people[6], people[7])
    await proving.waits_for_an_expert(story, town, floor, (people[6], people[7]))
    waiting = "楼下麻将馆开到半夜，说了几次都没用，老人睡不着。"
    unled = await _accepted(story, town, Kind.NEIGHBOURS, waiting, people[2], people[24], mediator=False)
    await watching.asked_about(story, town, unled)
    stall = "占了公共楼道做生意，说一次吵一次。"
    heated = await _accepted(story, town, Kind.NEIGHBOURS, stall, people[13], people[14])
    await watching.in_danger(story, town, heated, people[14])
    noise = await _accepted(story, town, Kind.NEIGHBOURS, "楼上小孩夜里跑跳，天花板的灯都在晃。", people[9], people[10])
    await referring.from_the_street(story, town, noise, (people[9], people[10]))
    await story.to(3)
    await _going_round(story, town)
    rent = await _accepted(story, town, Kind.CONTRACT, "门面转租以后漏雨，修理钱谁出说不拢。", people[11], people[12])
    await referring.to_the_court(story, town, rent, (people[11], people[12]))
    await _file(
        story, town, told(Kind.PROPERTY, "物业费涨了三成，楼道灯坏了两个月没人修。", people[3], "示范物业"), people[3]
    )
    lacking = told(Kind.CONTRACT, "合租的押金没有退，转账记录在旧手机里。", people[8], "前合租人")
    await halting.lacks_papers(story, town, await _file(story, town, lacking, people[8]))
    await _invited(
        story,
        town,
        told(
            Kind.FAMILY,
            "三个儿女说好轮流照顾，只有我一个人在出钱。",
            people[4],
            people[25].name,
            email=people[25].email,
        ),
        people[4],
    )
    loan = told(Kind.CONTRACT, "装修尾款差一万二，起诉前法院问过双方，都愿意先调解。", people[15], "示范装修公司")
    await watching.of_the_court(story, town, await _file(story, town, loan, people[15]))
    late = await _file(
        story, town, told(Kind.CONTRACT, "借出去的钱法院已经判了，对方不还。", people[5], "老同学"), people[5]
    )
    await intake.decline(late.code, DeclineReason.SEIZED, by=town.staff["intake"], at=story.at)
    await late.refresh_from_db()
    await watching.on_the_shelf(story, town, late)
    await shelving.noted(story, town, floor)
    await shelving.from_paper(story, town, files)
    await shelving.denied(story)


async def _file(story: Story, town: Town, filing: Filing, by: Person) -> Case:
    return await intake.file(filing, by=by, community_id=town.community.id, at=story.at)


async def _invited(story: Story, town: Town, filing: Filing, by: Person) -> Case:
    case = await _file(story, town, filing, by)
    return await intake.invite(case.code, scope_ok=True, screened=True, by=town.staff["intake"], at=story.at)


async def _link(story: Story, town: Town, case: Case) -> str:
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    return await intake.invite_again(case.code, party.code, by=town.staff["intake"], at=story.at)


async def _accepted(
    story: Story, town: Town, kind: Kind, statement: str, me: Person, other: Person, *, mediator: bool = True
) -> Case:
    case = await _invited(story, town, told(kind, statement, me, other.name, email=other.email), me)
    await consent.agree(await _link(story, town, case), name=other.name, by=other, at=story.at)
    await intake.accept(case.code, by=town.staff["intake"], at=story.at)
    if mediator:
        code = town.staff["mediator"].code
        await assign(case.code, code, clear=True, willing=True, by=town.staff["director"], at=story.at)
    return case


async def _talk(story: Story, town: Town, case: Case, me: Person, other: Person) -> None:
    joint = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    speakers = {"A": me, "R": other, "M": town.staff["mediator"]}
    await _say(joint.code, [(speakers[who], words) for who, words in TALK], story)


async def _looked_up(story: Story, town: Town, case: Case) -> None:
    """The director asks for a telephone number, the justice office agrees, and the number is read."""
    head = town.staff["director"]
    basis, reason = "民法典第一百八十四条", "老人在现场晕倒送医，要马上联系家里人。"
    permit = await privacy.ask(case.code, Thing.IDENTITY, minutes=30, basis=basis, reason=reason, by=head, at=story.at)
    await privacy.decide(permit.code, granted=True, by=town.staff["justice"], at=story.at)
    await privacy.look(permit.code, by=head, at=story.at)
    await case.refresh_from_db()
    await note(case, {Seat.MEDIATOR}, (Thing.STATEMENT, Thing.JOINT), by=town.staff["mediator"], at=story.at)


async def _say(room: str, lines: Sequence[tuple[Person, str]], story: Story) -> None:
    for n, (person, words) in enumerate(lines):
        await send(room, f"demo-{room}-{n}", words, by=person, at=story.at)


async def _settled(story: Story, town: Town) -> None:
    """One case performed and closed, one being performed, one out for signing."""
    people = town.residents
    closed = await _accepted(story, town, Kind.NEIGHBOURS, LEAK, people[0], people[1])
    await settling.out_for_signing(story, town, closed, fen=180_000, in_days=10)
    await settling.into_effect(story, town, closed, (people[0], people[1]))
    await settling.to_the_end(story, town, closed, people[0])


async def _going_round(story: Story, town: Town) -> None:
    """Two agreements that wait for signatures, one of them of many owners."""
    people = town.residents
    many = await _accepted(story, town, Kind.HOUSING, "十二户的车位晚交了四个月。", people[18], people[19])
    await agreed.of_many(story, town, many)
    signing = await _accepted(story, town, Kind.NEIGHBOURS, "空调外机滴水滴到楼下雨棚上。", people[4], people[5])
    await settling.out_for_signing(story, town, signing, fen=30_000, in_days=30)


DISPUTES: Final = (
    ("late", Kind.CONTRACT, "借的一万元到期没有还。", 2, 3),
    ("changed", Kind.CONTRACT, "装修的尾款没有结清。", 4, 5),
    ("oral", Kind.NEIGHBOURS, "隔壁晚上在阳台唱歌。", 26, 27),
    ("confirmed", Kind.CONTRACT, "门面的押金没有退。", 0, 1),
    ("dismissed", Kind.CONTRACT, "合买的设备散伙时没有分清。", 0, 1),
)
"""Disputes that ended in an agreement: name, kind, story, who filed against whom."""


async def _agreed(story: Story, town: Town) -> None:
    people = town.residents
    cases = {}
    for name, kind, words, me, other in DISPUTES:
        cases[name] = await _accepted(story, town, kind, words, people[me], people[other])
    await agreed.early(story, town, cases)


async def _near_the_end(story: Story, town: Town) -> None:
    people = town.residents
    paint = "楼上装修把公共走廊的墙面磕坏了两处，答应补漆一直没来。"
    due = await _accepted(story, town, Kind.DAMAGE, paint, people[2], people[3])
    await settling.out_for_signing(story, town, due, fen=60_000, in_days=30)
    await settling.into_effect(story, town, due, (people[2], people[3]))
    await settling.one_applies(story, town, due, people[2])
    await agreed.said_of_it(story, town, due, people[2], people[3])
    fees = "物业费两个季度没有交，说保洁没有做好。"
    await agreed.being_written(story, town, await _accepted(story, town, Kind.PROPERTY, fees, people[16], people[17]))


async def _refused(story: Story, town: Town, me: Person, other: Person) -> None:
    filing = told(Kind.NEIGHBOURS, "对门把鞋柜放在公共楼道里，进出不便。", me, other.name, email=other.email)
    case = await _invited(story, town, filing, me)
    await consent.refuse(await _link(story, town, case), by=other, at=story.at)


async def _ended(story: Story, town: Town, me: Person, other: Person) -> None:
    case = await _accepted(story, town, Kind.DAMAGE, "电动车在楼下被刮了一道，对方说不是他。", me, other)
    await terminate(case.code, Outcome.FAILED_GAP, by=town.staff["mediator"], at=story.at)
