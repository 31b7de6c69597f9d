"""Words that go with a step of the road, kept locked beside the case."""

from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from community.privacy import vault
from mediation.case.events import Event
from mediation.case.models import Case, CaseNote

MOST: Final = 500
"""Characters of an explanation."""


def fitting(text: str, field: str) -> str:
    """Return ``text`` trimmed, or raise `Unfit` when it is too long."""
    told = text.strip()
    if len(told) > MOST:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(told), most=MOST)
    return told


async def note(case: Case, event: Event, words: str, *, by: Person, at: datetime) -> None:
    """Keep what was written when ``event`` happened; nothing when nothing was. Call it inside the command."""
    if words:
        text = vault.lock(words, about=_about(case, event, at))
        await CaseNote.create(case=case, event=event, words=text, by=by, at=at)


async def notes_of(case: Case) -> list[tuple[CaseNote, str]]:
    """Return what was written at the steps of a case, the newest first, opened."""
    rows = await CaseNote.filter(case_id=case.id).order_by("-id")
    return [(each, vault.unlock(each.words, about=_about(case, Event(each.event), each.at))) for each in rows]


def _about(case: Case, event: Event, at: datetime) -> str:
    return f"case|{case.code}|note|{event}|{int(at.timestamp())}"
