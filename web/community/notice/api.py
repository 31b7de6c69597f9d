"""My notices, for my programs."""

from datetime import datetime

from community.notice import commands, queries
from community.notice.models import Notice
from community.tokens.rules import Scope
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.words import N_


class NoticeOut(Answer):
    """One notice: a sentence in the language of who asks, and where to go from it."""

    code: str
    topic: str
    text: str
    url: str
    at: datetime
    read: bool


class NoticePage(Page[NoticeOut]):
    """A page of notices, newest first."""


async def list_notices(ask: Ask) -> NoticePage:
    """Answer with a page of the inbox."""
    found, more = await queries.inbox(ask.person, before=key_of(ask.query.cursor))
    return NoticePage(items=[_out(ask, each) for each in found], next=cursor_of(more))


async def read_notice(ask: Ask) -> NoticeOut:
    """Mark one notice as read."""
    notice = await commands.read_one(ask.person, ask.path["code"], at=ask.at)
    return _out(ask, notice).model_copy(update={"read": True})


def _out(ask: Ask, notice: Notice) -> NoticeOut:
    return NoticeOut(
        code=notice.code,
        topic=notice.topic,
        text=ask.say(notice.sentence, **notice.values),
        url=notice.url,
        at=notice.at,
        read=notice.read_at is not None,
    )


calls = [
    Call(
        method="GET",
        path="/notices",
        name="listNotices",
        title=N_("列出我的通知，新的在前"),
        do=list_notices,
        answer=NoticePage,
        scope=Scope.NOTICES_READ,
        query=Paging,
    ),
    Call(
        method="POST",
        path="/notices/{code}/read",
        name="readNotice",
        title=N_("把一条通知标为已读"),
        do=read_notice,
        answer=NoticeOut,
        scope=Scope.NOTICES_WRITE,
    ),
]
