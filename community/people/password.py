"""Passwords: hashed with Argon2id in threads, checked in the same time whether or not the account exists."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from community.people.authority import changed, warn
from community.people.links import use, void
from community.people.models import Person
from community.people.rules import Purpose
from community.people.sessions import end_all
from community.people.strength import require_strong
from community.record.outbox import record
from community.record.transaction import command

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP: Argon2id, 19 MiB, t=2
AT_ONCE: Final = 2  # threads; each takes 19 MiB and one core

T = TypeVar("T")

_gates: "WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = WeakKeyDictionary()


async def hash_of(password: str) -> str:
    """Return the Argon2id hash of a password."""
    return await _apart(lambda: HASHER.hash(password))


async def matches(password: str, stored: str | None) -> bool:
    """Return whether ``password`` is the one hashed in ``stored``; as slow when there is none."""
    right = await _apart(lambda: _verify(stored or _nobody(), password))
    return right and stored is not None


async def set_password(person: Person, password: str, *, keep_session: int | None = None, at: datetime) -> None:
    """Give ``person`` a new password and end their sessions, all but the one it was set from.

    Raises:
        Unfit: the password is weak.
    """
    await require_strong(password, known=(person.name, person.email))
    await _store(person, await hash_of(password), keep_session=keep_session, at=at)


async def reset_password(token: str, password: str, *, person: Person, at: datetime) -> Person:
    """Give a new password to whom the mailed link belongs.

    Raises:
        Unfit: the password is weak; the link stays good.
        MovedOn: the link is used or too old.
    """
    await require_strong(password, known=(person.name, person.email))
    return await _reset(token, await hash_of(password), at=at)


@command
async def _reset(token: str, hashed: str, *, at: datetime) -> Person:
    person = await use(token, Purpose.SET_PASSWORD, at=at)
    await Person.filter(id=person.id, confirmed_at=None).update(confirmed_at=at)  # the link proves the mailbox
    await _store(person, hashed, keep_session=None, at=at)
    return person


@command
async def _store(person: Person, hashed: str, *, keep_session: int | None, at: datetime) -> None:
    await Person.filter(id=person.id).update(password_hash=hashed)
    await end_all(person, but=keep_session, by=person, at=at)
    await void(person, at=at)
    await changed(person.id)
    await record("person.password-changed", f"person-{person.id}", by=person, at=at, community_id=person.community_id)
    await warn(person, "password", at=at)


def _verify(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return HASHER.hash("nobody has this password")


async def _apart(work: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()
    async with _gates.setdefault(loop, asyncio.Semaphore(AT_ONCE)):
        waiting: Awaitable[T] = asyncio.to_thread(work)
        return await waiting
