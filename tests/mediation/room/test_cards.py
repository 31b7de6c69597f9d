"""Cards in rooms: laid, answered with one tap, once; what everybody accepts begins the agreement."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from mediation.agreement import commands as agreements
from mediation.agreement.queries import opened_body
from mediation.agreement.text import draft_from
from mediation.appointment import offering
from mediation.appointment.offering import Offer
from mediation.appointment.rules import MeetBy
from mediation.case.models import Case, Consent
from mediation.room.card_rules import CardKind, CardState, ConsentAct, Reply, Terms
from mediation.room.cards import lay, withdraw
from mediation.room.commands import send
from mediation.room.models import CardReply, Message, Room, RoomCard
from mediation.room.queries import history, visible_room
from mediation.room.repeating import Repeated
from mediation.room.replying import answer, counter
from tests.asked import asked
from tests.mediation.agreement import making
from tests.mediation.making import made_case, made_rooms
from tests.mediation.room.conftest import Stage
from tests.world import NOON, World, sign_in

PLAN = Terms(text="先修好地漏并试水三天，再付吊顶的钱。", fen=220_000, payer="R1", payee="A1", days=15)
LATER = NOON + timedelta(minutes=1)


async def state_of(seq: int, room: Room) -> CardState:
    return (await RoomCard.get(message__room_id=room.id, message__seq=seq)).state


async def rooms_of(world: World) -> tuple[Case, dict[str, Room]]:
    case = await made_case(world)
    return case, await made_rooms(case, world.mediator)


async def test_a_proposal_is_accepted_by_all_and_begins_the_agreement(world: World) -> None:
    case = await making.mediating(world)
    joint, at = (await made_rooms(case, world.mediator))["joint"], making.DAY
    seq = (await lay(joint.code, "plan", CardKind.PROPOSAL, PLAN, by=world.mediator, at=at)).seq
    assert (await lay(joint.code, "plan", CardKind.PROPOSAL, PLAN, by=world.mediator, at=at)).again
    with pytest.raises(Forbidden):
        await answer(joint.code, seq, Reply.YES, by=world.mediator, at=at)
    await answer(joint.code, seq, Reply.YES, by=world.lan, at=at)
    before = (await Room.get(id=joint.id)).last_seq, await Event.all().count()
    await answer(joint.code, seq, Reply.YES, by=world.lan, at=at)  # tapped again
    assert ((await Room.get(id=joint.id)).last_seq, await Event.all().count()) == before
    await answer(joint.code, seq, Reply.NO, by=world.lan, at=at)  # thought it over, twice: all three answers are kept
    assert await state_of(seq, joint) is CardState.DECLINED
    await answer(joint.code, seq, Reply.YES, by=world.lan, at=at)
    assert [each.reply for each in await CardReply.all().order_by("id")] == [Reply.YES, Reply.NO, Reply.YES]
    assert await CardReply.filter(replaced_at=None).count() == 1
    await answer(joint.code, seq, Reply.YES, by=world.qiang, at=at)
    assert await state_of(seq, joint) is CardState.AGREED
    with pytest.raises(MovedOn):
        await withdraw(joint.code, seq, by=world.mediator, at=at)
    assert "试水" not in (await Message.get(room_id=joint.id, seq=seq)).body
    assert "试水" not in "".join(event.body for event in await Event.all())
    version = await agreements.begin(case.code, accepted=True, by=world.mediator, at=at)
    draft = draft_from(opened_body(version))
    paid, rest = draft.lines
    assert (paid.who, paid.whom, paid.amount, draft.total) == ("R1", "A1", 220_000, 220_000)
    assert rest.what == PLAN.text


async def test_a_proposal_is_declined_countered_or_taken_back_and_stays_in_its_room(world: World) -> None:
    case, rooms = await rooms_of(world)
    joint, alone = rooms["joint"], rooms["A1"]
    seq = (await lay(joint.code, "one", CardKind.PROPOSAL, PLAN, by=world.lan, at=NOON)).seq
    assert await CardReply.filter(reply=Reply.YES).count() == 1  # one's own proposal has one's yes
    less = Terms(text="付一千八。", fen=180_000, payer="R1", payee="A1", days=10)
    made = await counter(joint.code, seq, "two", less, by=world.qiang, at=NOON)
    assert (await state_of(seq, joint), made.reply_to) == (CardState.DECLINED, seq)
    await withdraw(joint.code, made.seq, by=world.qiang, at=NOON)
    assert await state_of(made.seq, joint) is CardState.WITHDRAWN
    with pytest.raises(MovedOn):
        await answer(joint.code, made.seq, Reply.YES, by=world.lan, at=NOON)
    inside = (await lay(alone.code, "three", CardKind.PROPOSAL, PLAN, by=world.lan, at=NOON)).seq
    with pytest.raises(Hidden):
        await answer(alone.code, inside, Reply.YES, by=world.qiang, at=NOON)
    with pytest.raises(Hidden):
        await visible_room(world.qiang, case.code, alone.code, at=NOON)
    with pytest.raises(Forbidden):
        await lay(rooms["internal"].code, "four", CardKind.PROPOSAL, PLAN, by=world.mediator, at=NOON)
    with pytest.raises(Forbidden):
        await lay(joint.code, "five", CardKind.FACT, Terms(text="漏过水。"), by=world.lan, at=NOON)
    with pytest.raises(Unfit) as why:
        await lay(joint.code, "six", CardKind.PROPOSAL, Terms(text="付钱", fen=1), by=world.lan, at=NOON)
    assert why.value.field == "payer"
    secret = "我最低两千块就可以接受，别告诉他"
    await send(alone.code, "secret", secret, by=world.lan, at=NOON)
    with pytest.raises(Repeated):
        await lay(joint.code, "seven", CardKind.PROPOSAL, Terms(text=secret), by=world.mediator, at=NOON)


async def test_facts_are_confirmed_or_objected_to_and_consents_are_kept(world: World) -> None:
    _, rooms = await rooms_of(world)
    joint = rooms["joint"]
    fact = (
        await lay(joint.code, "fact", CardKind.FACT, Terms(text="八月三日漏过水。"), by=world.mediator, at=NOON)
    ).seq
    await answer(joint.code, fact, Reply.YES, by=world.lan, at=NOON)
    with pytest.raises(Unfit) as why:
        await answer(joint.code, fact, Reply.NO, by=world.qiang, at=NOON)
    assert why.value.field == "words"
    await answer(joint.code, fact, Reply.NO, words="是八月四日。", by=world.qiang, at=NOON)
    assert await state_of(fact, joint) is CardState.DECLINED
    given = {row.given for row in await Consent.filter(act="undisputed_fact")}
    assert given == {True, False}
    terms = Terms(text="全程录音录像，只存在调委会。", act=ConsentAct.RECORD)
    taped = (await lay(joint.code, "tape", CardKind.CONSENT, terms, by=world.mediator, at=NOON)).seq
    await answer(joint.code, taped, Reply.YES, by=world.lan, at=NOON)
    await answer(joint.code, taped, Reply.YES, by=world.qiang, at=NOON)
    assert await Consent.filter(act="record_av", given=True, method="card").count() == 2
    assert await state_of(taped, joint) is CardState.AGREED
    await answer(joint.code, taped, Reply.NO, by=world.qiang, at=LATER)  # a consent may be taken back while they talk
    assert await state_of(taped, joint) is CardState.DECLINED
    assert [row.given for row in await Consent.filter(act="record_av").order_by("id")] == [True, True, False]
    with pytest.raises(Unfit):
        await lay(joint.code, "odd", CardKind.CONSENT, Terms(text="？", act="sell"), by=world.mediator, at=NOON)


async def test_the_cards_on_the_page_without_script(client: httpx2.AsyncClient, town: World) -> None:
    case = await making.mediating(town)
    rooms = await made_rooms(case, town.mediator)
    joint, alone = rooms["joint"], rooms["A1"]
    base = f"/cases/{case.code}/rooms/{joint.code}"
    client.cookies.update(await sign_in(town.mediator))
    assert "放一张卡片" in (await client.get(base)).text
    assert "征求同意" in (await client.get(f"{base}/cards")).text
    form = {"client_id": "one", "kind": "proposal", "text": PLAN.text, "amount": "2200", "payer": "R1", "payee": "A1"}
    wrong = await client.post(f"{base}/cards", data=form)
    assert wrong.status_code == 422
    assert "几天之内" in wrong.text
    assert (await client.post(f"{base}/cards", data={**form, "days": "15"})).status_code == 303
    begins = [NOON + timedelta(days=days) for days in (3, 4)]
    await offering.offer(case.code, Offer(begins=begins, meet_by=MeetBy.PHONE, minutes=30), by=town.mediator, at=NOON)
    last = (await Room.get(id=joint.id)).last_seq
    client.cookies.update(await sign_in(town.lan))
    with asked() as questions:
        shown = (await client.get(base)).text
    assert len(questions) <= 12
    assert "2,200.00" in shown
    assert "哪几个时间您方便" in shown
    answered = await client.post(f"{base}/cards/{last}/times", data={"suits": ["2"]})
    assert answered.headers["location"].endswith(f"#m-{last}")
    assert "1 个时间方便" in (await client.get(base)).text
    assert (await client.post(f"{base}/cards/{last - 1}/answer", data={"reply": "yes"})).status_code == 303
    after = (await client.get(base)).text
    assert "阿兰同意了第" in after or "您同意了第" in after or "同意了第" in after
    client.cookies.update(await sign_in(town.qiang))
    other = await client.get(f"{base}/cards/{last - 1}")
    assert "另提一个方案" in other.text
    assert (await client.get(f"/cases/{case.code}/rooms/{alone.code}/cards/1")).status_code == 404
    assert (await client.get(f"/cases/{case.code}/rooms/{alone.code}/cards")).status_code == 404
    offer = {"client_id": "mine", "text": "付一千八。", "amount": "1800", "payer": "R1", "payee": "A1", "days": "10"}
    assert (await client.post(f"{base}/cards/{last - 1}/counter", data=offer)).status_code == 303
    assert "另提了一个方案" in (await client.get(base)).text


async def test_a_card_and_its_answer_come_over_the_socket(stage: Stage) -> None:
    room = stage.rooms["joint"]
    async with stage.voice(stage.world.lan) as lan:
        await lan.tell("resume", after=0)
        await lay(room.code, "plan", CardKind.PROPOSAL, PLAN, by=stage.world.mediator, at=LATER)
        card = await lan.hears(lambda f: f["type"] == "message")
        assert PLAN.text in card["html"]
        await answer(room.code, card["seq"], Reply.YES, by=stage.world.qiang, at=LATER)
        await lan.hears(lambda f: f["type"] == "event")  # the page is asked how the card looks now
    lines = await history(await visible_room(stage.world.lan, stage.case.code, room.code, at=LATER))
    assert [each.reply for line in lines if line.card for each in line.card.replies] == [Reply.YES]
