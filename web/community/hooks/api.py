"""Addresses that are told what becomes of cases, for the program that listens there."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from community.hooks import commands
from community.hooks.models import Hook, HookCall
from community.hooks.queries import calls_of, hook_of, hooks_of, standing_of
from community.hooks.rules import URL_MOST, CallStanding
from community.tokens.rules import Scope
from web.api.call import Answer, Ask, Call
from web.forms import Form
from web.words import N_


class HookIn(Form):
    """An address to be told at."""

    url: Annotated[str, StringConstraints(max_length=URL_MOST)]


class HookOut(Answer):
    """An address; ``secret`` is shown once, when it is made."""

    code: str
    url: str
    made_at: datetime
    paused_at: datetime | None
    ended_at: datetime | None
    secret: str = ""


class HookList(Answer):
    """The addresses in force."""

    items: list[HookOut]


class HookCallOut(Answer):
    """One thing that was or is to be told: ``code`` is its Webhook-Id, ``status`` the last answer, 0 for none."""

    code: str
    kind: str
    standing: CallStanding
    tries: int
    status: int
    due_at: datetime | None
    done_at: datetime | None


class HookCallList(Answer):
    """What was or is to be sent to an address, the newest first; fifty at most."""

    items: list[HookCallOut]


async def hang(ask: Ask) -> HookOut:
    """Name an address to be told at."""
    hook, secret = await commands.hang(ask.body.url, loopback=ask.trial, by=ask.person, at=ask.at)
    return _hook(hook, secret)


async def list_hooks(ask: Ask) -> HookList:
    """Answer with the addresses in force."""
    return HookList(items=[_hook(each) for each in await hooks_of(ask.person)])


async def list_calls(ask: Ask) -> HookCallList:
    """Answer with what was sent to an address."""
    hook = await hook_of(ask.person, ask.path["code"])
    return HookCallList(items=[_call(each, hook) for each in await calls_of(hook)])


async def try_out(ask: Ask) -> HookCallOut:
    """Send a call that tells nothing."""
    call = await commands.try_out(ask.path["code"], by=ask.person, at=ask.at)
    return _call(call, await hook_of(ask.person, ask.path["code"]))


async def pause(ask: Ask) -> HookOut:
    """Send nothing for a while."""
    return _hook(await commands.pause(ask.path["code"], by=ask.person, at=ask.at))


async def resume(ask: Ask) -> HookOut:
    """Send again."""
    return _hook(await commands.resume(ask.path["code"], by=ask.person, at=ask.at))


async def unhang(ask: Ask) -> HookOut:
    """End an address."""
    return _hook(await commands.unhang(ask.path["code"], by=ask.person, at=ask.at))


def _hook(hook: Hook, secret: str = "") -> HookOut:
    return HookOut(
        code=hook.code,
        url=hook.url,
        made_at=hook.made_at,
        paused_at=hook.paused_at,
        ended_at=hook.ended_at,
        secret=secret,
    )


def _call(call: HookCall, hook: Hook) -> HookCallOut:
    return HookCallOut(
        code=call.code,
        kind=call.kind,
        standing=standing_of(call, hook),
        tries=call.tries,
        status=call.status,
        due_at=call.due_at,
        done_at=call.done_at,
    )


calls = [
    Call(
        method="GET",
        path="/hooks",
        name="listHooks",
        title=N_("看我的回调地址"),
        do=list_hooks,
        answer=HookList,
        scope=Scope.CASES_HOOK,
    ),
    Call(
        method="POST",
        path="/hooks",
        name="hangHook",
        title=N_("登记一个回调地址；密钥只显示这一次"),
        do=hang,
        answer=HookOut,
        body=HookIn,
        scope=Scope.CASES_HOOK,
    ),
    Call(
        method="GET",
        path="/hooks/{code}/calls",
        name="listHookCalls",
        title=N_("看向一个回调地址发过什么，收到没有"),
        do=list_calls,
        answer=HookCallList,
        scope=Scope.CASES_HOOK,
    ),
    Call(
        method="POST",
        path="/hooks/{code}/test",
        name="testHook",
        title=N_("向一个回调地址试发一条"),
        do=try_out,
        answer=HookCallOut,
        scope=Scope.CASES_HOOK,
    ),
    Call(
        method="POST",
        path="/hooks/{code}/pause",
        name="pauseHook",
        title=N_("暂停一个回调地址，攒着的以后再发"),
        do=pause,
        answer=HookOut,
        scope=Scope.CASES_HOOK,
    ),
    Call(
        method="POST",
        path="/hooks/{code}/resumption",
        name="resumeHook",
        title=N_("恢复一个回调地址，攒着的接着发"),
        do=resume,
        answer=HookOut,
        scope=Scope.CASES_HOOK,
    ),
    Call(
        method="POST",
        path="/hooks/{code}/ending",
        name="endHook",
        title=N_("停用一个回调地址"),
        do=unhang,
        answer=HookOut,
        scope=Scope.CASES_HOOK,
    ),
]
