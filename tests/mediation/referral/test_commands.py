"""Handing a case on: asked, sent, taken, sent back, decided by the centre."""

from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import OrgKind
from community.people.models import Holding
from mediation.case.commands import terminate
from mediation.case.models import Assignment, Case, Period, Proceeding, Side, Track
from mediation.case.queries import parties_of, seats_of, visible_case
from mediation.case.states import Clock, Outcome, State
from mediation.clock.striking import strike
from mediation.referral import answering, ruling, sending
from mediation.referral.models import Handover, HandoverItem
from mediation.referral.queries import board, bounced, incoming, open_of, outgoing
from mediation.referral.rules import Basis, Passing
from mediation.room.models import Room, RoomMember
from tests.mediation.filing import accepted, filed
from tests.mediation.referral.making import AT, DUTY, WHY, court_of, dispatcher_of, org_of, plan, sent, talking
from tests.world import World

NUMBER = "（2026）云0101诉前调88号"
LATER = AT + timedelta(days=20)


async def test_everybody_agrees_and_it_goes(world: World) -> None:
    case, (court, head) = await talking(world), await court_of(world)
    asked = plan(court, basis=Basis.CONSENT, article="")
    handover = await sending.propose(case.code, asked, by=world.director, at=AT)
    assert WHY not in handover.reason
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    with pytest.raises(Hidden):
        await visible_case(head, case.code, at=AT)
    await sending.answer(case.code, given=True, by=world.lan, at=AT)
    with pytest.raises(Unfit, match="单独同意"):
        await sending.send(case.code, by=world.director, at=AT)
    with pytest.raises(MovedOn):
        await sending.answer(case.code, given=False, by=world.lan, at=AT)
    qiang = next(each for each in await parties_of(case) if each.side is Side.RESPONDENT)
    await sending.answer_for(case.code, qiang.code, given=True, method="paper", by=world.director, at=AT)
    handover = await sending.send(case.code, by=world.director, at=AT)
    assert handover.number == "（2026）幸福里居调移字第1号"
    assert handover.return_state is State.MEDIATING
    assert (await Case.get(id=case.id)).state is State.HANDOVER
    assert await seats_of(head, await Case.get(id=case.id), at=AT) == {"receiver"}
    assert [each.id for each in await incoming(head, at=AT)] == [handover.id]
    assert [each.id for each in await outgoing(world.director, at=AT)] == [handover.id]


async def test_one_no_is_enough_and_nothing_goes(world: World) -> None:
    case, (court, head) = await talking(world), await court_of(world)
    await sending.propose(case.code, plan(court, basis=Basis.CONSENT), by=world.director, at=AT)
    await sending.answer(case.code, given=False, by=world.qiang, at=AT)
    assert await open_of(case) is None
    assert (await Handover.get()).state is Passing.DROPPED
    with pytest.raises(MovedOn):
        await sending.send(case.code, by=world.director, at=AT)
    assert await HandoverItem.all().count() == 0
    assert await incoming(head, at=AT) == []


async def test_an_earlier_yes_is_not_a_yes_to_another_receiver(world: World) -> None:
    case, (court, _) = await talking(world), await court_of(world)
    street, _ = await org_of(world, OrgKind.STREET_OFFICE, "清河街道办事处")
    await sending.propose(case.code, plan(court, basis=Basis.CONSENT), by=world.director, at=AT)
    await sending.answer(case.code, given=True, by=world.lan, at=AT)
    await sending.answer(case.code, given=False, by=world.qiang, at=AT)
    await sending.propose(case.code, plan(street, Track.ADMIN, basis=Basis.CONSENT), by=world.director, at=AT)
    await sending.answer(case.code, given=True, by=world.qiang, at=AT)
    with pytest.raises(Unfit):
        await sending.send(case.code, by=world.director, at=AT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"track": Track.ADMIN}, "org"),
        ({"org": "nobody"}, "org"),
        ({"reason": " "}, "reason"),
        ({"article": ""}, "article"),
    ],
)
async def test_what_is_lacking_is_named(world: World, changes: dict[str, object], field: str) -> None:
    case, (court, _) = await talking(world), await court_of(world)
    with pytest.raises(Unfit) as wrong:
        await sending.propose(case.code, plan(court, **changes), by=world.director, at=AT)
    assert wrong.value.field == field


async def test_an_organisation_in_which_nobody_answers_cannot_be_chosen(world: World) -> None:
    case, (court, head) = await talking(world), await court_of(world)
    await Holding.filter(person_id=head.id).update(until=AT)
    with pytest.raises(Unfit, match="还没有人"):
        await sending.propose(case.code, plan(court), by=world.director, at=AT)


async def test_before_acceptance_only_everybodys_consent_moves_a_case(world: World) -> None:
    case, (court, _) = await filed(world), await court_of(world)
    with pytest.raises(Unfit, match="每一位当事人"):
        await sending.propose(case.code, plan(court), by=world.director, at=AT)


async def test_only_who_directs_or_dispatches_hands_on(world: World) -> None:
    case, (court, _) = await talking(world), await court_of(world)
    for somebody in (world.mediator, world.intake, world.lan, world.moderator):
        with pytest.raises(Forbidden):
            await sending.propose(case.code, plan(court), by=somebody, at=AT)
    with pytest.raises(Hidden):
        await sending.propose(case.code, plan(court), by=world.stranger, at=AT)


async def test_who_takes_it_has_it_and_the_sender_is_out(world: World) -> None:
    case, (court, head) = await talking(world), await court_of(world)
    handover = await sent(world, case, court)
    with pytest.raises(Unfit) as wrong:
        await answering.accept(handover.code, by=head, at=AT)
    assert wrong.value.field == "number"
    case = await answering.accept(handover.code, number=NUMBER, by=head, at=AT)
    assert (case.state, case.org_id, case.track) == (State.ASSIGNING, court.id, Track.COURT_PRE)
    runs = await Proceeding.filter(case_id=case.id).order_by("seq")
    assert [(each.org_id, each.ended_on is None) for each in runs] == [
        (world.mediation_committee.id, False),
        (court.id, True),
    ]
    assert runs[1].number == NUMBER
    periods = await Period.filter(case_id=case.id, ended_at=None)
    assert [(each.clock, each.rule) for each in periods] == [(Clock.MEDIATE, "D10")]
    assert await Assignment.filter(case_id=case.id, until=None).count() == 0
    assert await Room.filter(case_id=case.id, closed_at=None).count() == 0
    assert await RoomMember.filter(person_id=world.mediator.id, until=None).count() == 0
    for gone in (world.director, world.intake):
        with pytest.raises(Hidden):
            await visible_case(gone, case.code, at=AT)
    assert await seats_of(world.mediator, case, at=AT) == {"former"}
    with pytest.raises(MovedOn):
        await answering.reject(handover.code, reason="晚了", article=DUTY, by=head, at=AT)


async def test_the_number_comes_from_the_receivers_own_series(world: World) -> None:
    case = await talking(world)
    street, head = await org_of(world, OrgKind.STREET_OFFICE, "清河街道办事处")
    handover = await sent(world, case, street, Track.ADMIN)
    await answering.accept(handover.code, by=head, at=AT)
    assert (await Proceeding.get(case_id=case.id, ended_on=None)).number == "（2026）清河街道办事处行调字第1号"


async def test_what_comes_back_stands_where_it_stood_with_its_days(world: World) -> None:
    case, (court, head) = await talking(world), await court_of(world)
    before = await Period.get(case_id=case.id, clock=Clock.MEDIATE, ended_at=None)
    handover = await sent(world, case, court)
    assert (await Period.get(id=before.id)).waits_since is not None
    for reason, article in (("", DUTY), ("不归我们管", "")):
        with pytest.raises(Unfit):
            await answering.reject(handover.code, reason=reason, article=article, by=head, at=AT)
    back = AT + timedelta(days=2)
    case = await answering.reject(handover.code, reason="不归我们管", article=DUTY, by=head, at=back)
    after = await Period.get(id=before.id)
    assert case.state is State.MEDIATING
    assert after.waits_since is None
    assert after.due > before.due
    assert await Period.filter(case_id=case.id, clock=Clock.HANDOVER, ended_at=None).count() == 0
    assert "不归" not in (await Handover.get(id=handover.id)).answer
    with pytest.raises(Hidden):
        await visible_case(head, case.code, at=back)
    with pytest.raises(Hidden):
        await answering.open_package(handover.code, by=head, at=back)


async def _twice_back(world: World) -> Case:
    case = await talking(world)
    for name in ("甲部门", "乙部门"):
        org, head = await org_of(world, OrgKind.DEPARTMENT, name)
        handover = await sent(world, case, org, Track.ADMIN)
        await answering.reject(handover.code, reason="不归我们管", article=DUTY, by=head, at=AT)
    return case


async def test_after_two_bounces_the_centre_decides_and_its_word_is_not_sent_back(world: World) -> None:
    centre, case, (court, head) = await dispatcher_of(world), await _twice_back(world), await court_of(world)
    assert await bounced(case) == 2
    assert (await board(centre, at=AT))[0].bounced == 2
    with pytest.raises(Unfit, match="综治中心"):
        await sent(world, case, court)
    handover = await sending.propose(case.code, plan(court), by=centre, at=AT)
    assert handover.ordered
    with pytest.raises(Unfit, match="综治中心"):
        await answering.reject(handover.code, reason="不想办", article=DUTY, by=head, at=AT)
    await answering.accept(handover.code, number=NUMBER, by=head, at=AT)
    assert await bounced(case) == 0


async def test_the_centre_may_leave_it_where_it_is(world: World) -> None:
    centre, case, (court, _) = await dispatcher_of(world), await _twice_back(world), await court_of(world)
    with pytest.raises(Forbidden):
        await ruling.keep_here(case.code, reason="就地办", by=world.director, at=AT)
    with pytest.raises(Unfit):
        await ruling.keep_here(case.code, reason=" ", by=centre, at=AT)
    await ruling.keep_here(case.code, reason="就地办", by=centre, at=AT)
    assert await bounced(case) == 0
    await sent(world, case, court)
    with pytest.raises(MovedOn):
        await ruling.keep_here(case.code, reason="再来", by=centre, at=AT)


async def test_silence_is_followed_up_and_the_centre_may_call_back(world: World) -> None:
    centre, case, (court, head) = await dispatcher_of(world), await talking(world), await court_of(world)
    handover = await sent(world, case, court)
    with pytest.raises(Unfit, match="还没有到"):
        await ruling.recall(case.code, reason="等不及", by=centre, at=AT)
    period = await Period.get(case_id=case.id, clock=Clock.HANDOVER, ended_at=None)
    await strike(period.key, LATER)
    assert (await Case.get(id=case.id)).state is State.HANDOVER
    assert await Period.filter(case_id=case.id, clock=Clock.HANDOVER, ended_at=None).count() == 1
    first = (await board(centre, at=LATER))[0]
    assert (first.late, first.holder.id) == (True, court.id)
    with pytest.raises(Forbidden):
        await ruling.recall(case.code, reason="太久", by=world.director, at=LATER)
    case = await ruling.recall(case.code, reason="太久", by=centre, at=LATER)
    assert case.state is State.MEDIATING
    assert (await Handover.get(id=handover.id)).state is Passing.RECALLED
    assert await bounced(case) == 0
    with pytest.raises(MovedOn):
        await answering.accept(handover.code, number=NUMBER, by=head, at=LATER)


async def test_a_party_may_end_it_on_the_way(world: World) -> None:
    case, (court, head) = await talking(world), await court_of(world)
    handover = await sent(world, case, court)
    await terminate(case.code, Outcome.FAILED_GAP, by=world.lan, at=AT)
    with pytest.raises(MovedOn):
        await answering.accept(handover.code, number=NUMBER, by=head, at=AT)
    assert await incoming(head, at=AT) == []
    again = await sending.propose(case.code, plan(court, basis=Basis.CONSENT), by=world.director, at=AT)
    assert (await Handover.get(id=handover.id)).state is Passing.DROPPED
    for one in (world.lan, world.qiang):
        await sending.answer(case.code, given=True, by=one, at=AT)
    await sending.send(case.code, by=world.director, at=AT)
    case = await answering.accept(again.code, number=NUMBER, by=head, at=AT)
    assert case.state is State.ASSIGNING
    assert case.outcome is None


async def test_two_handovers_at_once_are_refused(world: World) -> None:
    case, (court, _) = await accepted(world), await court_of(world)
    await sending.propose(case.code, plan(court, basis=Basis.CONSENT), by=world.director, at=AT)
    with pytest.raises(MovedOn):
        await sending.propose(case.code, plan(court), by=world.director, at=AT)
