"""Reading appointments: whose they are, what was answered, what is on today. A read starts from a person or a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from community.calendar.rules import ends_at, local_day
from community.errors import Hidden
from community.people.models import Person
from community.record.reading import moment, rows
from mediation.appointment.models import Appointment, AppointmentAnswer, AppointmentPresence, OfferedTime
from mediation.appointment.rules import Fixing, MeetBy, numbers, suiting
from mediation.case.access import PARTIES, Seat, Thing, may_read
from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Case, Party
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.intake.rules import token_hash

GONE: Final = "这个链接已经失效。请打电话给调解员问一问。"
LEADS: Final = frozenset({Seat.MEDIATOR, Seat.CO})
"""Who comes to the talks without being a party; only the mediator arranges them, and knows of those with one side."""

TALKS: Final = LEADS | PARTIES


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment with the times on offer, what each party answers, and who came; ``mine`` are the reader's own."""

    appointment: Appointment
    times: tuple[OfferedTime, ...]
    answers: tuple[AppointmentAnswer, ...]
    presences: Mapping[int, AppointmentPresence]
    mine: frozenset[int]
    leads: bool

    @property
    def fitting(self) -> frozenset[int]:
        """Return the numbers of the times that suit everybody."""
        return suiting(numbers(each.suits) for each in self.answers)

    @property
    def own(self) -> AppointmentAnswer | None:
        """Return the reader's own answer, given or not."""
        return next((each for each in self.answers if each.party_id in self.mine), None)


def thing_of(party_id: int | None) -> Thing:
    """Return as which object of the matrix an appointment is read: a talk together, or one side alone."""
    return Thing.CAUCUS if party_id else Thing.JOINT


async def appointments_of(
    person: Person, code: str, *, at: datetime
) -> tuple[Case, frozenset[Seat], list[Appointment]]:
    """Return a case with the appointments in it that are ``person``'s to know, the newest first; else `Hidden`."""
    case, seats, own = await _inside(person, code, at=at)
    if not may_read(seats & TALKS, Thing.JOINT, case.state):
        raise Hidden(HIDDEN)
    rows = await Appointment.filter(case_id=case.id).order_by("-id").select_related("party", "case")
    return case, seats, [each for each in rows if _theirs(each, case, seats, own)]


async def visible_appointment(person: Person, case_code: str, code: str, *, at: datetime) -> Planned:
    """Return an appointment as ``person`` sees it, or raise `Hidden`, the same whether it is absent or not theirs."""
    case, seats, own = await _inside(person, case_code, at=at)
    row = await Appointment.get_or_none(code=code, case_id=case.id).select_related("party", "case__org")
    if row is None or not _theirs(row, case, seats, own):
        raise Hidden(HIDDEN)
    return await planned(row, mine=own, leads=Seat.MEDIATOR in seats)


async def by_token(token: str) -> tuple[Planned, AppointmentAnswer]:
    """Return the appointment a mailed link is for and the answer it may give, or raise `Hidden`."""
    found = AppointmentAnswer.filter(token_hash=token_hash(token), party__left_at=None)
    answer = await found.select_related("appointment__case__org", "appointment__party", "party").first()
    if answer is None or answer.round != answer.appointment.round:
        raise Hidden(GONE)
    plan = await planned(answer.appointment, mine=frozenset({answer.party_id}), leads=False)
    if not may_read(PARTIES, thing_of(plan.appointment.party_id), plan.appointment.case.state):
        raise Hidden(GONE)
    return plan, answer


async def planned(row: Appointment, *, mine: frozenset[int], leads: bool) -> Planned:
    """Return what there is about an appointment; the caller has checked for whom."""
    times = await OfferedTime.filter(appointment_id=row.id, round=row.round).order_by("n")
    answers = await answers_to(row)
    presences = {each.party_id: each for each in await AppointmentPresence.filter(appointment_id=row.id)}
    return Planned(row, tuple(times), tuple(answers), presences, mine, leads)


async def answers_to(row: Appointment) -> list[AppointmentAnswer]:
    """Return what the parties answer to the times on offer now."""
    found = AppointmentAnswer.filter(appointment_id=row.id, round=row.round, party__left_at=None).order_by("id")
    return await found.select_related("party")


class Meeting(NamedTuple):
    """One appointment of a day as the desk lists it; ``alone`` with one party."""

    code: str
    case_code: str
    starts_at: datetime
    meet_by: MeetBy
    alone: bool


async def todays(person: Person, *, at: datetime) -> list[Meeting]:
    """Return what ``person`` has fixed for the local day of ``at``, in the cases they lead, in order."""
    end = ends_at(local_day(at)).astimezone(UTC)
    found = await rows(_TODAYS, person.id, end - timedelta(days=1), end)
    return [Meeting(code, case, moment(began), MeetBy(way), bool(alone)) for code, case, began, way, alone in found]


_TODAYS: Final = f"""SELECT a.code, c.code, a.starts_at, a.meet_by, a.party_id IS NOT NULL
FROM assignment l JOIN appointment a ON a.case_id = l.case_id JOIN dispute_case c ON c.id = l.case_id
WHERE l.mediator_id = $1 AND l.until IS NULL AND a.state = '{Fixing.FIXED.value}'
AND a.starts_at >= $2 AND a.starts_at < $3 ORDER BY a.starts_at, a.id"""  # noqa: S608 - a state the program knows


def words_of(row: Appointment, column: str) -> str:
    """Return a locked column (``place``, ``link``, ``reason``) in the clear; the case is loaded."""
    text: str = getattr(row, column)
    return opened_with(row.case, text, about=_about(row, column))


def lock_words(row: Appointment, case: Case, column: str, text: str) -> None:
    """Put ``text`` into a column of an appointment, locked with the key of its case."""
    setattr(row, column, lock_with(case, text, about=_about(row, column)))


def stand_in_of(row: Appointment, presence: AppointmentPresence) -> str:
    """Return who came for a party."""
    return opened_with(row.case, presence.stand_in, about=stand_in_about(row, presence.party_id))


def stand_in_about(row: Appointment, party_id: int) -> str:
    """Return what the name of who came for a party is bound to."""
    return f"appointment|{row.code}|stand-in|{party_id}"


def _about(row: Appointment, column: str) -> str:
    return f"appointment|{row.code}|{column}"


async def _inside(person: Person, code: str, *, at: datetime) -> tuple[Case, frozenset[Seat], frozenset[int]]:
    """Return the case, the reader's seats and the parties they act for."""
    case, seats = await visible_case(person, code, at=at)
    return case, seats, frozenset(await stood_for(person, case.id, at=at) if seats & PARTIES else ())


def _theirs(row: Appointment, case: Case, seats: frozenset[Seat], own: frozenset[int]) -> bool:
    if not may_read(seats & TALKS, thing_of(row.party_id), case.state):
        return False
    return row.party_id is None or Seat.MEDIATOR in seats or row.party_id in own


async def asked_parties(case: Case, party: Party | None) -> list[Party]:
    """Return whom an appointment asks: every party who agreed to mediation, or the one it is with."""
    agreed = Party.filter(case_id=case.id, left_at=None, will="consented").order_by("side", "ordinal")
    return [party] if party else await agreed
