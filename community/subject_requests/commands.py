"""Asking, answering, taking back, and the clock of an answer; each one transaction with its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from community.calendar.queries import calendar_at
from community.calendar.rules import add_working_days, ends_at, local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place, roles_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, may
from community.subject_requests.models import SubjectRequest
from community.subject_requests.queries import HIDDEN, answers, visible
from community.subject_requests.rules import (
    ANSWER_DAYS,
    AT_WINDOW,
    MOST_OPEN,
    WARN_DAYS,
    WORDS,
    Checked,
    Deed,
    Kind,
    Outcome,
    Standing,
    after,
    needs_reason,
)
from community.subject_requests.sealed import give_key, opened, put
from community.timers.commands import Handler, cancel_timers, set_timer

WARN: Final = "subject.warn"
LATE: Final = "subject.late"
NO_HOME: Final = "您还没有选定社区。请先在“我的房屋和名册核实”里选定，再来申请。"
NOT_YOURS: Final = "这份申请不由您答复。请找社区的个人信息保护负责人。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWindow:
    """Who asks at the window, how they are reached, and how it was checked that they may."""

    name: str
    contact: str
    checked: Checked
    email: str = ""


@command
async def ask(kind: Kind, words: str, *, by: Person, at: datetime) -> SubjectRequest:
    """Ask for something about one's own data.

    Raises:
        Unfit: no community yet, nothing said where something must be, or too much, or too many are open.
    """
    if by.community_id is None:
        raise Unfit(NO_HOME, field="kind")
    if await SubjectRequest.filter(person_id=by.id, state=Standing.OPEN).count() >= MOST_OPEN:
        raise Unfit("您有 {n} 份申请还没有答复，请等答复了再申请。", field="kind", n=MOST_OPEN)
    row = SubjectRequest(community_id=by.community_id, person=by, kind=kind, checked=Checked.ACCOUNT)
    return await _open(row, by.name, by.email, words, by=by, at=at)


@command
async def ask_for(kind: Kind, words: str, who: AtWindow, *, place_id: int, by: Person, at: datetime) -> SubjectRequest:
    """Write down at the window what somebody asks; with the address of an account it is that account's own.

    Raises:
        Forbidden: ``by`` does not sit at the window of that community.
        Unfit: it was not checked who asks, no name or way to reach them, nothing said, or too much.
    """
    await require_in_place(by, place_id, Right.SUBJECT_TAKE, at=at)
    if who.checked not in AT_WINDOW:
        raise Unfit("请先看证件或者委托书，再选怎么核对的身份。", field="checked")
    if not who.name.strip() or not who.contact.strip():
        raise Unfit("请写清姓名和怎么联系，答复要送到本人手里。", field="name" if not who.name.strip() else "contact")
    found = await Person.get_or_none(email=who.email.strip().lower(), closed_at=None) if who.email.strip() else None
    if found and found.id == by.id:
        raise Forbidden("您自己的申请请在“我的个人信息”里提。")
    row = SubjectRequest(community_id=place_id, person=found, kind=kind, checked=who.checked, taken_by=by)
    return await _open(row, who.name.strip(), who.contact.strip(), words, by=by, at=at)


async def _open(
    row: SubjectRequest, name: str, contact: str, words: str, *, by: Person, at: datetime
) -> SubjectRequest:
    said = _fit(words, "words")
    if not said and row.kind in (Kind.CORRECT, Kind.RESTRICT, Kind.EXPLAIN):
        raise Unfit("请写明是哪一条、想怎么办。", field="words")
    row.asked_at, row.due_on = at, add_working_days(local_day(at), ANSWER_DAYS, await calendar_at()).due
    give_key(row)
    for column, text in (("name", name), ("contact", contact), ("words", said)):
        put(row, column, text)
    await row.save()
    await set_timer(WARN, row.key, ends_at(row.due_on) - timedelta(days=WARN_DAYS), community_id=row.community_id)
    await set_timer(LATE, row.key, ends_at(row.due_on), community_id=row.community_id)
    facts: dict[str, Any] = {"request": row.kind, "checked": row.checked, "due": row.due_on.isoformat()}
    await record("subject.asked", row.key, by=by, at=at, community_id=row.community_id, **facts)
    return row


@command
async def answer(code: str, outcome: Outcome, words: str, *, by: Person, at: datetime) -> SubjectRequest:
    """Answer a request; what is not given in full is refused with a reason.

    Raises:
        Hidden: there is none, or ``by`` has nothing to do with it.
        Forbidden: ``by`` does not answer there, or it is their own.
        Unfit: a refusal without a reason, or too many words.
        MovedOn: it was answered or taken back.
    """
    row = await visible(by, code, at=at)
    if not await answers(by, row, at=at):
        raise Forbidden(NOT_YOURS)
    said = _fit(words, "words")
    if needs_reason(outcome) and not said:
        raise Unfit("不能全部办到的，请写明理由和依据，本人有权知道。", field="words")
    row.outcome, row.answered_by, row.answered_at = outcome, by, at
    put(row, "answer", said)
    told = {"outcome": outcome, "answered_by_id": by.id, "answered_at": at, "answer": row.answer}
    await _move(row, Deed.ANSWER, **told)
    late = local_day(at) > row.due_on
    facts: dict[str, Any] = {"request": row.kind, "outcome": outcome, "late": late}
    await record("subject.answered", row.key, by=by, at=at, community_id=row.community_id, **facts)
    return row


@command
async def withdraw(code: str, *, by: Person, at: datetime) -> SubjectRequest:
    """Take one's own request back, or a restriction that was granted.

    Raises:
        Hidden: it is not theirs.
        MovedOn: there is nothing to take back.
    """
    row = await SubjectRequest.get_or_none(code=code, person_id=by.id)
    if row is None:
        raise Hidden(HIDDEN)
    lifts = row.kind is Kind.RESTRICT and row.state is Standing.ANSWERED and row.outcome is not Outcome.REFUSED
    await _move(row, Deed.LIFT if lifts else Deed.WITHDRAW)
    deed = "subject.lifted" if lifts else "subject.withdrawn"
    await record(deed, row.key, by=by, at=at, community_id=row.community_id, request=row.kind)
    return row


@command
async def handed_over(code: str, *, by: Person, at: datetime) -> SubjectRequest:
    """Note that the written answer was handed or posted to somebody without an account.

    Raises:
        Hidden: there is none, or ``by`` has nothing to do with it.
        Forbidden: ``by`` neither took it in nor answers there.
        MovedOn: there is no answer yet, or it was handed over before.
    """
    row = await visible(by, code, at=at)
    if not (row.taken_by_id == by.id or await answers(by, row, at=at)):
        raise Forbidden(NOT_YOURS)
    waiting = SubjectRequest.filter(id=row.id, state=Standing.ANSWERED, sent_at=None)
    if not await waiting.update(sent_at=at):
        raise MovedOn("还没有答复，或者已经送到了。请刷新页面看一看。")
    row.sent_at = at
    await record("subject.handed-over", row.key, by=by, at=at, community_id=row.community_id)
    return row


async def _move(row: SubjectRequest, deed: Deed, **facts: object) -> None:
    there = after(row.state, deed)
    if not await SubjectRequest.filter(id=row.id, state=row.state).update(state=there, **facts):
        raise MovedOn("这份申请已经有了结果。请刷新页面看一看。")
    row.state = there
    await cancel_timers(WARN, row.key)
    await cancel_timers(LATE, row.key)


@command
async def due_soon(subject: str, at: datetime) -> None:
    """Put on record that the last day is near, so that those who answer are told."""
    row = await _of(subject)
    await record("subject.due-soon", row.key, by=None, at=at, community_id=row.community_id, request=row.kind)


@command
async def overdue(subject: str, at: datetime) -> None:
    """Put on record that the last day passed without an answer, so that those who supervise are told too."""
    row = await _of(subject)
    await record("subject.overdue", row.key, by=None, at=at, community_id=row.community_id, request=row.kind)


async def takes(person: Person, place_id: int, *, at: datetime) -> bool:
    """Return whether ``person`` sits at the window of a community."""
    return may(await roles_in_place(person, place_id, at=at), Right.SUBJECT_TAKE)


def words_of(row: SubjectRequest) -> Mapping[str, str]:
    """Return what is locked in a request, in the clear; the caller has checked for whom."""
    return {column: opened(row, column) for column in ("name", "contact", "words", "answer")}


async def _of(subject: str) -> SubjectRequest:
    return await SubjectRequest.get(id=int(subject.removeprefix("subject-request-")))


def _fit(words: str, field: str) -> str:
    said = words.strip()
    if len(said) > WORDS:
        raise Unfit("写了 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(said), most=WORDS)
    return said


TIMERS: Final[Mapping[str, Handler]] = {WARN: due_soon, LATE: overdue}
