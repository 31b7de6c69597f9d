"""Handing something to an interpreter for a day, and what they make of it."""

from datetime import datetime
from typing import Any

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.queries import out_of
from mediation.case.keys import lock_with
from mediation.case.models import Case
from mediation.case.moving import NOT_YOURS
from mediation.case.queries import HIDDEN, visible_case
from mediation.interpreting.models import TranslationTask
from mediation.interpreting.queries import about, interpreters_of, original_of, task_of
from mediation.interpreting.rules import LENT, MOST, Subject, asks, hears, lent, tag_of
from mediation.minutes.models import TalkHand
from mediation.minutes.queries import record_of
from mediation.minutes.rules import HandKind, RecordStage
from mediation.parties.models import Interpreter
from mediation.risk.commands import look_at
from mediation.room.commands import CLOSED
from mediation.room.lines import take_number, write
from mediation.room.models import Message, Room
from mediation.room.queries import line, talked_in, visible_room
from mediation.room.rules import MOST as MOST_SAID
from mediation.room.rules import OF_PARTIES, OWN_WORDS, LineKind


@command
async def ask_line(
    code: str, room_code: str, seq: int, interpreter_code: str, *, by: Person, at: datetime
) -> TranslationTask:
    """Hand one line of a room to an interpreter.

    Raises:
        Hidden: there is no such room, line or interpreter, or ``by`` does not sit there.
        Forbidden: ``by`` does not lead the talks, or the interpreter stands beside the other side of a talk apart.
    """
    case, interpreter = await _asked(code, interpreter_code, by, at)
    entry = await visible_room(by, code, room_code, at=at)
    found = await line(entry.room, seq)
    if found is None or found.kind not in OWN_WORDS or not found.text or not entry.seat:
        raise Hidden(HIDDEN)
    room = entry.room
    if not lent(Subject.LINE, case.state, room.kind):
        raise Forbidden("这件事走到这一步，不能再请翻译看了。")
    if not hears(room.kind, own_party=room.party_id == interpreter.party_id):
        raise Forbidden("单独谈话里的话，只能请这一方自己的翻译。")
    if seq < entry.seat.from_seq:
        raise Hidden(HIDDEN)
    return await _hand(case, interpreter, Subject.LINE, by, at, room_id=room.id, seq=seq)


@command
async def ask_agreement(code: str, interpreter_code: str, *, by: Person, at: datetime) -> TranslationTask:
    """Hand the wording that goes round to be signed to an interpreter.

    Raises:
        Hidden: there is no such case or interpreter.
        MovedOn: nothing goes round.
    """
    case, interpreter = await _asked(code, interpreter_code, by, at)
    if not lent(Subject.AGREEMENT, case.state):
        raise Forbidden("这件事走到这一步，不能再请翻译看了。")
    version = await out_of(case)
    return await _hand(case, interpreter, Subject.AGREEMENT, by, at, version_id=version.id)


@command
async def ask_record(
    code: str, record_code: str, interpreter_code: str, *, by: Person, at: datetime
) -> TranslationTask:
    """Ask an interpreter to read a record out in the other language and to sign that they did.

    Raises:
        Hidden: there is no such record or interpreter.
        MovedOn: the record does not go round.
    """
    case, interpreter = await _asked(code, interpreter_code, by, at)
    found = await record_of(by, code, record_code, at=at)
    if found.row.stage is not RecordStage.ROUND or not lent(Subject.MINUTES, case.state):
        raise MovedOn("这份笔录现在不在核对，请刷新后再看。")
    return await _hand(case, interpreter, Subject.MINUTES, by, at, minutes_id=found.row.id)


async def _asked(code: str, interpreter_code: str, by: Person, at: datetime) -> tuple[Case, Interpreter]:
    case, seats = await visible_case(by, code, at=at)
    if not asks(seats):
        raise Forbidden(NOT_YOURS)
    found = [each for each in await interpreters_of(case) if each.code == interpreter_code]
    if not found:
        raise Unfit("请选一位已经有账号的翻译。", field="interpreter")
    return case, found[0]


async def _hand(
    case: Case,
    interpreter: Interpreter,
    subject: Subject,
    by: Person,
    at: datetime,
    **what: Any,  # noqa: ANN401
) -> TranslationTask:
    if await TranslationTask.exists(interpreter_id=interpreter.id, done_at=None, until__gt=at, **what):
        raise MovedOn("已经请这位翻译看了，请等一等。")
    facts: dict[str, Any] = {"community_id": case.community_id, "case_id": case.id, "interpreter_id": interpreter.id}
    times = {"asked_by_id": by.id, "asked_at": at, "until": at + LENT}
    task = TranslationTask(subject=subject, lang=tag_of(interpreter.language), **facts, **times, **what)
    await task.save()
    told: dict[str, Any] = {"task": task.id, "code": task.code, "what": subject, **what}
    await record("translation.asked", case.key, by=by, at=at, community_id=case.community_id, **told)
    return task


@command
async def translate(code: str, task_code: str, words: str, *, by: Person, at: datetime) -> TranslationTask:
    """Write, as the interpreter, what a line or an agreement says in the other language.

    Raises:
        Hidden: nothing of the kind was asked of ``by``, or the day is over.
        Unfit: there are no words, or too many.
        Forbidden: the room is closed.
        MovedOn: the line was covered or taken back meanwhile.
    """
    task = await task_of(by, code, task_code, at=at)
    told, most = words.strip(), MOST_SAID if task.subject is Subject.LINE else MOST
    if not told:
        raise Unfit("请写译文。", field="words")
    if len(told) > most:
        raise Unfit("这段话有 {n} 个字，最多 {most} 个，请分几次发。", field="words", n=len(told), most=most)
    if task.subject is Subject.MINUTES:
        raise Hidden(HIDDEN)
    await _done(task, by, at)
    if task.room:
        await _beside(task, task.room, told, by, at)
    else:
        text = lock_with(task.case, told, about=about(task))
        await TranslationTask.filter(id=task.id).update(words=text)
    return task


async def _beside(task: TranslationTask, room: Room, told: str, by: Person, at: datetime) -> None:
    """Put the translation into the room, and look for threats in it as in the original."""
    original = await original_of(task)
    if not original.paragraphs and not original.spoken:
        raise MovedOn("这句话已经撤回或者遮住，不用翻译了。")
    await take_number(room)
    await room.fetch_related("case")
    if not talked_in(room):
        raise Forbidden(CLOSED)
    said = await write(room, told, by=by, at=at, kind=LineKind.TONGUE, reply_to=task.seq, lang=task.lang)
    first = await Message.get(room_id=room.id, seq=task.seq).select_related("author")
    if first.voice in OF_PARTIES and first.author:
        await look_at(task.case, told, place=f"{room.name}/{said.seq}", by=first.author, at=at)


@command
async def sign_record(code: str, task_code: str, *, shown: str, by: Person, at: datetime) -> TranslationTask:
    """Sign, as the interpreter, that a record was read out in the other language as it was ``shown``.

    Raises:
        Hidden: nothing of the kind was asked of ``by``, or the day is over.
        Unfit: something was said meanwhile, or the record does not go round any more.
    """
    task = await task_of(by, code, task_code, at=at)
    if task.subject is not Subject.MINUTES:
        raise Hidden(HIDDEN)
    original = await original_of(task)
    if original.record is None or original.shown != shown:
        raise Unfit("笔录刚刚又有人说了话，请看过以后再签。", field="form")
    await _done(task, by, at)
    hand = {"minutes_id": task.minutes_id, "person_id": by.id, "sha256": shown, "at": at}
    await TalkHand(kind=HandKind.INTERPRETER, **hand).save()
    return task


async def _done(task: TranslationTask, by: Person, at: datetime) -> None:
    if not await TranslationTask.filter(id=task.id, done_at=None).update(done_at=at):
        raise MovedOn("已经译好了。")
    facts: dict[str, Any] = {"task": task.id, "code": task.code, "what": task.subject, "asked_by": task.asked_by_id}
    await record("translation.done", task.case.key, by=by, at=at, community_id=task.community_id, **facts)
