"""The mediator's side: offering times, fixing one that suits everybody, offering others, cancelling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.expressions import Q

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import cancel_timers, set_timer
from mediation.appointment.letters import News, token_for, write_to_all
from mediation.appointment.models import Appointment, AppointmentAnswer, OfferedTime
from mediation.appointment.queries import asked_parties, lock_words, planned, visible_appointment
from mediation.appointment.rules import (
    BEFORE,
    FURTHEST,
    LENGTHS,
    MEETING,
    MOST_LINK,
    MOST_PLACE,
    MOST_SLOTS,
    OPEN,
    STEPS,
    Deed,
    MeetBy,
    allowed,
    in_order,
    is_link,
)
from mediation.case.access import Seat
from mediation.case.models import Case, Party
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN, visible_case
from mediation.intake.rules import token_hash
from mediation.risk.queries import held_back
from mediation.room.card_rules import Reply
from mediation.room.scheduling import show_times, tell_what_became

REMIND: Final = "appointment.remind"
ONLY_MEDIATOR: Final = "时间由承办这件事的调解员来约。"
NOT_NOW: Final = "这件事现在不在谈，不能约时间。"
APART: Final = "申请人没有说愿意坐到一起，不能约大家见面。请分别约。"
HELD: Final = "大家一起谈先停一停，请分别约各方。"
PASSED: Final = "这次约见已经往前走了一步，请刷新后再看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the mediator offers: one to five times, how one meets and for how long, where, or the link for a call."""

    begins: Iterable[datetime]
    meet_by: MeetBy
    minutes: int
    place: str = ""
    link: str = ""


@command
async def offer(code: str, terms: Offer, *, party_code: str = "", by: Person, at: datetime) -> Appointment:
    """Offer times to everybody, or to the one party named; each is written to.

    Raises:
        Hidden: there is no such case or party for ``by``.
        Forbidden: ``by`` does not mediate, nobody is talking now, or the applicant does not wish to meet.
        Unfit: a time is past or too far off, or a word is missing.
    """
    case, seats = await visible_case(by, code, at=at)
    party = await _party(case, party_code) if party_code else None
    await may_arrange(case, seats, together=party is None)
    begins = _fit(terms, at)
    row = Appointment(community_id=case.community_id, case=case, party=party, by=by, offered_at=at)
    _take(row, case, terms)
    await row.save()
    await _ask(row, case, begins)
    await noted(row, "offered", by, at, round=row.round, times=len(begins))
    await write_to_all(row, case, News.OFFERED, at=at)
    await show_times(row, by=by, at=at)
    return row


@command
async def offer_others(case_code: str, code: str, terms: Offer, *, by: Person, at: datetime) -> Appointment:
    """Offer other times instead; what was fixed holds no longer, and everybody is asked anew."""
    row, case = await led(case_code, code, by=by, at=at)
    begins, was = _fit(terms, at), row.starts_at
    changes = {"round": row.round + 1, "starts_at": None, "sequence": row.sequence + 1, "offered_at": at}
    await step(row, Deed.CHANGE, **changes)
    _take(row, case, terms)
    await row.save(update_fields=["meet_by", "minutes", "place", "link"])
    await cancel_timers(REMIND, row.key)
    await tell_what_became(row, Reply.MOVED, by=by, at=at)
    await _ask(row, case, begins)
    await noted(row, "changed", by, at, round=row.round, times=len(begins))
    await write_to_all(row, case, News.CHANGED, at=at, was=was)
    await show_times(row, by=by, at=at)
    return row


@command
async def fix(case_code: str, code: str, n: int, *, by: Person, at: datetime) -> Appointment:
    """Fix the time numbered ``n``, which suits everybody; it goes into their calendars, and they are reminded.

    Raises:
        Unfit: it does not suit everybody, somebody has not answered, or it is past.
    """
    row, case = await led(case_code, code, by=by, at=at)
    await hold(row)
    plan = await planned(row, mine=frozenset(), leads=True)
    chosen = next((each for each in plan.times if each.n == n and n in plan.fitting), None)
    if chosen is None:
        raise Unfit("这个时间还不是每一位都方便。请等大家答复，或者另外提几个时间。", field="n")
    if chosen.starts_at <= at:
        raise Unfit("这个时间已经过了，请另外提几个时间。", field="n")
    await step(row, Deed.FIX, starts_at=chosen.starts_at)
    for reminder, before in BEFORE.items():
        if chosen.starts_at - before > at:
            when, mark = chosen.starts_at - before, f"{reminder}-{row.round}"
            await set_timer(REMIND, row.key, when, key=mark, community_id=row.community_id)
    await noted(row, "fixed", by, at, round=row.round, starts_at=chosen.starts_at)
    await write_to_all(row, case, News.FIXED, at=at)
    await tell_what_became(row, Reply.FIXED, by=by, at=at)
    return row


@command
async def cancel(case_code: str, code: str, *, reason: str, by: Person, at: datetime) -> Appointment:
    """Call it off, with a reason that is read on its page and in no letter."""
    row, case = await led(case_code, code, by=by, at=at, meeting=False)
    told = fitting(reason, "reason")
    if not told:
        raise Unfit("请写一句为什么取消，大家在页面上看得到。", field="reason")
    await step(row, Deed.CANCEL, sequence=row.sequence + 1)
    lock_words(row, case, "reason", told)
    await row.save(update_fields=["reason"])
    await cancel_timers(REMIND, row.key)
    await noted(row, "cancelled", by, at, round=row.round)
    await write_to_all(row, case, News.CANCELLED, at=at)
    await tell_what_became(row, Reply.CALLED_OFF, by=by, at=at)
    return row


async def call_off_all(case: Case, *, by: Person | None, at: datetime) -> None:
    """Call off what is still to come when the talks end; call it inside the command that ends them."""
    open_ = Appointment.filter(Q(starts_at=None) | Q(starts_at__gt=at), case_id=case.id, state__in=OPEN)
    for row in await open_.order_by("id").select_related("case"):
        await step(row, Deed.CANCEL, sequence=row.sequence + 1)
        await cancel_timers(REMIND, row.key)
        await noted(row, "cancelled", by, at, round=row.round)
        await write_to_all(row, case, News.CANCELLED, at=at)


async def may_arrange(case: Case, seats: Iterable[Seat], *, together: bool, meeting: bool = True) -> None:
    """Raise unless somebody in ``seats`` may arrange a meeting now, with everybody or with one side."""
    if Seat.MEDIATOR not in seats:
        raise Forbidden(ONLY_MEDIATOR)
    if meeting and case.state not in MEETING:
        raise Forbidden(NOT_NOW)
    if meeting and together and case.afraid and not case.meets:
        raise Forbidden(APART)
    if meeting and together and await held_back(case):
        raise Forbidden(HELD)


async def led(case_code: str, code: str, *, by: Person, at: datetime, meeting: bool = True) -> tuple[Appointment, Case]:
    """Return an appointment that ``by`` arranges, with its case."""
    case, seats = await visible_case(by, case_code, at=at)
    row = (await visible_appointment(by, case_code, code, at=at)).appointment
    await may_arrange(case, seats, together=row.party_id is None, meeting=meeting)
    return row, case


async def hold(row: Appointment) -> None:
    """Hold the row until the transaction ends, so that no time is fixed while an answer to it changes."""
    if not await Appointment.filter(id=row.id, state=row.state, round=row.round).update(round=row.round):
        raise MovedOn(PASSED)


async def step(row: Appointment, deed: Deed, **changes: object) -> None:
    """Take one step, by compare-and-swap on where it stands and how often it was offered."""
    if not allowed(deed, row.state):
        raise MovedOn(PASSED)
    now = STEPS[deed][1]
    here = Appointment.filter(id=row.id, state=row.state, round=row.round)
    if not await here.update(state=now, **changes):
        raise MovedOn(PASSED)
    row.update_from_dict({"state": now, **changes})


async def noted(
    row: Appointment,
    deed: str,
    by: Person | None,
    at: datetime,
    **facts: Any,  # noqa: ANN401 - passed on as they are
) -> None:
    """Put what was done with an appointment on record."""
    where = row.community_id
    await record(f"appointment.{deed}", row.key, by=by, at=at, community_id=where, case=row.case_id, **facts)


async def _party(case: Case, code: str) -> Party:
    party = await Party.get_or_none(code=code, case_id=case.id, left_at=None)
    if party is None:
        raise Hidden(HIDDEN)
    return party


def _fit(terms: Offer, at: datetime) -> list[datetime]:
    begins = in_order(terms.begins)
    if not begins or len(begins) > MOST_SLOTS:
        raise Unfit("请提一个到 {most} 个时间。", field="slot_1", most=MOST_SLOTS)
    if any(each <= at for each in begins):
        raise Unfit("有一个时间已经过了，请改成以后的。", field="slot_1")
    if begins[-1] - at > FURTHEST:
        raise Unfit("时间太远了，请约在 {days} 天以内。", field="slot_1", days=FURTHEST // timedelta(days=1))
    if terms.minutes not in LENGTHS:
        raise Unfit("请选大约要谈多久。", field="minutes")
    _fit_place(terms)
    return begins


def _fit_place(terms: Offer) -> None:
    if len(terms.place) > MOST_PLACE:
        raise Unfit("地点最多 {most} 个字，请写短一些。", field="place", most=MOST_PLACE)
    if terms.meet_by is MeetBy.ONSITE and not terms.place.strip():
        raise Unfit("当面谈，请写明在哪里。", field="place")
    if terms.link and not is_link(terms.link):
        raise Unfit("链接要以 https:// 开头，最多 {most} 个字，请再看一看。", field="link", most=MOST_LINK)


def _take(row: Appointment, case: Case, terms: Offer) -> None:
    row.meet_by, row.minutes = terms.meet_by, terms.minutes
    lock_words(row, case, "place", terms.place.strip())
    lock_words(row, case, "link", terms.link if terms.meet_by is MeetBy.ONLINE else "")


async def _ask(row: Appointment, case: Case, begins: list[datetime]) -> None:
    for n, starts_at in enumerate(begins, start=1):
        await OfferedTime.create(appointment=row, round=row.round, n=n, starts_at=starts_at)
    for party in await asked_parties(case, row.party):
        digest = token_hash(token_for(row, party))
        await AppointmentAnswer.create(appointment=row, party=party, round=row.round, token_hash=digest)
