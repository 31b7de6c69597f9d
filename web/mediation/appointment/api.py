"""Appointments of a case for a program of whoever takes part: the times on offer, and which of them suit."""

from datetime import datetime

from community.tokens.rules import Scope
from mediation.appointment.answering import answer_own
from mediation.appointment.queries import Planned, appointments_of, visible_appointment, words_of
from mediation.appointment.rules import Fixing, MeetBy, numbers
from web.api.call import Answer, Ask, Call
from web.mediation.appointment.forms import AnswerTimesForm
from web.words import N_


class TimeOut(Answer):
    """A time on offer."""

    n: int
    starts_at: datetime


class AppointmentOut(Answer):
    """An appointment; ``suits`` are one's own answers by number, null while one has not answered or is not asked."""

    code: str
    state: Fixing
    meet_by: MeetBy
    minutes: int
    place: str
    alone: bool
    starts_at: datetime | None
    times: list[TimeOut]
    suits: list[int] | None


class AppointmentList(Answer):
    """The appointments of a case that are one's own to know, the newest first."""

    items: list[AppointmentOut]


async def list_appointments(ask: Ask) -> AppointmentList:
    """Answer with the appointments of a case."""
    code = ask.path["code"]
    _, _, rows = await appointments_of(ask.person, code, at=ask.at)
    plans = [await visible_appointment(ask.person, code, each.code, at=ask.at) for each in rows]
    return AppointmentList(items=[_out(each) for each in plans])


async def answer(ask: Ask) -> AppointmentOut:
    """Say which times suit; none is an answer too."""
    code, which, given = ask.path["code"], ask.path["appointment"], ask.body
    await answer_own(code, which, () if given.none else given.suits, by=ask.person, at=ask.at)
    return _out(await visible_appointment(ask.person, code, which, at=ask.at))


def _out(plan: Planned) -> AppointmentOut:
    row, own = plan.appointment, plan.own
    suits = numbers(own.suits) if own else None
    return AppointmentOut(
        code=row.code,
        state=row.state,
        meet_by=row.meet_by,
        minutes=row.minutes,
        place=words_of(row, "place"),
        alone=row.party_id is not None,
        starts_at=row.starts_at,
        times=[TimeOut(n=each.n, starts_at=each.starts_at) for each in plan.times],
        suits=sorted(suits) if suits is not None else None,
    )


calls = [
    Call(
        method="GET",
        path="/cases/{code}/appointments",
        name="listAppointments",
        title=N_("看一件纠纷约了哪些时间"),
        do=list_appointments,
        answer=AppointmentList,
        scope=Scope.CASES_OPEN,
    ),
    Call(
        method="POST",
        path="/cases/{code}/appointments/{appointment}/answers",
        name="answerAppointment",
        title=N_("答复哪些时间方便；都不方便也是答复"),
        do=answer,
        answer=AppointmentOut,
        body=AnswerTimesForm,
        scope=Scope.CASES_TALK,
    ),
]
