"""Reminders and endings: each once, on its day, by whoever looks first."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from community.notice.models import Notice
from community.record.models import Event as Fact
from community.record.outbox import deliver, facts_of
from community.record.transaction import transact
from community.timers.commands import fire_due
from community.timers.models import Timer
from mediation.agreement import performing
from mediation.agreement.models import Obligation
from mediation.case.models import Case, DueChange, Period, Track
from mediation.case.states import Clock, Outcome, State
from mediation.case.terms import PauseReason
from mediation.case.waiting import resume, suspend
from mediation.clock.endings import note_late
from mediation.intake import commands as intake
from mediation.intake.reaching import attempt, unreachable
from mediation.intake.rules import DeclineReason
from tests.mediation.agreement import making
from tests.mediation.clock.test_ledger import noon, runs
from tests.mediation.filing import asked, filed, inviting
from tests.mediation.making import made_case
from tests.world import NOON, World
from web.clocks import TIMERS
from web.telling import tell


async def ring(at: datetime) -> int:
    """Do everything that is due at ``at``."""
    done = 0
    while fired := await fire_due(TIMERS, at):
        done += fired
    return done


async def told_of(case: Case, kind: str) -> int:
    """Return how many facts of a kind stand in the record."""
    return await Fact.filter(kind=kind, subject=case.key).count()


async def test_the_owner_is_reminded_before_and_on_the_last_day_once_each(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    period = await runs(case, "D06", "month", "2026-06-10")
    assert period.due == date(2026, 7, 10)
    for day in ("2026-07-02", "2026-07-03", "2026-07-03", "2026-07-07", "2026-07-09", "2026-07-10", "2026-07-10"):
        await ring(noon(day))
    facts = [facts_of(each) for each in await Fact.filter(kind="case.reminded", subject=case.key).order_by("id")]
    assert [each["stage"] for each in facts] == [1, 2, 3, 4]
    await deliver(tell, consumer="notice", at=noon("2026-07-10"))
    assert await Notice.filter(person_id=world.mediator.id, url=f"/cases/{case.code}").count() == 4


async def test_who_looks_late_is_told_the_last_thing_only(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    await runs(case, "D06", "month", "2026-06-10")
    await ring(noon("2026-07-09"))
    assert await told_of(case, "case.reminded") == 1


async def test_a_soft_period_ends_nothing_but_is_followed_up(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    await runs(case, "D06", "month", "2026-06-10")
    await ring(noon("2026-07-13"))
    await ring(noon("2026-07-14"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    assert await told_of(case, "case.late") == 1
    await deliver(tell, consumer="notice", at=noon("2026-07-14"))
    for person in (world.mediator, world.director):
        assert await Notice.filter(person_id=person.id, url=f"/cases/{case.code}").count() == 1


async def test_a_medical_case_expires_at_midnight_after_its_last_day(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    await runs(case, "D07", "", "2026-06-10")
    await suspend(case.code, PauseReason.APPRAISAL, by=world.mediator, at=noon("2026-06-22"))
    await ring(noon("2026-07-09"))
    assert await told_of(case, "case.reminded") == 0
    await resume(case.code, solved="鉴定意见已到", by=world.mediator, at=noon("2026-07-10"))
    await ring(datetime(2026, 8, 13, 15, 59, tzinfo=UTC))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    await ring(datetime(2026, 8, 13, 16, 0, tzinfo=UTC))
    ended = await Case.get(id=case.id)
    assert (ended.state, ended.outcome) == (State.TERMINATED, Outcome.PERIOD_EXPIRED)
    assert [each.clock for each in await Period.filter(case_id=case.id, ended_at=None)] == [Clock.CLOSE]


async def test_a_hard_period_that_ran_out_while_the_case_waited_ends_it_when_it_goes_on(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    await runs(case, "D07", "", "2026-06-10")
    await suspend(case.code, PauseReason.GUARDIAN, by=world.mediator, at=noon("2026-07-20"))
    await ring(noon("2026-07-24"))
    assert (await Case.get(id=case.id)).state is State.SUSPENDED
    assert await told_of(case, "case.late") == 1
    await resume(case.code, solved="监护人已指定", by=world.mediator, at=noon("2026-07-27"))
    await ring(noon("2026-07-27"))
    assert (await Case.get(id=case.id)).outcome is Outcome.PERIOD_EXPIRED


async def test_a_court_case_has_the_days_the_court_gives(world: World) -> None:
    case = await made_case(world)
    await Case.filter(id=case.id).update(track=Track.COURT_PRE)
    await runs(case, "D10", "", "2026-09-01")
    await ring(noon("2026-10-08"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    await ring(noon("2026-10-09"))
    assert (await Case.get(id=case.id)).outcome is Outcome.PERIOD_EXPIRED


async def test_nobody_reached_by_three_attempts_and_two_ways_one_of_them_a_visit(world: World) -> None:
    case = await inviting(world)
    party = await asked(case)
    code, later = party.code, NOON + timedelta(days=2)
    for way in ("phone", "visit"):
        await attempt(case.code, code, way=way, by=world.intake, at=later)
    await ring(NOON + timedelta(days=30))
    ended = await Case.get(id=case.id)
    assert (ended.state, ended.outcome, ended.closed_at) == (
        State.CLOSED,
        Outcome.UNREACHABLE,
        NOON + timedelta(days=30),
    )


async def test_too_few_attempts_leave_it_to_the_clerk(world: World) -> None:
    case = await inviting(world)
    party = await asked(case)
    for _ in range(2):
        await attempt(case.code, party.code, way="phone", by=world.intake, at=NOON + timedelta(days=2))
    late = NOON + timedelta(days=30)
    await ring(late)
    assert (await Case.get(id=case.id)).state is State.INVITING
    assert await told_of(case, "case.late") == 1
    await attempt(case.code, party.code, way="visit", by=world.intake, at=late)
    await unreachable(case.code, by=world.intake, at=late)
    assert (await Case.get(id=case.id)).outcome is Outcome.UNREACHABLE


async def test_an_agreement_that_somebody_does_not_sign_in_time_is_not_made(world: World) -> None:
    case, _ = await making.finalized(world)
    await making.sign(case, world.lan)
    await ring(making.DAY + timedelta(days=10))
    assert (await Case.get(id=case.id)).outcome is Outcome.SIGN_REFUSED


async def test_a_missing_seal_is_the_committees_own_delay(world: World) -> None:
    case = await making.signed(world)
    await ring(making.DAY + timedelta(days=10))
    assert (await Case.get(id=case.id)).state is State.SIGNING
    assert await told_of(case, "case.late") == 1


async def test_a_broken_promise_is_urged_three_times_from_the_day_it_was_due(world: World) -> None:
    case = await making.performing(world)
    await ring(noon("2026-05-21"))
    assert (await Case.get(id=case.id)).state is State.BREACHED
    for day in range(21, 32):
        await ring(noon(f"2026-05-{day}"))
    await ring(noon("2026-06-04"))
    turns = [facts_of(each)["turn"] for each in await Fact.filter(kind="case.urged", subject=case.key).order_by("id")]
    assert turns == ["first", "second", "final"]
    await ring(noon("2026-06-05"))
    assert await told_of(case, "case.late") == 1


async def test_two_couriers_do_each_thing_once(world: World) -> None:
    cases = [await made_case(world, at=noon("2026-06-10")) for _ in range(12)]
    for case in cases:
        await runs(case, "D06", "month", "2026-06-10")
    at = noon("2026-07-13")
    fired = await asyncio.gather(*(fire_due(TIMERS, at) for _ in range(4)))
    assert sum(fired) == len(cases)
    assert [await told_of(case, "case.late") for case in cases] == [1] * len(cases)
    assert await ring(at) == 0


async def test_a_day_that_moved_is_announced_anew_and_the_old_one_is_forgotten(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    period = await runs(case, "D07", "", "2026-06-10")
    await ring(noon("2026-07-16"))
    await suspend(case.code, PauseReason.APPRAISAL, by=world.mediator, at=noon("2026-07-17"))
    await resume(case.code, solved="已鉴定", by=world.mediator, at=noon("2026-07-24"))
    moved = await DueChange.get(period_id=period.id)
    await ring(noon("2026-07-23"))
    assert await told_of(case, "case.reminded") == 1
    await ring(noon(str(moved.due)))
    assert await told_of(case, "case.reminded") == 2


async def test_lateness_is_noted_on_the_period_and_the_case_stays(world: World) -> None:
    case = await filed(world)
    period = await Period.get(case_id=case.id, clock=Clock.REVIEW).select_related("case")
    await transact(lambda: note_late(period, at=NOON))
    assert (await Case.get(id=case.id)).state is State.REGISTERED
    assert await Timer.filter(subject=period.key, fired_at=None).count() == 1


async def test_what_is_kept_after_all_ends_the_urging(world: World) -> None:
    case = await making.performing(world)
    await ring(noon("2026-05-21"))
    duty = await Obligation.filter(case_id=case.id).order_by("due_on").first()
    assert duty
    await performing.confirm(case.code, duty.code, by=world.lan, at=noon("2026-05-22"))
    await performing.cure(case.code, by=world.mediator, at=noon("2026-05-22"))
    await ring(noon("2026-05-29"))
    assert await told_of(case, "case.urged") == 1


async def test_declining_ends_the_review(world: World) -> None:
    case = await filed(world)
    await intake.decline(case.code, DeclineReason.SEIZED, by=world.intake, at=NOON)
    await ring(NOON + timedelta(days=9))
    assert await told_of(case, "case.late") == 0
