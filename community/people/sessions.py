"""Sessions: kept here, not in the cookie, so that each can be ended at once. Source: OWASP ASVS 5.0 7.2–7.4."""

import hashlib
import secrets
from datetime import datetime

from community.errors import Hidden
from community.people.authority import changed
from community.people.leaving import leave
from community.people.models import Person, Session
from community.people.rules import SESSION, SHARED_SESSION
from community.record.outbox import Actor, record
from community.record.transaction import command

BYTES = 32
AGENT_MOST = 120


def hash_of_token(token: str) -> str:
    """Return how a session's token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


@command
async def begin(person: Person, *, shared: bool, agent: str, instead: Session | None = None, at: datetime) -> str:
    """Begin a session and return the token of its cookie; ``shared`` is a telephone that others use too."""
    if instead and not instead.ended_at:
        await end(instead, by=person, at=at)
    token = secrets.token_urlsafe(BYTES)
    session = await Session.create(
        person_id=person.id,
        token_hash=hash_of_token(token),
        agent=agent[:AGENT_MOST],
        began_at=at,
        seen_at=at,
        expires_at=at + (SHARED_SESSION if shared else SESSION),
    )
    await record("session.began", f"person-{person.id}", by=person, at=at, session=session.id, shared=shared)
    return token


@command
async def end(session: Session, *, by: Actor, at: datetime) -> None:
    """End one session; ending it twice changes nothing."""
    await Session.filter(id=session.id, ended_at=None).update(ended_at=at)
    await record("session.ended", f"person-{session.person_id}", by=by, at=at, session=session.id)


@command
async def end_mine(person: Person, code: str, *, at: datetime) -> None:
    """End one of one's own sessions.

    Raises:
        Hidden: there is no such session of this person.
    """
    session = await Session.get_or_none(code=code, person_id=person.id)
    if session is None:
        raise Hidden("没有找到这次登录，它可能已经退出了。")
    await end(session, by=person, at=at)


@command
async def sign_out_everywhere(person: Person, *, by: Actor | None, at: datetime) -> None:
    """End every session of ``person``, this one too, and whatever else acts in their name."""
    await end_all(person, by=by, at=at)
    await leave(person, by=by, at=at)
    await changed(person.id)


@command
async def end_all(person: Person, *, but: int | None = None, by: Actor | None, at: datetime) -> None:
    """End every session of ``person`` but one."""
    running = Session.filter(person_id=person.id, ended_at=None)
    count = await (running.exclude(id=but) if but else running).update(ended_at=at)
    await record("session.ended", f"person-{person.id}", by=by, at=at, count=count)


@command
async def strengthen(session: Session, *, at: datetime) -> str:
    """Note that a session has shown its second factor, and return its new token: the old one was worth less."""
    token = secrets.token_urlsafe(BYTES)
    await Session.filter(id=session.id).update(strong_at=at, token_hash=hash_of_token(token))
    await record("session.strengthened", f"person-{session.person_id}", by=session.person, at=at, session=session.id)
    return token
