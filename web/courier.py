"""The courier: everything that is done after a commit or when a clock runs out, from rows, in loops."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.applications import Starlette

from community.files.commands import forget_loose
from community.people.closing import forget_closed
from community.people.signup import forget_unconfirmed
from community.people.throttle import sweep
from community.record.outbox import bell, deliver, unhang
from community.record.seal import seal
from community.timers.commands import fire_due
from community.tokens.replies import forget
from deliberation.budget.running import counting
from web.clock import Clock
from web.tasks import spawn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing the courier does again and again; ``run(at)`` returns how much it did."""

    name: str
    run: Callable[[datetime], Awaitable[int]]
    every: float = 1.0
    rings: bool = False


HOUR: Final = 3600.0
GRACE: Final = 10.0  # seconds a duty may take to finish what it has begun when the courier is told to stop


@dataclass(slots=True)
class Round:
    """One duty being repeated; ``wake`` ends its rest early."""

    duty: Duty
    wake: asyncio.Event
    leaving: bool = False

    def leave(self) -> None:
        """Do not begin again."""
        self.leaving = True
        self.wake.set()


async def attend(duties: Sequence[Duty], clock: Clock) -> None:
    """Do every duty until cancelled; then finish what was begun, within `GRACE`."""
    rounds = [Round(duty, bell() if duty.rings else asyncio.Event()) for duty in duties]
    tasks = [spawn(_repeat(each, clock), name=f"courier {each.duty.name}") for each in rounds]
    try:
        await asyncio.gather(*[asyncio.shield(task) for task in tasks])
    finally:
        for each in rounds:
            each.leave()
        await asyncio.wait(tasks, timeout=GRACE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def once(duties: Sequence[Duty], clock: Clock) -> int:
    """Do every duty until nothing is left to do, and return how much was done; for tests and the demo."""
    total = 0
    while count := sum([await duty.run(clock.now()) for duty in duties]):
        total += count
    return total


async def _repeat(turn: Round, clock: Clock) -> None:
    try:
        while not turn.leaving:
            turn.wake.clear()
            if not await _try(turn.duty, clock.now()) and not turn.leaving:
                await _rest(turn.wake, turn.duty.every)
    finally:
        unhang(turn.wake)


async def _try(duty: Duty, at: datetime) -> int:
    try:
        return await duty.run(at)
    except Exception:
        log.exception("courier: %s failed", duty.name)
        return 0


async def _rest(wake: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(wake.wait(), seconds)


def duties(app: Starlette) -> list[Duty]:
    """Return everything the courier of this application does."""
    from web.clocks import TIMERS  # noqa: PLC0415
    from web.hooks import Caller  # noqa: PLC0415
    from web.log_kept import Keeper  # noqa: PLC0415
    from web.mediation.archive.worker import Exporter  # noqa: PLC0415
    from web.postman import Postman  # noqa: PLC0415 - what they say imports every room
    from web.pulse import Pulse  # noqa: PLC0415
    from web.telling import tell  # noqa: PLC0415

    postman = Postman(app.state.settings, app.state.site)

    async def sealing(at: datetime) -> int:
        return await seal(at=at)

    async def telling(at: datetime) -> int:
        return await deliver(tell, consumer="notice", at=at)

    pulse = Pulse()

    async def firing(at: datetime) -> int:
        await pulse.beat(at)  # first: what falls due looks at how long nobody was here
        return await fire_due(TIMERS, at)

    async def sweeping(at: datetime) -> int:
        keys = await forget_loose(at=at)
        for key in keys:
            await app.state.files.drop(key)
        return len(keys)

    async def tidy(at: datetime) -> int:
        return await sweep(at=at) + await forget_unconfirmed(at=at) + await forget_closed(at=at)

    return [
        Duty("files", sweeping, every=600.0),
        Duty("timers", firing),
        Duty("budgets", counting, every=5.0),
        Duty("seal", sealing, rings=True),
        Duty("log", Keeper(app.state.settings.folder).round, rings=True),
        Duty("notice", telling, rings=True),
        Duty("mail", postman.send_due, rings=True),
        Duty("hooks", Caller(app.state.settings).call_due, rings=True),
        Duty("exports", Exporter(app.state.settings, app.state.files).round, every=2.0),
        Duty("accounts", tidy, every=HOUR),
        Duty("api replies", forget, every=HOUR),
    ]
