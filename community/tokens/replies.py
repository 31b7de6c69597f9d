"""Doing a keyed write once, however often it is asked for.

The reply is kept in the transaction of the write itself: either both are on disk
or neither is. Two who ask at the same time meet in the unique key; the later one
waits, fails, and gets the reply of the first.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError

from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import bookkeeping
from community.tokens.models import ApiReply
from community.tokens.rules import KEEP


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered; ``again`` when it is the kept answer of an earlier time."""

    status: int
    body: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """One keyed write: whose, under which key, to which route, with a body of which SHA-256."""

    person: Person
    key: str
    route: str
    digest: str


async def once(wish: Wish, work: Callable[[], Awaitable[Reply]], *, at: datetime) -> Reply:
    """Do ``work`` unless it was done under this key before, and return its reply.

    Raises:
        Unfit: the key was used for another body.
    """
    if kept := await _kept(wish):
        return kept
    try:
        return await _first(wish, work, at)
    except IntegrityError:
        if kept := await _kept(wish):
            return kept
        raise


@bookkeeping
async def _first(wish: Wish, work: Callable[[], Awaitable[Reply]], at: datetime) -> Reply:
    row = await ApiReply.create(
        person_id=wish.person.id, key=wish.key, route=wish.route, digest=wish.digest, status=0, body="", at=at
    )
    reply = await work()
    await ApiReply.filter(id=row.id).update(status=reply.status, body=reply.body)
    return reply


async def _kept(wish: Wish) -> Reply | None:
    row = await ApiReply.get_or_none(person_id=wish.person.id, key=wish.key, route=wish.route)
    if row is None:
        return None
    if row.digest != wish.digest:
        raise Unfit("这个 Idempotency-Key 已经用在别的内容上了。请换一个新的再发。")
    return Reply(row.status, row.body, again=True)


@bookkeeping
async def forget(at: datetime) -> int:
    """Drop the replies that nobody will ask for again; return how many."""
    return await ApiReply.filter(at__lt=at - KEEP).delete()
