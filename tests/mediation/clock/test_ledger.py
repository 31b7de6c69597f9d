"""The ledger of pauses and the days that follow from it, through the database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from community.calendar.commands import import_year
from community.calendar.queries import calendar_at
from community.errors import Unfit
from community.record.models import Event as Fact
from community.record.outbox import deliver
from community.record.transaction import transact
from community.timers.commands import fire_due
from mediation.case.deadlines import due_of, rule
from mediation.case.models import Case, DueChange, Pause, Period
from mediation.case.states import Clock, State
from mediation.case.terms import PauseReason
from mediation.case.turning import begin
from mediation.case.waiting import opened_pause, resume, suspend
from mediation.clock.striking import TIMERS
from tests.community.calendar.test_store import year_of
from tests.mediation.filing import filed, inviting
from tests.mediation.making import made_case
from tests.world import NOON, World
from web.telling import tell

VECTORS = [
    ("D10", "", "2026-09-01", "2026-10-08"),
    ("D10", "", "2026-09-05", "2026-10-08"),
    ("D10", "", "2026-01-16", "2026-02-24"),
    ("D10", "", "2026-04-01", "2026-05-06"),
    ("D10", "", "2026-08-21", "2026-09-20"),
    ("D10", "", "2026-05-20", "2026-06-22"),
    ("D11", "ordinary", "2026-09-18", "2026-10-08"),
    ("D06", "month", "2026-01-31", "2026-02-28"),
    ("D06", "month", "2026-08-31", "2026-09-30"),
    ("D12", "", "2026-09-30", "2026-10-10"),
    ("D14", "petition", "2026-09-24", "2026-10-09"),
    ("D12", "", "2026-02-13", "2026-02-25"),
    ("D07", "", "2026-09-01", "2026-10-19"),
]


def noon(day: str) -> datetime:
    """Return noon in Beijing."""
    return datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC)


async def runs(case: Case, id_: str, variant: str, start: str) -> Period:
    """Let a period run from ``start``."""

    async def body() -> Period:
        which, began = rule(id_, variant), date.fromisoformat(start)
        clock = which.clock or Clock.MEDIATE
        return await begin(case, clock, which, began, due_of(which, began, await calendar_at()))

    return await transact(body)


@pytest.mark.parametrize(("id_", "variant", "start", "due"), VECTORS)
async def test_every_vector_comes_out_of_the_database(
    world: World, id_: str, variant: str, start: str, due: str
) -> None:
    case = await made_case(world)
    period = await Period.get(id=(await runs(case, id_, variant, start)).id)
    assert (period.due, period.provisional) == (date.fromisoformat(due), False)


async def test_an_appraisal_moves_the_medical_period_and_the_old_day_is_kept(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    period = await runs(case, "D07", "", "2026-06-10")
    assert period.due == date(2026, 7, 23)
    reason = PauseReason.APPRAISAL
    await suspend(case.code, reason, words="等鉴定意见", by=world.mediator, at=noon("2026-06-22"))
    assert (await Period.get(id=period.id)).waits_since == date(2026, 6, 22)
    await resume(case.code, solved="鉴定意见已到", by=world.mediator, at=noon("2026-07-10"))
    after = await Period.get(id=period.id)
    assert (after.due, after.waits_since) == (date(2026, 8, 13), None)
    kept = await DueChange.get(period_id=period.id)
    assert (kept.was, kept.due, kept.because) == (date(2026, 7, 23), date(2026, 8, 13), "resumed")
    pause = await Pause.get(case_id=case.id)
    assert (pause.since, pause.until) == (date(2026, 6, 22), date(2026, 7, 10))
    assert "鉴定" not in pause.words
    assert opened_pause(case, pause, "words") == "等鉴定意见"


async def test_two_appraisals_are_both_left_out_and_overlapping_days_once(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    period = await runs(case, "D07", "", "2026-06-10")
    for since, until in (("2026-06-22", "2026-06-24"), ("2026-06-24", "2026-06-26")):
        await suspend(case.code, PauseReason.APPRAISAL, by=world.mediator, at=noon(since))
        await resume(case.code, solved="好了", by=world.mediator, at=noon(until))
    assert (await Period.get(id=period.id)).due == date(2026, 7, 30)
    assert await DueChange.filter(period_id=period.id).count() == 2


async def test_waiting_for_a_guardian_moves_nothing_but_the_first_session(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    talks = await runs(case, "D06", "month", "2026-06-10")
    first = await runs(case, "D15", "", "2026-06-10")
    await suspend(case.code, PauseReason.GUARDIAN, by=world.mediator, at=noon("2026-06-11"))
    assert [(await Period.get(id=each.id)).waits_since for each in (talks, first)] == [None, date(2026, 6, 11)]
    await resume(case.code, solved="监护人已指定", by=world.mediator, at=noon("2026-06-30"))
    assert (await Period.get(id=talks.id)).due == talks.due
    assert (await Period.get(id=first.id)).due > first.due


async def test_suspected_sham_is_reported_first_and_going_on_needs_a_reason(world: World) -> None:
    case = await made_case(world)
    with pytest.raises(Unfit) as refusal:
        await suspend(case.code, PauseReason.SHAM, by=world.mediator, at=NOON)
    assert refusal.value.field == "reported"
    with pytest.raises(Unfit):
        await suspend(case.code, PauseReason.HANDOVER, by=world.mediator, at=NOON)
    await suspend(case.code, PauseReason.SHAM, reported=True, by=world.mediator, at=NOON)
    with pytest.raises(Unfit) as silent:
        await resume(case.code, solved=" ", by=world.mediator, at=NOON)
    assert silent.value.field == "solved"
    assert (await Case.get(id=case.id)).state is State.SUSPENDED


async def test_a_review_of_three_working_days_waits_for_nobody(world: World) -> None:
    case = await filed(world)
    review = await Period.get(case_id=case.id, clock=Clock.REVIEW)
    assert (review.rule, review.began_on) == ("D01", date(2026, 5, 4))


async def test_a_step_ends_the_clocks_it_stops_and_starts_its_own(world: World) -> None:
    case = await inviting(world)
    open_ = await Period.filter(case_id=case.id, ended_at=None)
    assert [each.clock for each in open_] == [Clock.INVITE]


async def test_an_imported_year_counts_what_was_provisional_again(world: World) -> None:
    case = await made_case(world, at=noon("2026-12-10"))
    period = await runs(case, "D07", "", "2026-12-10")
    assert period.provisional
    at = noon("2026-12-11")
    off = [f"2027-01-{day:02}" for day in (4, 5)]
    await import_year(year_of(2027, off=off), by=None, at=at)
    await counted_again(at)
    after = await Period.get(id=period.id)
    assert not after.provisional
    assert after.due > period.due
    assert await Fact.filter(kind="case.due-moved", subject=case.key).count() == 1
    assert (await DueChange.get(period_id=period.id)).because == "calendar"


async def counted_again(at: datetime) -> None:
    """Let the courier tell of the import and count again."""
    await deliver(tell, consumer="notice", at=at)
    while await fire_due(TIMERS, at + timedelta(seconds=1)):
        pass
