"""Links by which one person votes in one ballot without signing in, as often as they like until it closes."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from community.errors import Hidden
from community.people.models import Person
from community.record.transaction import bookkeeping
from deliberation.ballot.models import Ballot, Pass

BITS = 128


@bookkeeping
async def issue(ballot: Ballot, people: Sequence[Person], *, at: datetime) -> dict[int, str]:
    """Return the token of a fresh link for each person, by their id; only hashes are kept, so none is shown again."""
    tokens = {person.id: secrets.token_urlsafe(BITS // 8) for person in people}
    await Pass.bulk_create(
        [
            Pass(token_hash=token_hash(token), ballot_id=ballot.id, person_id=person, made_at=at)
            for person, token in tokens.items()
        ]
    )
    return tokens


async def bearer(token: str, *, at: datetime) -> Pass:
    """Return the pass that ``token`` opens, or raise `Hidden` when it is unknown or its ballot has closed."""
    found = await Pass.get_or_none(token_hash=token_hash(token)).select_related("ballot", "person")
    if found is None or at >= found.ballot.closes_at or found.person.closed_at:
        raise Hidden("这个投票链接已经失效。表决可能已经截止，您可以登录后查看结果。")
    return found


def token_hash(token: str) -> str:
    """Return how a link's token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
