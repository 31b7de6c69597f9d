"""Reading what people said."""

from dataclasses import dataclass, field
from typing import Final

from deliberation.debate.models import Comment
from deliberation.matter.models import Matter

PAGE: Final = 30


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
    heads = await rows.select_related("author").order_by("-id").limit(PAGE + 1)
    page = {head.id: Thread(head) for head in heads[:PAGE]}
    for answer in await Comment.filter(parent_id__in=list(page)).select_related("author").order_by("id"):
        page[answer.parent_id or 0].answers.append(answer)
    return list(page.values()), heads[PAGE - 1].id if len(heads) > PAGE else None


async def how_many(matter: Matter) -> int:
    """Return how many comments a matter has."""
    return await Comment.filter(matter_id=matter.id).count()
