"""Documents from outside stop a matter, take it up again, and undo it; the vote in it follows."""

from datetime import date, timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Holding
from community.record.models import Event
from community.rights import Role
from deliberation.ballot import casting, counting
from deliberation.ballot.models import Ballot, BallotState, Result
from deliberation.ballot.votes import Choice
from deliberation.body.queries import voices_of
from deliberation.matter import drafting, hosting, queries
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.oversight.models import Order
from deliberation.oversight.orders import correct, order
from deliberation.oversight.rules import Deed, Document, Issuer
from tests.deliberation.stage import VOTING, body_of, declared, opened, proposed, screened, talking, tick
from tests.world import NOON, World

PAPER = Document(issuer=Issuer.COURT, number="（2026）示民初 12 号", issued_on=date(2026, 5, 1), reason="有人起诉。")
DAY = timedelta(days=1)


async def ballot_at(world: World) -> Ballot:
    body, roll = await body_of(world)
    return await opened(world, body, roll, world.residents)


async def test_a_suspension_stops_the_clock_and_resuming_moves_it(world: World) -> None:
    body, _ = await body_of(world)
    matter = await screened(world, body)
    due = matter.due_at
    assert due
    await order(matter.id, Deed.SUSPEND, PAPER, by=world.supervisor, at=NOON + DAY)
    await matter.refresh_from_db()
    assert (matter.state, matter.returning, matter.due_at) == (State.SUSPENDED, State.SCREENING, None)
    assert [m.id for m in await queries.waiting_for(world.supervisor, at=NOON)] == [matter.id]
    late = NOON + timedelta(days=40)
    assert await tick(late) == 0
    with pytest.raises(MovedOn):
        await drafting.withdraw(matter.id, by=world.lan, at=late)
    assert await order(matter.id, Deed.RESUME, PAPER, by=world.supervisor, at=late - timedelta(hours=5)) is (
        State.SCREENING
    )
    await matter.refresh_from_db()
    assert matter.due_at == due + timedelta(days=39)
    assert await tick(matter.due_at) == 1
    assert await Event.filter(kind="matter.remind").count() == 1
    assert await Event.filter(kind="matter.suspend").count() == 1


async def test_only_an_overseer_with_a_numbered_reasoned_document_stops_a_matter(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    for person in (world.lan, world.clerk, world.moderator, world.stranger):
        with pytest.raises(Forbidden):
            await order(matter.id, Deed.SUSPEND, PAPER, by=person, at=NOON)
    for field, wrong in (("number", " "), ("reason", "因"), ("issued_on", date(2026, 5, 5))):
        paper = Document(
            **{**{n: getattr(PAPER, n) for n in ("issuer", "number", "issued_on", "reason")}, field: wrong}
        )
        with pytest.raises(Unfit) as why:
            await order(matter.id, Deed.REVOKE, paper, by=world.supervisor, at=NOON)
        assert why.value.field == field
    assert await Order.all().count() == 0
    await Holding.create(person=world.stranger, role=Role.STREET, place=world.street, since=NOON)
    assert await order(matter.id, Deed.REVOKE, PAPER, by=world.stranger, at=NOON) is State.REVOKED
    with pytest.raises(MovedOn):
        await order(matter.id, Deed.SUSPEND, PAPER, by=world.supervisor, at=NOON)
    assert await Order.all().count() == 1


async def test_a_halted_vote_takes_no_papers_and_goes_on_later(world: World) -> None:
    ballot = await ballot_at(world)
    voice = (await voices_of(world.qiang, ballot.roll_id))[0]
    await order(ballot.matter_id, Deed.SUSPEND, PAPER, by=world.supervisor, at=VOTING)
    with pytest.raises(Unfit, match="暂停"):
        await casting.cast(ballot.id, voice.head_id, Choice.YES, by=world.qiang, at=VOTING)
    assert await tick(ballot.closes_at + DAY) == 0
    with pytest.raises(Unfit, match="暂停或者作废"):
        await counting.tell(ballot.id, by=world.supervisor, at=ballot.closes_at + DAY)
    again = VOTING + timedelta(days=9, hours=1)
    await order(ballot.matter_id, Deed.RESUME, PAPER, by=world.supervisor, at=again)
    later, matter = await Ballot.get(id=ballot.id), await Matter.get(id=ballot.matter_id)
    assert (later.state, later.closes_at) == (BallotState.OPEN, ballot.closes_at + timedelta(days=10))
    assert (matter.state, matter.due_at) == (State.VOTING, later.closes_at)
    await casting.cast(ballot.id, voice.head_id, Choice.YES, by=world.qiang, at=again)
    await tick(later.closes_at)
    assert (await Ballot.get(id=ballot.id)).state is BallotState.COUNTING


async def test_a_notice_that_was_halted_opens_as_many_days_later(world: World) -> None:
    ballot = await ballot_at(world)
    await Ballot.filter(id=ballot.id).update(state=BallotState.WAITING)
    await Matter.filter(id=ballot.matter_id).update(state=State.NOTICED, due_at=ballot.opens_at)
    soon = ballot.opens_at - timedelta(hours=2)
    await order(ballot.matter_id, Deed.SUSPEND, PAPER, by=world.supervisor, at=soon)
    await order(ballot.matter_id, Deed.RESUME, PAPER, by=world.supervisor, at=soon + timedelta(hours=1))
    await tick(ballot.opens_at)
    assert (await Matter.get(id=ballot.matter_id)).state is State.NOTICED
    await tick(ballot.opens_at + DAY)
    assert (await Matter.get(id=ballot.matter_id)).state is State.VOTING


async def test_a_result_that_was_halted_is_shown_for_all_its_days(world: World) -> None:
    ballot = await ballot_at(world)
    await tick(ballot.closes_at)
    for teller in (world.clerk, world.supervisor):
        await counting.tell(ballot.id, by=teller, at=ballot.closes_at)
    until = (await Result.get(ballot_id=ballot.id)).shown_until
    await order(ballot.matter_id, Deed.SUSPEND, PAPER, by=world.supervisor, at=ballot.closes_at + DAY)
    assert await tick(until + DAY) == 0
    await order(ballot.matter_id, Deed.RESUME, PAPER, by=world.supervisor, at=ballot.closes_at + 4 * DAY)
    await tick(until)
    assert (await Matter.get(id=ballot.matter_id)).state is State.RESULT_NOTICE
    await tick(until + 3 * DAY)
    assert (await Matter.get(id=ballot.matter_id)).state is State.NO_QUORUM


async def test_an_ordered_correction_voids_the_vote_and_the_words_are_fixed_anew(world: World) -> None:
    ballot = await ballot_at(world)
    number = ballot.matter_id
    await order(number, Deed.ORDER_CORRECTION, PAPER, by=world.supervisor, at=VOTING)
    assert (await Ballot.get(id=ballot.id)).state is BallotState.VOID
    with pytest.raises(Forbidden):
        await correct(number, "改好了费用。", by=world.lan, at=VOTING)
    with pytest.raises(Unfit) as why:
        await correct(number, "改", by=world.clerk, at=VOTING)
    assert why.value.field == "words"
    assert await correct(number, "改好了费用。", by=world.clerk, at=VOTING) is State.DELIBERATING
    assert (await Order.get(matter_id=number)).answer == "改好了费用。"
    await hosting.finalise(number, by=world.clerk, at=VOTING)
    await tick(ballot.closes_at + DAY)
    assert (await Matter.get(id=number)).state is State.FINALISED
    with pytest.raises(MovedOn):
        await correct(number, "再改一次。", by=world.clerk, at=VOTING)


async def test_a_matter_may_be_stopped_twice(world: World) -> None:
    matter = await talking(world)
    await declared(matter.id, world.lan, world.clerk)
    for _ in range(2):
        await order(matter.id, Deed.SUSPEND, PAPER, by=world.supervisor, at=NOON)
        assert await order(matter.id, Deed.RESUME, PAPER, by=world.supervisor, at=NOON) is State.DELIBERATING
    assert await hosting.finalise(matter.id, by=world.clerk, at=NOON) is State.FINALISED
