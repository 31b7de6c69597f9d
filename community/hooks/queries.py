"""Whose addresses these are, and what became of what was sent to them."""

from collections.abc import Sequence
from typing import Final

from community.errors import Hidden
from community.hooks.models import Hook, HookCall
from community.hooks.rules import CallStanding, standing
from community.people.models import Person

HIDDEN: Final = "没有找到这个回调地址。它可能已经停用了。"
SHOWN: Final = 50


async def hooks_of(person: Person) -> Sequence[Hook]:
    """Return the addresses in force of ``person``, the newest first."""
    return await Hook.filter(person_id=person.id, ended_at=None).order_by("-id")


async def hook_of(person: Person, code: str) -> Hook:
    """Return one of them, or raise `Hidden`."""
    hook = await Hook.get_or_none(code=code, person_id=person.id, ended_at=None)
    if hook is None:
        raise Hidden(HIDDEN)
    return hook


async def calls_of(hook: Hook) -> Sequence[HookCall]:
    """Return what was or is to be sent to an address, the newest first, fifty at most."""
    return await HookCall.filter(hook_id=hook.id).order_by("-id").limit(SHOWN)


def standing_of(call: HookCall, hook: Hook) -> CallStanding:
    """Return where a call stands."""
    return standing(
        tries=call.tries,
        status=call.status,
        due_at=call.due_at,
        done_at=call.done_at,
        paused=hook.paused_at is not None,
        ended=hook.ended_at is not None,
    )
