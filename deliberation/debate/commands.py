"""Saying something about a matter."""

from datetime import datetime

from tortoise.expressions import F

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import is_staff, require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.debate.models import Comment
from deliberation.debate.rules import OPEN_IN, SAME, Position, check
from deliberation.matter.models import Matter
from deliberation.matter.queries import find


@command
async def comment(
    matter_id: int, position: Position, words: str, *, answers: str | None = None, by: Person, at: datetime
) -> Comment:
    """Say something; ``answers`` is the code of the comment it answers. Answers to answers join the same thread.

    Raises:
        Unfit: too short or too long, just said in the same words, or the matter is no longer talked about.
    """
    matter = await find(by, matter_id)
    roles = await require_in_place(by, matter.body.place_id, Right.COMMENT_WRITE, at=at)
    check(words)
    if matter.state not in OPEN_IN:
        raise Unfit("这件事的讨论已经结束，或者还没有开始。", field="words")
    parent = await _parent(matter, answers)
    await _refuse_twice(matter, parent, words, by=by, at=at)
    said = await Comment.create(
        community_id=matter.community_id,
        matter=matter,
        parent_id=parent,
        author=by,
        position=position,
        words=words,
        official=is_staff(roles),
        at=at,
    )
    await Comment.filter(id=parent or 0).update(answered=F("answered") + 1)
    await record(
        "comment.written",
        f"comment-{said.id}",
        by=by,
        at=at,
        community_id=matter.community_id,
        matter=matter.id,
        answers=parent,
    )
    return said


async def _refuse_twice(matter: Matter, parent: int | None, words: str, *, by: Person, at: datetime) -> None:
    """Refuse what the same person said in the same place in the same words a moment ago: a button pressed twice."""
    lately = Comment.filter(author_id=by.id, matter_id=matter.id, parent_id=parent, at__gt=at - SAME)
    if await lately.filter(words=words).exists():
        raise Unfit("这段话您刚刚发过，已经在下面了，不用再发一次。要补充，请写点新的。", field="words")


async def _parent(matter: Matter, code: str | None) -> int | None:
    if not code:
        return None
    found = await Comment.get_or_none(code=code, matter_id=matter.id)
    if found is None:
        raise Hidden("您要回复的留言已经不在了。")
    return found.parent_id or found.id
