"""Turning the clocks of a case: which start, stop, wait, go on; the ledger of pauses; the day each is due from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from community.calendar.queries import calendar_at
from community.calendar.rules import Calendar, Due, Span, local_day
from community.places.models import Place
from community.timers.commands import set_timer
from mediation.case import terms
from mediation.case.channels import Channel
from mediation.case.deadlines import due_as_agreed, due_of, name_of, named, rule
from mediation.case.events import Event, Row
from mediation.case.models import Case, DueChange, Pause, Period, Track
from mediation.case.regions import as_here, region_of
from mediation.case.stages import LAST_DAY, following, moment_of
from mediation.case.states import Clock
from mediation.case.terms import Force, PauseReason, Rule, Start

STRIKES: Final = "case.period"
"""Timer: a period is to be spoken of."""

MEASURES: Final = MappingProxyType(
    {
        Clock.REVIEW: (rule("D01"),),
        Clock.SUPPLEMENT: (rule("D04"),),
        Clock.INVITE: (rule("D05", "answer"),),
        Clock.FIRST_SESSION: (rule("D15"),),
        Clock.SUSPEND_REVIEW: (rule("D29"),),
        Clock.SIGN: (rule("D16"),),
        Clock.JC: (rule("D17"),),
        Clock.URGE: (rule("D20", "first"), rule("D20", "second"), rule("D20", "final")),
        Clock.CLOSE: (rule("D22", "papers"),),
        Clock.HANDOVER: (rule("D14", "answer"),),
        Clock.ARCHIVE: (rule("D23"),),
    }
)
"""Which rules measure a clock; the talks and the follow-up visit have several, obligations their own dates."""

BY_TRACK: Final = MappingProxyType(
    {
        Track.COURT_PRE: (rule("D10"),),
        Track.COURT_POST: (rule("D11", "ordinary"),),
        Track.ADMIN: (rule("D30", "admin"),),
        Track.COMMERCIAL: (rule("D30", "commercial"),),
    }
)
BY_KIND: Final = MappingProxyType({"12": (rule("D07"),), "10": (rule("D06", "month"), rule("D08"))})
"""Medical disputes have a period of their own (医疗纠纷条例 38); labour disputes a day besides it (调解仲裁法 14)."""
BY_BOTH: Final = MappingProxyType({(Track.ADMIN, "12"): (rule("D07"),), (Track.ADMIN, "13"): (rule("D09", "finish"),)})
"""An authority's own period for its own disputes: health (医疗纠纷条例 40), traffic police (道交法实施条例 94)."""


BY_CHANNEL: Final = MappingProxyType({(Clock.REVIEW, Channel.COURT): (rule("D12"),)})
"""A court hears within three working days whether its case is taken (在线调解规则 12)."""
OF_COURTS: Final = MappingProxyType({Clock.CLOSE: (rule("D22", "court"),)})
"""What a court sent goes back to it at once (在线调解规则 15)."""


REGIONAL: Final = frozenset({Clock.REVIEW, Clock.MEDIATE})
"""Clocks that a region may measure by a rule of its own."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is done to the clocks: the row of the road, the first day if not today, why they wait, their rule."""

    row: Row
    since: date | None = None
    waits: PauseReason = PauseReason.HANDOVER
    measured: Rule | None = None


def measures(case: Case, clock: Clock, event: Event) -> tuple[Rule, ...]:
    """Return the rules by which ``clock`` is measured when ``event`` starts it."""
    if clock is Clock.MEDIATE:
        kind = case.type_code[:2]
        both = BY_BOTH.get((case.track, kind))
        return both or BY_TRACK.get(case.track) or BY_KIND.get(kind) or (rule("D06", "month"),)
    if clock is Clock.FOLLOWUP:
        return (rule("D21", "effect" if event in (Event.EFFECT, Event.ORAL_AGREE) else "performed"),)
    if clock in OF_COURTS and case.track in (Track.COURT_PRE, Track.COURT_POST):
        return OF_COURTS[clock]
    return BY_CHANNEL.get((clock, case.channel)) or MEASURES.get(clock, ())


async def turn(case: Case, how: Turn, at: datetime) -> None:
    """Turn the clocks as ``how`` says; call it inside the command that takes the step."""
    timing, open_ = how.row.timing, Period.filter(case_id=case.id, ended_at=None)
    stopped = open_ if timing.stops_all else open_.filter(clock__in=[*timing.stops, *timing.starts])
    await stopped.update(ended_at=at)
    if timing.stops_all or timing.resumes:
        await Pause.filter(case_id=case.id, until=None).update(until=local_day(at))
    if timing.pauses:
        await _pause(case, timing.pauses, how.waits, local_day(at))
    if timing.resumes:
        await _resume(case, timing.resumes, at)
    if timing.starts:
        await _start(case, how, at)


async def _start(case: Case, how: Turn, at: datetime) -> None:
    calendar = await calendar_at()
    for clock in how.row.timing.starts:
        common = measures(case, clock, how.row.event)
        here = as_here(common, await _region(case), case.track) if clock in REGIONAL and common else common
        for which in (how.measured,) if how.measured else here:
            filed = which.starts is Start.APPLIED
            began = local_day(case.filed_at) if filed else how.since or local_day(at)
            await begin(case, clock, which, began, due_of(which, began, calendar))


async def _region(case: Case) -> str:
    """Return whose rules hold where a case is."""
    place = await Place.get_or_none(id=case.community_id)
    around = await Place.filter(id__in=place.ancestors).only("code") if place else []
    return region_of(each.code for each in around)


async def begin(case: Case, clock: Clock, which: Rule, began: date, due: Due) -> Period:
    """Let one period run; call it inside a command."""
    period = await Period.create(
        case=case,
        clock=clock,
        rule=name_of(which),
        began_on=began,
        raw_due=due.raw,
        due=due.due,
        provisional=due.provisional,
    )
    await plan(period, case.community_id)
    return period


async def plan(period: Period, community_id: int) -> None:
    """Set the timer for what is to be said of a period next."""
    clock, began, due = Clock(period.clock), period.began_on, period.due
    after = following(period.stage, clock=clock, began=began, due=due)
    if after:
        when = moment_of(after, clock=clock, began=began, due=due)
        await set_timer(STRIKES, period.key, when, community_id=community_id)


async def _pause(case: Case, clocks: Iterable[Clock], reason: PauseReason, today: date) -> None:
    await Pause.create(case=case, reason=reason, since=today)
    for period in await Period.filter(case_id=case.id, clock__in=list(clocks), ended_at=None):
        if reason in named(period.rule).excludes:
            await Period.filter(id=period.id).update(waits_since=today)


async def _resume(case: Case, clocks: Iterable[Clock], at: datetime) -> None:
    calendar, pauses = await calendar_at(), await pauses_of(case)
    for period in await Period.filter(case_id=case.id, clock__in=list(clocks), ended_at=None):
        await Period.filter(id=period.id).update(waits_since=None)
        if not await recount(period, case, calendar, pauses, because="resumed", at=at):
            await _once_more(period, case)


async def _once_more(period: Period, case: Case) -> None:
    """Speak of a period again that nothing was said of meanwhile, or that could not run out while the case waited."""
    if named(period.rule).force is Force.HARD:
        period.stage = min(period.stage, LAST_DAY)
        await Period.filter(id=period.id).update(stage=period.stage)
    await plan(period, case.community_id)


async def pauses_of(case: Case) -> list[terms.Pause]:
    """Return the ledger of a case's pauses that have ended, as the rules of counting read it."""
    rows = await Pause.filter(case_id=case.id).exclude(until=None).order_by("since", "id")
    return [terms.Pause(each.reason, Span(each.since, each.until)) for each in rows if each.until]


def counted(period: Period, calendar: Calendar, pauses: Sequence[terms.Pause]) -> Due:
    """Return when a period is due: from its start, its rule, the pauses the rule excludes and the calendar."""
    which = named(period.rule)
    if period.extended_on and period.extended_to:
        return due_as_agreed(which, period.extended_on, period.extended_to, calendar, pauses)
    return due_of(which, period.began_on, calendar, pauses)


async def recount(
    period: Period, case: Case, calendar: Calendar, pauses: Sequence[terms.Pause], *, because: str, at: datetime
) -> bool:
    """Count a period again and return whether its last day moved; the old one is kept, reminders begin anew."""
    due = counted(period, calendar, pauses)
    now = {"raw_due": due.raw, "due": due.due, "provisional": due.provisional}
    moved = due.due != period.due
    if moved:
        await DueChange.create(period=period, was=period.due, due=due.due, because=because, at=at)
        now["stage"] = 0
    await Period.filter(id=period.id).update(**now)
    period.update_from_dict(now)
    if moved:
        await plan(period, case.community_id)
    return moved
