"""Reading words without a mask: while they are judged, and sealed ones; who looked is always recorded."""

import json
from datetime import datetime

from community.errors import Forbidden
from community.moderation.bodies import may_answer
from community.moderation.content import find_content, find_visible
from community.moderation.effects import unlock
from community.moderation.hiding import may_second
from community.moderation.models import Hiding
from community.moderation.states import DISPUTED, LIVE, PENDING
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.words import N_

SEALED = N_("原文已经封存，只有正在办这件申诉的人和第二个人能看。")


@command
async def read_original(subject: str, *, by: Person, at: datetime) -> str:
    """Return the words of ``subject``, which nothing was done about, without the mask.

    Raises:
        Hidden: it is somebody's draft.
        Forbidden: this person does not moderate there, or the words are sealed.
    """
    content = await find_visible(subject, by, at=at)
    await require_in_place(by, content.community_id, Right.CONTENT_MODERATE, at=at)
    if await Hiding.filter(live=subject).exists():
        raise Forbidden(SEALED)
    await record("content.unmasked", subject, by=by, at=at, community_id=content.community_id)
    return content.excerpt


@command
async def read_sealed(code: str, *, by: Person, at: datetime) -> str:
    """Return the sealed words of a decision, to those who answer its appeal or are its second pair of eyes.

    Raises:
        Forbidden: it is nobody of these.
    """
    hiding = await Hiding.get(code=code)
    if not await may_read_sealed(hiding, by, at=at):
        raise Forbidden(SEALED)
    await record("content.unmasked", hiding.subject, by=by, at=at, community_id=hiding.community_id, hiding=code)
    return await original_of(hiding)


async def may_read_sealed(hiding: Hiding, person: Person, *, at: datetime) -> bool:
    """Return whether ``person`` answers the appeal that waits, or may be the second pair of eyes."""
    if level := DISPUTED.get(hiding.state):
        return await may_answer(hiding, level, person, at=at)
    if hiding.state not in PENDING:
        return False
    try:
        await require_in_place(person, hiding.community_id, Right.CONTENT_MODERATE, at=at)
        await may_second(hiding, person, at=at)
    except Forbidden:
        return False
    return True


async def original_of(hiding: Hiding) -> str:
    """Return the words as they were when it was decided; the author may read them without being recorded."""
    if hiding.sealed and hiding.state in LIVE:
        pieces: list[list[str]] = json.loads(unlock(hiding, "sealed"))
        return " ".join(piece[-2] for piece in pieces)
    return (await find_content(hiding.subject)).excerpt
