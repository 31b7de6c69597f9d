"""有帮助 — readers mark what helped them; the count beside a comment is always the number of its rows."""

from datetime import datetime

from tortoise.expressions import F

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.debate.models import Comment, Helpful
from deliberation.debate.rules import OPEN_IN
from deliberation.matter.models import Matter
from deliberation.matter.queries import find


async def readable(person: Person, code: str) -> tuple[Comment, Matter]:
    """Return a comment that stands under a matter ``person`` may read, and the matter.

    Raises:
        Hidden: there is none, or moderation has put its words away.
    """
    comment = await Comment.get_or_none(code=code)
    if comment is None or comment.hidden_at:
        raise Hidden("这条留言已经不在了。")
    return comment, await find(person, comment.matter_id)


@command
async def mark_helpful(code: str, *, by: Person, at: datetime) -> Comment:
    """Say that a comment helped; once a person, and never of one's own.

    Raises:
        Unfit: it is one's own, or the discussion is over.
        MovedOn: said already.
    """
    comment = await _votable(code, by, at)
    if comment.author_id == by.id:
        raise Unfit("这是您自己的留言，请等别人来标。")
    await _count(comment, 1)
    if await Helpful.exists(comment_id=comment.id, person_id=by.id):
        raise MovedOn("您已经标过“有帮助”了。")
    await Helpful.create(comment=comment, person=by, at=at)
    return await _told("comment.helpful", comment, by, at)


@command
async def unmark_helpful(code: str, *, by: Person, at: datetime) -> Comment:
    """Take it back.

    Raises:
        MovedOn: it was not marked, or has been taken back already.
    """
    comment = await _votable(code, by, at)
    await _count(comment, -1)
    if not await Helpful.filter(comment_id=comment.id, person_id=by.id).delete():
        raise MovedOn("您没有标过“有帮助”，或者已经取消了。")
    return await _told("comment.not_helpful", comment, by, at)


async def _votable(code: str, by: Person, at: datetime) -> Comment:
    comment, matter = await readable(by, code)
    await require_in_place(by, matter.body.place_id, Right.COMMENT_WRITE, at=at)
    if matter.state not in OPEN_IN:
        raise Unfit("这件事的讨论已经结束，不能再标了。")
    return comment


async def _count(comment: Comment, change: int) -> None:
    """Move the count first: that locks the row, so that two presses of one person are looked at in turn."""
    await Comment.filter(id=comment.id).update(helpful=F("helpful") + change)


async def _told(kind: str, comment: Comment, by: Person, at: datetime) -> Comment:
    await record(kind, f"comment-{comment.id}", by=by, at=at, community_id=comment.community_id)
    await comment.refresh_from_db()
    return comment
