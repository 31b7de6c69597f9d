"""Naming addresses to be called, and ending them."""

from datetime import datetime

from community.errors import Hidden, Unfit
from community.hooks.models import Hook
from community.hooks.rules import HOOKS_MOST, fit_address, new_secret
from community.people.models import Person
from community.people.roles import all_roles
from community.privacy import vault
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, require


@command
async def hang(url: str, *, loopback: bool, by: Person, at: datetime) -> tuple[Hook, str]:
    """Name an address to be called and return it with its secret, which cannot be read again.

    Raises:
        Forbidden: this person has nothing to do with programs.
        Unfit: the address is none, points inside, or there are too many.
    """
    require(await all_roles(by, at=at), Right.API_TOKEN)
    fit = fit_address(url, loopback=loopback)
    if await Hook.filter(person_id=by.id, ended_at=None).count() >= HOOKS_MOST:
        raise Unfit("您已经有 {most} 个回调地址了，请先停用一个。", field="url", most=HOOKS_MOST)
    secret, hook = new_secret(), Hook(person_id=by.id, url=fit, made_at=at)
    hook.secret = vault.lock(secret, about=hook.about)
    await hook.save()
    await record("hook.hung", f"hook-{hook.id}", by=by, at=at)
    return hook, secret


@command
async def unhang(code: str, *, by: Person, at: datetime) -> Hook:
    """Call an address no more."""
    hook = await Hook.get_or_none(code=code, person_id=by.id, ended_at=None)
    if hook is None:
        raise Hidden("没有找到这个回调地址。它可能已经停用了。")
    await Hook.filter(id=hook.id).update(ended_at=at)
    await record("hook.unhung", f"hook-{hook.id}", by=by, at=at)
    return await Hook.get(id=hook.id)
