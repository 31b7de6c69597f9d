"""Links by which one person votes in one ballot without signing in, as often as they like until it closes."""

import hashlib
import secrets
from datetime import datetime

from community.errors import Hidden
from community.people.models import Person
from community.record.transaction import bookkeeping
from deliberation.ballot.models import Ballot, Pass

BITS = 128


@bookkeeping
async def issue(ballot: Ballot, person: Person, *, at: datetime) -> str:
    """Return the token of a fresh link; only its hash is kept, so it cannot be shown again."""
    token = secrets.token_urlsafe(BITS // 8)
    await Pass.create(token_hash=token_hash(token), ballot_id=ballot.id, person_id=person.id, made_at=at)
    return token


async def bearer(token: str, *, at: datetime) -> Pass:
    """Return the pass that ``token`` opens, or raise `Hidden` when it is unknown or its ballot has closed."""
    found = await Pass.get_or_none(token_hash=token_hash(token)).select_related("ballot", "person")
    if found is None or at >= found.ballot.closes_at or found.person.closed_at:
        raise Hidden("这个投票链接已经失效。表决可能已经截止，您可以登录后查看结果。")
    return found


def token_hash(token: str) -> str:
    """Return how a link's token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
