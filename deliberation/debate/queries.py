"""Reading what people said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from community.errors import Hidden
from community.people.models import Person
from deliberation.debate.models import Comment, Helpful, Opinion, Wording
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter
from deliberation.matter.queries import find

PAGE: Final = 30
SIDE: Final = 15  # arguments of one side on a page
PAGES: Final = 400  # of arguments; further pages are empty


@dataclass(slots=True)
class Thread:
    """A comment and the answers to it, oldest first."""

    head: Comment
    answers: list[Comment] = field(default_factory=list)


async def threads(matter: Matter, *, before: int | None = None) -> tuple[list[Thread], int | None]:
    """Return a page of threads, newest first, and the key of the next page when there is more."""
    rows = Comment.filter(matter_id=matter.id, parent_id=None)
    if before:
        rows = rows.filter(id__lt=before)
    heads = await rows.select_related("author", "resident").order_by("-id").limit(PAGE + 1)
    page = {head.id: Thread(head) for head in heads[:PAGE]}
    for answer in await Comment.filter(parent_id__in=list(page)).select_related("author", "resident").order_by("id"):
        page[answer.parent_id or 0].answers.append(answer)
    return list(page.values()), heads[PAGE - 1].id if len(heads) > PAGE else None


async def how_many(matter: Matter) -> int:
    """Return how many comments a matter has."""
    return await Comment.filter(matter_id=matter.id).count()


async def listed(
    matter: Matter, *, position: Position | None = None, before: int | None = None
) -> tuple[list[Comment], int | None]:
    """Return a page of what was said first in each thread, newest first, and the key of the next page."""
    rows = Comment.filter(matter_id=matter.id, parent_id=None, **({"position": position} if position else {}))
    if before:
        rows = rows.filter(id__lt=before)
    found = await rows.select_related("author", "resident").order_by("-id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def arguments(matter: Matter, *, page: int = 1) -> tuple[list[Comment], list[Comment], bool]:
    """Return a page of arguments for and against, the most helpful first, then the oldest, and whether more follow."""
    sides = [await _side(matter, position, min(max(page, 1), PAGES)) for position in (Position.FOR, Position.AGAINST)]
    return sides[0][:SIDE], sides[1][:SIDE], any(len(side) > SIDE for side in sides)


async def _side(matter: Matter, position: Position, page: int) -> list[Comment]:
    said = Comment.filter(matter_id=matter.id, parent_id=None, position=position).select_related("author", "resident")
    return await said.order_by("-helpful", "id").offset((page - 1) * SIDE).limit(SIDE + 1)


async def said(person: Person | None, matter_id: int, code: str) -> tuple[Matter, Comment]:
    """Return a matter and one comment under it.

    Raises:
        Hidden: there is no such comment, or ``person`` may not know of the matter.
    """
    matter = await find(person, matter_id)
    comment = await Comment.get_or_none(code=code, matter_id=matter.id).select_related("author", "resident")
    if comment is None:
        raise Hidden("这条留言已经不在了。")
    return matter, comment


async def head_of(comment: Comment) -> Comment:
    """Return the comment that began the thread; itself when it did."""
    return (
        await Comment.get(id=comment.parent_id).select_related("author", "resident") if comment.parent_id else comment
    )


async def answers_to(comment: Comment, *, after: int = 0) -> tuple[list[Comment], int | None]:
    """Return a page of the answers, oldest first, and the key of the next page."""
    rows = Comment.filter(parent_id=comment.id, id__gt=after).select_related("author", "resident")
    found = await rows.order_by("id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def wordings(comment: Comment) -> list[Wording]:
    """Return the earlier wordings of a comment, the latest first."""
    return await Wording.filter(comment_id=comment.id).order_by("-number") if comment.edits else []


async def marked(person: Person | None, comments: Iterable[Comment]) -> set[int]:
    """Return which of these comments ``person`` has marked as helpful."""
    ids = [comment.id for comment in comments]
    if person is None or not ids:
        return set()
    rows = Helpful.filter(person_id=person.id, comment_id__in=ids)
    return {int(str(number)) for number in await rows.values_list("comment_id", flat=True)}


async def opinions(matter: Matter) -> list[Opinion]:
    """Return what was agreed and what was not, in the order in which it was taken down."""
    return await Opinion.filter(matter_id=matter.id).select_related("comment", "sitting").order_by("id")


async def noted(comment: Comment) -> Opinion | None:
    """Return the entry that was made of a comment."""
    return await Opinion.get_or_none(comment_id=comment.id)
