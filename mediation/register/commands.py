"""Writing a mediator's sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.models import Person
from community.people.roles import require_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.intake.rules import Kind
from mediation.register.models import MediatorEntry, MediatorTraining
from mediation.register.queries import sheet_of
from mediation.register.rules import Post, Tongue, last_day

MOST_HOURS = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """What the director writes of a mediator; without ``until`` the term is three years. ``hours`` are this year's."""

    post: Post
    since: date
    until: date | None = None
    kinds: tuple[Kind, ...] = ()
    tongues: tuple[Tongue, ...] = ()
    hours: int = 0


@command
async def enter(person_code: str, told: Entry, *, by: Person, at: datetime) -> MediatorEntry:
    """Put a mediator into the register, or write their sheet anew.

    Raises:
        Unfit: the term ends before it begins or is longer than three years, or the hours cannot be.
        Hidden: they do not mediate for an organisation that ``by`` directs.
    """
    sheet = await sheet_of(by, person_code, at=at)
    await require_in_org(by, sheet.org_id, Right.CASE_DIRECT, at=at)
    until = _until(told)
    if not 0 <= told.hours <= MOST_HOURS:
        raise Unfit("一年的培训学时请写 0 到 {most} 之间的整数。", field="hours", most=MOST_HOURS)
    written = {
        "post": told.post,
        "since": told.since,
        "until": until,
        "kinds": _codes(told.kinds),
        "tongues": _codes(told.tongues),
    }
    entry, _ = await MediatorEntry.update_or_create(written, org_id=sheet.org_id, person_id=sheet.person.id)
    year = local_day(at).year
    await MediatorTraining.update_or_create({"hours": told.hours}, entry_id=entry.id, year=year)
    await record("mediator.entered", f"mediator-{entry.id}", by=by, at=at, org=sheet.org_id, post=told.post.value)
    return entry


def _until(told: Entry) -> date:
    most = last_day(told.since)
    until = told.until or most
    if until < told.since:
        raise Unfit("任期的最后一天在第一天之前，请改一改。", field="until")
    if until > most:
        raise Unfit("一届任期最长三年，满了可以再聘。请把最后一天改早一些。", field="until")
    return until


def _codes(these: Iterable[Kind | Tongue]) -> str:
    return " ".join(sorted({each.value for each in these}))
