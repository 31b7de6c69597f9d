"""Taking back one's own decision within ten minutes; that it happened stays in the record and in the public log."""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Unfit
from community.moderation.effects import take_back
from community.moderation.hiding import LAPSE
from community.moderation.letters import MAIL, by_author, tell_author
from community.moderation.models import Hiding
from community.moderation.moving import move, note
from community.moderation.reporting import reopen_reports
from community.moderation.rules import UNDO_WITHIN
from community.moderation.states import IN_EFFECT, MOVES
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import cancel_timers
from community.words import N_

UNDONE: Final = N_("刚才对您一条内容的处理撤销了，内容已经恢复原样。")
LATE: Final = N_("十分钟已经过了，不能撤销。作者可以申诉，由另一位同事答复。")


def may_undo(hiding: Hiding, person: Person, *, at: datetime) -> bool:
    """Return whether ``person`` may still take ``hiding`` back."""
    since = hiding.effective_at or hiding.at
    acted = person.id in (hiding.by_id, hiding.second_id)
    return acted and (hiding.state, "undo") in MOVES and at < since + UNDO_WITHIN


@command
async def undo(code: str, *, by: Person, at: datetime) -> Hiding:
    """Take back a decision of one's own; what was reported waits again.

    Raises:
        Forbidden: somebody else decided, or this person moderates here no longer.
        MovedOn: it was appealed against, refused or taken back meanwhile.
        Unfit: ten minutes are over.
    """
    hiding = await Hiding.get(code=code)
    await require_in_place(by, hiding.community_id, Right.CONTENT_MODERATE, at=at)
    await _undo(hiding, by, at)
    return hiding


async def _undo(hiding: Hiding, by: Person, at: datetime) -> None:
    if by.id not in (hiding.by_id, hiding.second_id):
        raise Forbidden("只有经办人自己能撤销。")
    if at >= (hiding.effective_at or hiding.at) + UNDO_WITHIN:
        raise Unfit(LATE)
    was = hiding.state
    await move(hiding, "undo", at=at)
    await cancel_timers(MAIL, hiding.key)
    await cancel_timers(LAPSE, hiding.key)
    if was in IN_EFFECT:
        await take_back(hiding, at=at)
        await tell_author(hiding, UNDONE, at=at, mail=False)
    await reopen_reports(hiding.subject, hiding.at, at=at)
    await note("content.undone", hiding, by=by, at=at)


@command
async def undo_batch(batch: str, *, by: Person, at: datetime) -> int:
    """Take back what still stands of a batch and return how much that was.

    Raises:
        Forbidden: somebody else decided.
        Unfit: ten minutes are over, or nothing of it is left.
    """
    standing = [each for each in await Hiding.filter(batch=batch).order_by("id") if (each.state, "undo") in MOVES]
    if not standing:
        raise Unfit("这一批已经没有可以撤销的了。")
    await require_in_place(by, standing[0].community_id, Right.CONTENT_MODERATE, at=at)
    for hiding in standing:
        await _undo(hiding, by, at)
    where, authors = standing[0].community_id, len(by_author(standing))
    await record(
        "content.batch-undone", f"batch-{batch}", by=by, at=at, community_id=where, n=len(standing), authors=authors
    )
    return len(standing)
