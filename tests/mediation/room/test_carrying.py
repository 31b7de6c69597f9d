"""Proposals whose time runs out, and one that is put to each side alone: nobody learns what the other answered."""

from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.timers.commands import fire_due
from mediation.room.card_rules import CardKind, CardState, Reply, Terms, answered
from mediation.room.cards import agreed_terms, lay, withdraw
from mediation.room.carrying import carry
from mediation.room.models import Message, RoomCard
from mediation.room.queries import history, visible_room
from mediation.room.replying import answer
from mediation.room.rules import LineKind
from tests.mediation.making import made_case, made_rooms
from tests.mediation.room.test_cards import PLAN, rooms_of, state_of
from tests.world import NOON, World, sign_in
from web.clocks import TIMERS

DAYS = replace(PLAN, holds=3)
OVER = NOON + timedelta(days=3)


def test_what_takes_an_answer_when() -> None:
    assert answered(CardKind.CONSENT, CardState.AGREED, None, NOON)
    assert not answered(CardKind.PROPOSAL, CardState.AGREED, None, NOON)
    assert answered(CardKind.PROPOSAL, CardState.DECLINED, OVER, NOON)
    assert not answered(CardKind.PROPOSAL, CardState.OPEN, OVER, OVER)
    gone = (CardState.WITHDRAWN, CardState.EXPIRED)
    assert not any(answered(kind, state, None, NOON) for kind in CardKind for state in gone)


async def test_a_proposal_runs_out_at_its_time_whether_or_not_anybody_looks(world: World) -> None:
    _, rooms = await rooms_of(world)
    joint = rooms["joint"]
    for odd in (replace(PLAN, holds=2), replace(PLAN, holds=0)):
        with pytest.raises(Unfit) as why:
            await lay(joint.code, "odd", CardKind.PROPOSAL, odd, by=world.lan, at=NOON)
        assert why.value.field == "holds"
    with pytest.raises(Unfit):
        await lay(joint.code, "fact", CardKind.FACT, Terms(text="漏过水。", holds=3), by=world.mediator, at=NOON)
    seq = (await lay(joint.code, "plan", CardKind.PROPOSAL, DAYS, by=world.lan, at=NOON)).seq
    kept = (await lay(joint.code, "kept", CardKind.PROPOSAL, DAYS, by=world.lan, at=NOON)).seq
    await answer(joint.code, kept, Reply.YES, by=world.qiang, at=OVER - timedelta(seconds=1))
    with pytest.raises(MovedOn):  # the clock of the program decides, before the timer has fired
        await answer(joint.code, seq, Reply.YES, by=world.qiang, at=OVER)
    await fire_due(TIMERS, OVER - timedelta(seconds=1))
    assert await state_of(seq, joint) is CardState.OPEN
    for _ in range(2):
        await fire_due(TIMERS, OVER)
    assert (await state_of(seq, joint), await state_of(kept, joint)) == (CardState.EXPIRED, CardState.AGREED)
    said = await Message.filter(room_id=joint.id, kind=LineKind.REPLY, author_id=None)
    assert [each.reply_to for each in said] == [seq]
    with pytest.raises(MovedOn):
        await withdraw(joint.code, seq, by=world.lan, at=OVER)


async def test_each_side_answers_alone_and_all_learn_only_that_all_accepted(world: World) -> None:
    case, rooms = await rooms_of(world)
    first, second, leads = rooms["A1"], rooms["R1"], world.mediator
    seq = (await lay(first.code, "plan", CardKind.PROPOSAL, DAYS, by=leads, at=NOON)).seq
    await answer(first.code, seq, Reply.YES, by=world.lan, at=NOON)
    assert await state_of(seq, first) is CardState.AGREED
    made = await carry(first.code, seq, second.code, "c1", by=leads, at=NOON + timedelta(days=1))
    card = await RoomCard.get(message_id=made.id)
    assert card.expires_at == OVER  # no longer than the first
    assert await state_of(seq, first) is CardState.OPEN
    with pytest.raises(MovedOn):
        await carry(first.code, seq, second.code, "c2", by=leads, at=NOON)
    before = [each.text for each in await history(await visible_room(world.lan, case.code, first.code, at=NOON))]
    await answer(second.code, made.seq, Reply.NO, by=world.qiang, at=NOON)
    assert await state_of(made.seq, second) is CardState.DECLINED
    after = await history(await visible_room(world.lan, case.code, first.code, at=NOON))
    assert ([each.text for each in after], await state_of(seq, first)) == (before, CardState.OPEN)
    assert await agreed_terms(case) is None
    await answer(second.code, made.seq, Reply.YES, by=world.qiang, at=NOON)
    assert {await state_of(seq, first), await state_of(made.seq, second)} == {CardState.AGREED}
    assert await agreed_terms(case) == DAYS
    last = (await history(await visible_room(world.lan, case.code, first.code, at=NOON)))[-1]
    assert (last.kind, last.name, last.reply_to, "both" in last.text) == (LineKind.REPLY, "", seq, True)


async def test_only_what_the_mediator_wrote_is_carried_and_only_between_one_sided_talks(world: World) -> None:
    _, rooms = await rooms_of(world)
    first, second, leads = rooms["A1"], rooms["R1"], world.mediator
    own = (await lay(first.code, "own", CardKind.PROPOSAL, PLAN, by=world.lan, at=NOON)).seq
    plan = (await lay(first.code, "plan", CardKind.PROPOSAL, DAYS, by=leads, at=NOON)).seq
    for seq, to, by, at, why in (
        (own, second.code, leads, NOON, Forbidden),
        (plan, rooms["joint"].code, leads, NOON, Forbidden),
        (plan, first.code, leads, NOON, Hidden),
        (plan, "0" * 16, leads, NOON, Hidden),
        (99, second.code, leads, NOON, Hidden),
        (plan, second.code, world.lan, NOON, Hidden),
        (plan, second.code, world.qiang, NOON, Hidden),
        (plan, second.code, leads, OVER, MovedOn),
    ):
        with pytest.raises(why):
            await carry(first.code, seq, to, "c1", by=by, at=at)
    assert await Message.filter(room_id=second.id).count() == 0


async def test_the_mediators_page_carries_it_and_the_sides_see_nothing_of_each_other(
    town: World, client: httpx2.AsyncClient
) -> None:
    case = await made_case(town)
    rooms = await made_rooms(case, town.mediator)
    first, second = (f"/cases/{case.code}/rooms/{rooms[name].code}" for name in ("A1", "R1"))
    client.cookies.update(await sign_in(town.mediator))
    form = {"client_id": "one", "kind": "proposal", "text": "各修各的。", "holds": "3"}
    assert (await client.post(f"{first}/cards", data=form)).status_code == 303
    assert "也拿去单独问阿强" in (await client.get(f"{first}/cards/1")).text
    sent = {"client_id": "two", "to": rooms["R1"].code}
    assert (await client.post(f"{first}/cards/1/carried", data=sent)).status_code == 303
    client.cookies.update(await sign_in(town.qiang))
    shown = (await client.get(second)).text
    assert "以前答复，过了时间就不算数了" in shown
    assert "只有调解员看得到" in shown
    assert (await client.post(f"{second}/cards/1/answer", data={"reply": "no"})).status_code == 303
    changed = (await client.get(second)).text
    assert "您答复过了，还可以改" in changed
    client.cookies.update(await sign_in(town.lan))
    assert "阿强" not in (await client.get(first)).text
    assert "分开问的各方" not in (await client.get(f"{first}/cards/1")).text
    client.cookies.update(await sign_in(town.mediator))
    leads = (await client.get(f"{first}/cards/1")).text
    assert "分开问的各方" in leads
    assert "有人不同意" in leads
    assert "也拿去单独问" not in leads
