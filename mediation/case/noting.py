"""Words that go with a step of the road, kept locked beside the case."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from mediation.case.access import Seat, Thing, may_read
from mediation.case.events import Event
from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Case, CaseNote
from mediation.case.states import State

MOST: Final = 500
"""Characters of an explanation."""


LEADING: Final = frozenset({Seat.MEDIATOR, Seat.CO, Seat.DIRECTOR})
"""Who reads what was written for the file when a case took a step, of those who read the application."""


def may_read_notes(seats: Iterable[Seat], state: State) -> bool:
    """Return whether the words written at the steps of a case may be read now."""
    seats = frozenset(seats)
    return bool(seats & LEADING) and may_read(seats, Thing.STATEMENT, state)


def fitting(text: str, field: str) -> str:
    """Return ``text`` trimmed, or raise `Unfit` when it is too long."""
    told = text.strip()
    if len(told) > MOST:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(told), most=MOST)
    return told


async def note(case: Case, event: Event, words: str, *, by: Person, at: datetime) -> None:
    """Keep what was written when ``event`` happened; nothing when nothing was. Call it inside the command."""
    if words:
        text = lock_with(case, words, about=_about(case, event, at))
        await CaseNote.create(case=case, event=event, words=text, by=by, at=at)


async def notes_of(case: Case) -> list[tuple[CaseNote, str]]:
    """Return what was written at the steps of a case, the newest first, opened."""
    rows = await CaseNote.filter(case_id=case.id).order_by("-id")
    return [(each, opened_with(case, each.words, about=_about(case, Event(each.event), each.at))) for each in rows]


def _about(case: Case, event: Event, at: datetime) -> str:
    return f"case|{case.code}|note|{event}|{int(at.timestamp())}"
