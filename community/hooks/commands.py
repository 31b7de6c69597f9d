"""Naming addresses to be called, trying, pausing and ending them, and sending once more what was not taken."""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Hidden, MovedOn, TooOften, Unfit
from community.hooks.models import Hook, HookCall
from community.hooks.queries import HIDDEN, hook_of
from community.hooks.rules import HOOKS_MOST, TEST, TEST_PAUSE, fit_address, may_hang, new_secret
from community.hooks.sending import body_of
from community.people.models import Person
from community.people.roles import all_roles
from community.privacy import vault
from community.record.models import Event
from community.record.outbox import record
from community.record.transaction import command

PAUSED: Final = "这个地址暂停着。请先恢复，再发。"
RESTED: Final = "这个地址刚刚暂停或者恢复过，请刷新后再看。"


@command
async def hang(url: str, *, loopback: bool, by: Person, at: datetime) -> tuple[Hook, str]:
    """Name an address to be called and return it with its secret, which cannot be read again.

    Raises:
        Forbidden: this person holds no office that uses programs.
        Unfit: the address is none, points inside, or there are too many.
    """
    if not may_hang(await all_roles(by, at=at)):
        raise Forbidden("回调地址由单位里办事的人登记。需要的，请找本单位的管理员办任职。")
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
    hook = await hook_of(by, code)
    await Hook.filter(id=hook.id).update(ended_at=at)
    await record("hook.unhung", f"hook-{hook.id}", by=by, at=at)
    return await Hook.get(id=hook.id)


@command
async def pause(code: str, *, by: Person, at: datetime) -> Hook:
    """Send nothing to an address for a while; what happens meanwhile waits.

    Raises:
        Hidden: ``by`` has no such address in force.
        MovedOn: it is paused already.
    """
    return await _rested(code, None, at, "hook.paused", by=by, at=at)


@command
async def resume(code: str, *, by: Person, at: datetime) -> Hook:
    """Send again, first what waited. Raises what `pause` does."""
    hook = await hook_of(by, code)
    if hook.paused_at is None:
        raise MovedOn(RESTED)
    return await _rested(code, hook.paused_at, None, "hook.resumed", by=by, at=at)


async def _rested(
    code: str, was: datetime | None, paused: datetime | None, kind: str, *, by: Person, at: datetime
) -> Hook:
    hook = await hook_of(by, code)
    if not await Hook.filter(id=hook.id, paused_at=was).update(paused_at=paused):
        raise MovedOn(RESTED)
    await record(kind, f"hook-{hook.id}", by=by, at=at)
    return await Hook.get(id=hook.id)


@command
async def try_out(code: str, *, by: Person, at: datetime) -> HookCall:
    """Send a call that tells nothing, to see whether it arrives and its signature is understood.

    Raises:
        MovedOn: the address is paused.
        TooOften: one was sent within the last minute.
    """
    hook = await hook_of(by, code)
    if hook.paused_at:
        raise MovedOn(PAUSED)
    key = f"hook-{hook.id}"
    if await Event.filter(subject=key, kind="hook.tested", at__gt=at - TEST_PAUSE).exists():
        raise TooOften("刚刚试发过，请过一分钟再试。", seconds=int(TEST_PAUSE.total_seconds()))
    event = await record("hook.tested", key, by=by, at=at)
    told = body_of(TEST, at, {"hook": hook.code})
    return await HookCall.create(hook=hook, event_id=event.id, kind=TEST, body=told, due_at=at)


@command
async def send_again(code: str, call: str, *, by: Person, at: datetime) -> HookCall:
    """Send one call now that was not taken; it keeps its id, so that who has it already can tell.

    Raises:
        Hidden: ``by`` has no such call.
        MovedOn: it was taken, or the address is paused.
    """
    hook = await hook_of(by, code)
    found = await HookCall.get_or_none(code=call, hook_id=hook.id)
    if found is None:
        raise Hidden(HIDDEN)
    if hook.paused_at:
        raise MovedOn(PAUSED)
    if not await HookCall.filter(id=found.id, tries=found.tries, done_at=None).update(due_at=at):
        raise MovedOn("这一条对方已经收到了，不用再发。")
    await record("hook.sent-again", f"hook-{hook.id}", by=by, at=at, call=found.id)
    return await HookCall.get(id=found.id)
