"""Making and revoking tokens, and noting that they are used."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import all_roles
from community.record.outbox import Actor, record
from community.record.transaction import bookkeeping, command
from community.rights import Right, require
from community.tokens.models import ApiToken
from community.tokens.queries import hash_of
from community.tokens.rules import LABEL_MOST, LIVES, MOST, PREFIX, TOUCH, Scope


@command
async def make(label: str, scopes: Iterable[Scope], *, days: int, by: Person, at: datetime) -> str:
    """Make a token for ``by`` and return it; it cannot be read again.

    Raises:
        Forbidden: a person who is not verified has no rights that a program could use.
        Unfit: no label, no scope, an odd life, or too many tokens already.
    """
    require(await all_roles(by, at=at), Right.API_TOKEN)
    chosen = sorted(set(scopes))
    _fit(label, chosen, days)
    if await ApiToken.filter(person_id=by.id, revoked_at=None, expires_at__gt=at).count() >= MOST:
        raise Unfit("您已经有 {most} 个令牌了。请先停用一个不用的，再做新的。", field="label", most=MOST)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = await ApiToken.create(
        token_hash=hash_of(secret),
        person_id=by.id,
        label=label,
        scopes=" ".join(chosen),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    await record("token.made", f"token-{token.id}", by=by, at=at, scopes=chosen, days=days)
    return secret


def _fit(label: str, scopes: list[Scope], days: int) -> None:
    if not 1 <= len(label) <= LABEL_MOST:
        raise Unfit("请给令牌起个名字，最多 {most} 个字，以后好认。", field="label", most=LABEL_MOST)
    if not scopes:
        raise Unfit("请至少选一件允许它办的事。", field="scopes")
    if days not in LIVES:
        raise Unfit("请从给出的期限里选一个。", field="days")


@command
async def revoke(code: str, *, by: Person, at: datetime) -> None:
    """Stop a token at once.

    Raises:
        Hidden: this person has no such token in force.
    """
    token = await ApiToken.get_or_none(code=code, person_id=by.id, revoked_at=None)
    if token is None:
        raise Hidden("没有找到这个令牌。它可能已经停用了。")
    await ApiToken.filter(id=token.id, revoked_at=None).update(revoked_at=at)
    await record("token.revoked", f"token-{token.id}", by=by, at=at)


async def revoke_all(person: Person, by: Actor | None, at: datetime) -> None:
    """Stop every token of ``person``; part of signing out everywhere."""
    if count := await ApiToken.filter(person_id=person.id, revoked_at=None).update(revoked_at=at):
        await record("token.revoked", f"person-{person.id}", by=by, at=at, count=count)


async def note_use(token: ApiToken, *, at: datetime) -> None:
    """Note that a token was used, every ten minutes at most."""
    if token.used_at is None or at - token.used_at > TOUCH:
        await _note(token.id, at)


@bookkeeping
async def _note(number: int, at: datetime) -> None:
    await ApiToken.filter(id=number).update(used_at=at)
