"""A discussion for programs: a comment with its answers, the two sides; speaking, and what the host takes down."""

from datetime import datetime

from pydantic import Field

from community.tokens.rules import Scope
from deliberation.debate import opinions, queries
from deliberation.debate.commands import comment
from deliberation.debate.marking import mark_helpful, unmark_helpful
from deliberation.debate.rewording import reword
from deliberation.matter.queries import find
from web.api.call import Answer, Ask, Call, Paging
from web.api.cursor import cursor_of, key_of
from web.deliberation.debate.api import CommentOut, OpinionOut, comment_out, opinion_out
from web.deliberation.debate.forms import AnswerForm, CommentForm, OpinionForm, WordsForm
from web.forms import Form
from web.words import N_


class WordingOut(Answer):
    """An earlier wording; ``number`` counts from 1."""

    number: int
    words: str
    at: datetime


class ThreadOut(Answer):
    """One comment, its earlier wordings, and a page of the answers in its thread, oldest first."""

    comment: CommentOut
    earlier: list[WordingOut]
    answers: list[CommentOut]
    next: str | None


class SidesOut(Answer):
    """What speaks for a matter and what against it, the most helpful first; ``more`` when another page follows."""

    pro: list[CommentOut]
    con: list[CommentOut]
    more: bool


class WantedSides(Form):
    """Which page of the arguments."""

    page: int = Field(1, ge=1, le=queries.PAGES, description=N_("第几页，从 1 开始"))


class DissentAnswer(AnswerForm):
    """What is said to a dissent, in public."""


async def show_comment(ask: Ask) -> ThreadOut:
    """Answer with one comment on a public matter and the answers in its thread."""
    _, said = await queries.said(None, ask.path["id"], ask.path["code"])
    answers, more = await queries.answers_to(await queries.head_of(said), after=key_of(ask.query.cursor) or 0)
    earlier = [] if said.hidden_at else await queries.wordings(said)
    return ThreadOut(
        comment=comment_out(said),
        earlier=[WordingOut(number=each.number, words=each.words, at=each.at) for each in earlier],
        answers=[comment_out(each) for each in answers],
        next=cursor_of(more),
    )


async def list_arguments(ask: Ask) -> SidesOut:
    """Answer with the two sides of a public matter."""
    pro, con, more = await queries.arguments(await find(None, ask.path["id"]), page=ask.query.page)
    return SidesOut(pro=[comment_out(each) for each in pro], con=[comment_out(each) for each in con], more=more)


async def write(ask: Ask) -> CommentOut:
    """Say something, or answer a comment."""
    given: CommentForm = ask.body
    made = await comment(ask.path["id"], given.position, given.words, answers=given.answers, by=ask.person, at=ask.at)
    return comment_out(made)


async def rewrite(ask: Ask) -> CommentOut:
    """Change one's own comment."""
    await queries.said(ask.person, ask.path["id"], ask.path["code"])
    return comment_out(await reword(ask.path["code"], ask.body.words, by=ask.person, at=ask.at))


async def helped(ask: Ask) -> CommentOut:
    """Say that a comment helped."""
    await queries.said(ask.person, ask.path["id"], ask.path["code"])
    return comment_out(await mark_helpful(ask.path["code"], by=ask.person, at=ask.at))


async def unhelped(ask: Ask) -> CommentOut:
    """Take that back."""
    await queries.said(ask.person, ask.path["id"], ask.path["code"])
    return comment_out(await unmark_helpful(ask.path["code"], by=ask.person, at=ask.at))


async def note(ask: Ask) -> OpinionOut:
    """Take down what was agreed or not."""
    given: OpinionForm = ask.body
    said = given.comment or None
    made = await opinions.note(ask.path["id"], given.kind, given.words, comment=said, by=ask.person, at=ask.at)
    return opinion_out(made)


async def answer(ask: Ask) -> OpinionOut:
    """Answer a dissent."""
    await opinions.answer(ask.path["code"], ask.body.answer, by=ask.person, at=ask.at)
    matter = await find(ask.person, ask.path["id"])
    return next(opinion_out(each) for each in await queries.opinions(matter) if each.code == ask.path["code"])


_TALK, _OPINIONS = "/matters/{id:int}/comments", "/matters/{id:int}/opinions"

calls = [
    Call(
        method="GET",
        path=f"{_TALK}/{{code}}",
        name="showComment",
        title=N_("看一条留言、以前的文字和回复"),
        do=show_comment,
        answer=ThreadOut,
        query=Paging,
    ),
    Call(
        method="GET",
        path="/matters/{id:int}/arguments",
        name="listArguments",
        title=N_("看正反两方的理由，觉得有帮助的人多的在前"),
        do=list_arguments,
        answer=SidesOut,
        query=WantedSides,
    ),
    Call(
        method="POST",
        path=_TALK,
        name="writeComment",
        title=N_("留言，或者回复一条留言"),
        do=write,
        answer=CommentOut,
        scope=Scope.COMMENTS_WRITE,
        body=CommentForm,
        status=201,
    ),
    Call(
        method="POST",
        path=f"{_TALK}/{{code}}/words",
        name="rewordComment",
        title=N_("修改自己的一条留言，以前的文字还看得到"),
        do=rewrite,
        answer=CommentOut,
        scope=Scope.COMMENTS_WRITE,
        body=WordsForm,
    ),
    Call(
        method="POST",
        path=f"{_TALK}/{{code}}/helpful",
        name="markHelpful",
        title=N_("说一条留言有帮助"),
        do=helped,
        answer=CommentOut,
        scope=Scope.COMMENTS_WRITE,
    ),
    Call(
        method="POST",
        path=f"{_TALK}/{{code}}/helpful/end",
        name="unmarkHelpful",
        title=N_("不再说一条留言有帮助"),
        do=unhelped,
        answer=CommentOut,
        scope=Scope.COMMENTS_WRITE,
    ),
    Call(
        method="POST",
        path=_OPINIONS,
        name="noteOpinion",
        title=N_("主持人登记一条共识或者不同意见"),
        do=note,
        answer=OpinionOut,
        scope=Scope.MATTERS_HOST,
        body=OpinionForm,
        status=201,
    ),
    Call(
        method="POST",
        path=f"{_OPINIONS}/{{code}}/answer",
        name="answerOpinion",
        title=N_("答复一条不同意见"),
        do=answer,
        answer=OpinionOut,
        scope=Scope.MATTERS_HOST,
        body=DissentAnswer,
    ),
]
