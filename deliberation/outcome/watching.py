"""监事 — notes that an office must answer by a day, written by those who oversee; and pressing for an answer (督办)."""

from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import F

from community.calendar.rules import ends_at, local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import set_timer
from deliberation.matter.models import Matter
from deliberation.matter.queries import find
from deliberation.matter.states import RIGHTS, Actor
from deliberation.outcome.models import Note
from deliberation.outcome.rules import NOTE_DAYS, OFFICES, WORDS, Source, length
from deliberation.publicity.models import Publication


@command
async def note(matter_id: int, office: Actor, words: str, *, days: int, by: Person, at: datetime) -> Note:
    """Write to an office about a matter; it must answer within ``days``."""
    matter = await find(by, matter_id)
    return await _write(matter.body.place_id, matter, None, (office, words, days), by=by, at=at)


@command
async def note_publication(publication_id: int, words: str, *, days: int, by: Person, at: datetime) -> Note:
    """Write to the clerk about a publication, for example one without a photograph."""
    hung = await Publication.get_or_none(id=publication_id)
    if hung is None:
        raise Hidden("没有这份公示。")
    matter = await Matter.get_or_none(id=hung.matter_id) if hung.matter_id else None
    return await _write(hung.place_id, matter, hung, (Actor.CLERK, words, days), by=by, at=at)


async def _write(
    place_id: int,
    matter: Matter | None,
    hung: Publication | None,
    said: tuple[Actor, str, int],
    *,
    by: Person,
    at: datetime,
) -> Note:
    office, words, days = said
    await require_in_place(by, place_id, Right.MATTER_SUPERVISE, at=at)
    length(words, WORDS, "words")
    if office not in OFFICES:
        raise Unfit("请选这条意见写给谁。", field="office")
    if days not in NOTE_DAYS:
        raise Unfit("答复的期限请写 {first} 到 {last} 天。", field="days", first=NOTE_DAYS[0], last=NOTE_DAYS[-1])
    about = matter or hung
    made = await Note.create(
        community_id=about.community_id if about else 0,
        place_id=place_id,
        matter_id=matter.id if matter else None,
        publication_id=hung.id if hung else None,
        office=office,
        source=Source.HAND,
        words=words,
        by=by,
        at=at,
        due_at=ends_at(local_day(at) + timedelta(days=days)),
    )
    await set_timer("note.due", made.key, made.due_at, community_id=made.community_id)
    facts: dict[str, Any] = {
        "matter": made.matter_id,
        "publication": made.publication_id,
        "office": office,
        "due": made.due_at,
    }
    await record("note.written", made.key, by=by, at=at, community_id=made.community_id, **facts)
    return made


@command
async def answer(note_id: int, words: str, *, by: Person, at: datetime) -> Note:
    """Answer a note for the office it was written to.

    Raises:
        Forbidden: not of that office, or whoever wrote it.
        MovedOn: it is answered.
    """
    found = await _found(note_id)
    await require_in_place(by, found.place_id, RIGHTS[found.office], at=at)
    if found.by_id == by.id:
        raise Forbidden("自己写的监督意见，要由别人答复。")
    length(words, WORDS, "words")
    if not await Note.filter(id=found.id, answered_at=None).update(answer=words, answered_by_id=by.id, answered_at=at):
        raise MovedOn("这条监督意见已经答复了，请刷新后再看。")
    facts: dict[str, Any] = {"matter": found.matter_id, "late": at >= found.due_at}
    await record("note.answered", found.key, by=by, at=at, community_id=found.community_id, **facts)
    return await _found(note_id)


@command
async def press(note_id: int, *, by: Person, at: datetime) -> Note:
    """Press for the answer that is late (督办); the office and those above it are told."""
    found = await _found(note_id)
    await require_in_place(by, found.place_id, Right.MATTER_SUPERVISE, at=at)
    if found.answered_at or at < found.due_at:
        raise Unfit("还没有到答复的期限，或者已经答复了，不用督办。")
    await Note.filter(id=found.id).update(pressed=F("pressed") + 1)
    facts: dict[str, Any] = {"matter": found.matter_id, "times": found.pressed + 1}
    await record("note.pressed", found.key, by=by, at=at, community_id=found.community_id, **facts)
    return await _found(note_id)


async def _found(note_id: int) -> Note:
    found = await Note.get_or_none(id=note_id).select_related("matter")
    if found is None:
        raise Hidden("没有这条监督意见。")
    return found
