"""Links sent by mail: 128 random bits, stored hashed, good once, for one purpose, for a short time."""

import hashlib
import secrets
from datetime import datetime, timedelta

from community.errors import MovedOn
from community.people.models import Link, Person
from community.people.rules import LINK_LIFE, Purpose
from community.record.outbox import record
from community.record.transaction import command

BYTES = 16


@command
async def make(person: Person, purpose: Purpose, *, life: timedelta | None = None, at: datetime) -> str:
    """Return the token of a new link; it exists nowhere else."""
    token = secrets.token_urlsafe(BYTES)
    expires = at + (life or LINK_LIFE[purpose])
    link = await Link.create(
        person_id=person.id, purpose=purpose, token_hash=_hash(token), made_at=at, expires_at=expires
    )
    await record("link.made", f"person-{person.id}", by=None, at=at, link=link.id, purpose=purpose)
    return token


async def good(token: str, purpose: Purpose, *, at: datetime) -> Link | None:
    """Return a link with its person while it is good; looking does not use it up."""
    open_ = Link.filter(token_hash=_hash(token), purpose=purpose, used_at=None, expires_at__gt=at)
    link = await open_.select_related("person").first()
    return link if link and not link.person.closed_at else None


async def whose(token: str, purpose: Purpose, *, at: datetime) -> Person | None:
    """Return whom a link belongs to while it is good."""
    link = await good(token, purpose, at=at)
    return link.person if link else None


async def use(token: str, purpose: Purpose, *, at: datetime) -> Person:
    """Use a link up, with all others of its purpose, and return whom it belongs to. Call it inside a command.

    Raises:
        MovedOn: it was used, is too old, or is for something else.
    """
    person = await whose(token, purpose, at=at)
    used = Link.filter(token_hash=_hash(token), purpose=purpose, used_at=None, expires_at__gt=at)
    if person is None or not await used.update(used_at=at):
        raise MovedOn("这个链接已经用过，或者过了时间。请再要一个新的。")
    await void(person, purpose, at=at)
    return person


async def void(person: Person, *purposes: Purpose, at: datetime) -> None:
    """Use up every open link of ``person`` for ``purposes`` (all when none is named)."""
    chosen = purposes or tuple(Purpose)
    await Link.filter(person_id=person.id, purpose__in=chosen, used_at=None).update(used_at=at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
