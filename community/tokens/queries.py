"""Whose token this is, and which tokens are mine."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from community.people.models import Person
from community.tokens.models import ApiToken
from community.tokens.rules import PREFIX


def hash_of(secret: str) -> str:
    """Return how a token is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def bearer(secret: str, *, at: datetime) -> ApiToken | None:
    """Return the token in force at ``at`` with its person, if ``secret`` is one."""
    if not secret.startswith(PREFIX):
        return None
    running = ApiToken.filter(token_hash=hash_of(secret), revoked_at=None, expires_at__gt=at)
    token = await running.select_related("person").first()
    return token if token and token.person.closed_at is None else None


async def mine(person: Person, *, at: datetime) -> Sequence[ApiToken]:
    """Return the tokens of ``person`` that are in force, newest first."""
    return await ApiToken.filter(person_id=person.id, revoked_at=None, expires_at__gt=at).order_by("-id")
