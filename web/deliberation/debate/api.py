"""What people said and what was agreed, as open data: no names, and nothing that moderation has put away."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from deliberation.debate.models import Comment, Opinion
from deliberation.debate.queries import listed, opinions
from deliberation.debate.rules import Accord, Position
from deliberation.matter.queries import find
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.words import N_


class CommentOut(Answer):
    """A comment that began a thread. ``helpful`` and ``answers`` are counts; hidden words are empty."""

    code: str
    position: Position
    words: str
    hidden: bool
    official: bool
    at: datetime
    edited_at: datetime | None
    helpful: int
    answers: int


class CommentPage(Page[CommentOut]):
    """A page of comments, newest first."""


class OpinionOut(Answer):
    """What was agreed or what was not, with the answer to it."""

    code: str
    kind: Accord
    words: str
    hidden: bool
    noted_at: datetime
    answer: str
    answered_at: datetime | None


class Opinions(Answer):
    """Everything that was taken down about a matter; ``open`` dissents wait for an answer."""

    open: int
    items: list[OpinionOut]


class WantedComments(Paging):
    """Which comments."""

    position: Literal["for", "against", "more"] | None = Field(
        None, description=N_("for 赞成 · against 反对 · more 补充")
    )


async def list_comments(ask: Ask) -> CommentPage:
    """Answer with a page of comments on a public matter."""
    wanted: WantedComments = ask.query
    position = Position(wanted.position) if wanted.position else None
    found, more = await listed(await find(None, ask.path["id"]), position=position, before=key_of(wanted.cursor))
    return CommentPage(items=[comment_out(each) for each in found], next=cursor_of(more))


async def list_opinions(ask: Ask) -> Opinions:
    """Answer with what was agreed about a public matter, and what was not."""
    matter = await find(None, ask.path["id"])
    return Opinions(open=matter.open_dissents, items=[opinion_out(each) for each in await opinions(matter)])


def comment_out(row: Comment) -> CommentOut:
    """Return a comment as anybody may read it."""
    hidden = row.hidden_at is not None
    plain = ("code", "position", "official", "at", "edited_at", "helpful")
    facts = {name: getattr(row, name) for name in plain}
    return CommentOut(**facts, words="" if hidden else row.words, hidden=hidden, answers=row.answered)


def opinion_out(row: Opinion) -> OpinionOut:
    """Return an opinion as anybody may read it."""
    hidden = row.put_away is not None
    facts = {name: getattr(row, name) for name in ("code", "kind", "noted_at", "answer", "answered_at")}
    return OpinionOut(**facts, words="" if hidden else row.words, hidden=hidden)


calls = [
    Call(
        method="GET",
        path="/matters/{id:int}/comments",
        name="listComments",
        title=N_("列出一件议题的留言，新的在前"),
        do=list_comments,
        answer=CommentPage,
        query=WantedComments,
    ),
    Call(
        method="GET",
        path="/matters/{id:int}/opinions",
        name="listOpinions",
        title=N_("列出一件议题的共识、不同意见和答复"),
        do=list_opinions,
        answer=Opinions,
    ),
]
