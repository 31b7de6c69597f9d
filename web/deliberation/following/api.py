"""What my programs may know and change of what I follow."""

from community.tokens.rules import Scope
from deliberation.following.commands import follow_matter
from deliberation.following.queries import followed, why_following
from deliberation.following.rules import Why
from deliberation.matter.queries import find
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.words import N_


class FollowedOut(Answer):
    """A matter I follow, and why: ``author``, ``seconded``, ``voted`` or ``asked``; null when I do not."""

    id: int
    title: str
    why: Why | None


class FollowedPage(Page[FollowedOut]):
    """A page of the matters I follow, newest first."""


async def list_followed(ask: Ask) -> FollowedPage:
    """Answer with a page of what the person follows."""
    found, more = await followed(ask.person, before=key_of(ask.query.cursor))
    items = [
        FollowedOut(id=each.matter.id, title="" if each.matter.hidden_at else each.matter.title, why=each.why)
        for each in found
    ]
    return FollowedPage(items=items, next=cursor_of(more))


async def begin(ask: Ask) -> FollowedOut:
    """Follow a matter."""
    return await _follow(ask, wanted=True)


async def end(ask: Ask) -> FollowedOut:
    """Hear no more of a matter."""
    return await _follow(ask, wanted=False)


async def _follow(ask: Ask, *, wanted: bool) -> FollowedOut:
    await follow_matter(ask.path["id"], wanted=wanted, by=ask.person, at=ask.at)
    matter = await find(ask.person, ask.path["id"])
    why = await why_following(ask.person, matter)
    return FollowedOut(id=matter.id, title="" if matter.hidden_at else matter.title, why=why)


calls = [
    Call(
        method="GET",
        path="/following",
        name="listFollowed",
        title=N_("列出我关注的议题，新的在前"),
        do=list_followed,
        answer=FollowedPage,
        scope=Scope.NOTICES_READ,
        query=Paging,
    ),
    Call(
        method="POST",
        path="/matters/{id:int}/following",
        name="followMatter",
        title=N_("关注一件议题"),
        do=begin,
        answer=FollowedOut,
        scope=Scope.NOTICES_WRITE,
    ),
    Call(
        method="POST",
        path="/matters/{id:int}/following/end",
        name="unfollowMatter",
        title=N_("不再关注一件议题"),
        do=end,
        answer=FollowedOut,
        scope=Scope.NOTICES_WRITE,
    ),
]
