"""What the clock does to an agreement: the last signature stands; the last day of a promise is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from community.timers.commands import Handler, set_timer
from mediation.agreement import coming
from mediation.agreement.owing import OVERDUE
from mediation.agreement.performing import fall_overdue, late_in
from mediation.agreement.queries import latest, out_of, standing, supplement_of
from mediation.agreement.rules import EFFECT, HANDS, Need
from mediation.agreement.signing import SEALABLE, complete
from mediation.case.models import Case
from mediation.case.states import State

AGAIN: Final = timedelta(hours=1)


async def _case(subject: str, state: State) -> Case | None:
    """Return the case that ``subject`` names while it stands where its timer expects it."""
    return await Case.get_or_none(id=int(subject.removeprefix("case-")), state=state)


async def overdue(subject: str, at: datetime) -> None:
    """Note that a promise was not kept in time."""
    case = await _case(subject, State.PERFORMING)
    if case and await late_in(case, at):
        await fall_overdue(subject, at=at)


async def sealable(subject: str, at: datetime) -> None:
    """Note that everybody has signed for good, so that the keeper of the seal is told."""
    case = await Case.get_or_none(id=int(subject.removeprefix("case-")), state__in=(State.SIGNING, *HANDS))
    version = await (latest(case) if case.state is State.SIGNING else supplement_of(case)) if case else None
    ready = (await standing(case, version)).sealable_at if case and version else None
    if case and ready and ready <= at:
        sealed = Need.SEAL in EFFECT[(await out_of(case)).agreement.rule]
        await (_note(case, at) if sealed else _completed(case, at))


async def _completed(case: Case, at: datetime) -> None:
    """Bring into effect what needs no seal; while a group has not spoken, look again in an hour."""
    if not await complete(case, at=at):
        await _again(case, at)


@bookkeeping
async def _again(case: Case, at: datetime) -> None:
    await set_timer(SEALABLE, case.key, at + AGAIN, community_id=case.community_id)


@command
async def _note(case: Case, at: datetime) -> None:
    await record("agreement.sealable", case.key, by=None, at=at, community_id=case.community_id, org=case.org_id)


TIMERS: Final[Mapping[str, Handler]] = {OVERDUE: overdue, SEALABLE: sealable, **coming.TIMERS}
