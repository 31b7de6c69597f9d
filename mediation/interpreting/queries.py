"""Reading what is to be translated, and what was. Each starts from a person."""

from dataclasses import dataclass
from datetime import datetime

from community.errors import Hidden
from community.people.models import Person
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import paper_of
from mediation.agreement.text import sections
from mediation.case.access import Seat
from mediation.case.keys import opened_with
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, visible_case
from mediation.interpreting.models import TranslationTask
from mediation.interpreting.rules import Turn, asks, lent, turn
from mediation.minutes.models import TalkMinutes
from mediation.minutes.rules import RecordStage
from mediation.minutes.text import Words, digest, words_of
from mediation.parties.models import Interpreter
from mediation.parties.queries import clear
from mediation.room.lines import text_of
from mediation.room.models import Message
from mediation.room.rules import LineKind, LineState
from mediation.room.voice import Spoken, spoken_of


@dataclass(frozen=True, slots=True)
class Hall:
    """The page of a case for its interpreters: what each was asked; to who leads the talks, everything."""

    case: Case
    seats: frozenset[Seat]
    leads: bool
    interpreters: list[Interpreter]
    tasks: list[TranslationTask]


@dataclass(frozen=True, slots=True)
class Original:
    """What an interpreter was handed, while they may read it: paragraphs, or a record with its hash."""

    task: TranslationTask
    paragraphs: list[str]
    record: Words | None = None
    shown: str = ""
    spoken: Spoken | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """An agreement in another language, and who wrote it."""

    name: str
    lang: str
    language: str
    words: str


async def hall_of(person: Person, code: str, *, at: datetime) -> Hall:
    """Return what was asked of the interpreters of a case, or raise `Hidden` unless one interprets or leads there."""
    case, seats = await visible_case(person, code, at=at)
    leads = asks(seats)
    if not leads and Seat.INTERPRETER not in seats:
        raise Hidden(HIDDEN)
    tasks = TranslationTask.filter(case_id=case.id).order_by("-id").select_related("interpreter", "room")
    mine = await (tasks if leads else tasks.filter(interpreter__person_id=person.id, interpreter__ended_at=None))
    return Hall(case, seats, leads, await interpreters_of(case) if leads else [], mine)


async def interpreters_of(case: Case) -> list[Interpreter]:
    """Return the interpreters of a case who took their seat."""
    rows = Interpreter.filter(party__case_id=case.id, party__left_at=None, ended_at=None).exclude(person_id=None)
    return await rows.order_by("id").select_related("party")


async def task_of(person: Person, code: str, task_code: str, *, at: datetime) -> TranslationTask:
    """Return what was asked of ``person`` and can still be read, or raise `Hidden`."""
    case, seats = await visible_case(person, code, at=at)
    rows = TranslationTask.filter(code=task_code, case_id=case.id, interpreter__person_id=person.id)
    task = await rows.filter(interpreter__ended_at=None).select_related("interpreter", "room", "version").first()
    if task is None or Seat.INTERPRETER not in seats:
        raise Hidden(HIDDEN)
    open_ = turn(until=task.until, done_at=task.done_at, at=at) is Turn.OPEN
    if not open_ or not lent(task.subject, case.state, task.room.kind if task.room else None):
        raise Hidden(HIDDEN)
    task.case = case
    return task


async def original_of(task: TranslationTask) -> Original:
    """Return what is to be translated, as it stands now; nothing of a line that was covered or taken back."""
    if task.room:
        line = await Message.get_or_none(room_id=task.room_id, seq=task.seq, state=LineState.LIVE)
        text = text_of(task.room, line) if line else ""
        if line and line.kind is LineKind.VOICE:
            return Original(task, [], spoken=spoken_of(text))
        return Original(task, text.split("\n") if text else [])
    if task.version:
        return Original(task, paragraphs(task.version))
    row = await TalkMinutes.get(id=task.minutes_id)
    words = await words_of(task.case, row) if row.stage is RecordStage.ROUND else None
    return Original(task, [], words, digest(words) if words else "")


def paragraphs(version: AgreementVersion) -> list[str]:
    """Return the Chinese wording of an agreement, a heading or a paragraph each."""
    return [line for heading, lines in sections(paper_of(version)) for line in (heading, *lines)]


async def rendered(case: Case, version: AgreementVersion) -> list[Rendered]:
    """Return the translations of a wording; the caller has checked that it may be read."""
    rows = TranslationTask.filter(version_id=version.id).exclude(done_at=None).order_by("id")
    return [
        Rendered(
            clear(each.interpreter, "name"),
            each.lang,
            each.interpreter.language,
            opened_with(case, each.words, about=about(each)),
        )
        for each in await rows.select_related("interpreter")
    ]


def about(task: TranslationTask) -> str:
    """Return what the words of a translation are bound to."""
    return f"translation_task|{task.code}|words"
