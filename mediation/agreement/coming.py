"""The last day of a promise comes near: whoever made it is reminded three days before, and on the day before.

Source: 人民调解法 31 (督促); the days are our own. Nobody is reminded of what is done already, or late.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from community.calendar.rules import SHANGHAI, local_day
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler, set_timer
from mediation.agreement.models import Obligation
from mediation.agreement.rules import HANDS, OWED
from mediation.case.models import Case

SOON: Final = "agreement.soon"
"""Timer: a promise has to be kept in so many days."""
BEFORE: Final = (3, 1)
MORNING: Final = time(8)


async def look_ahead(case: Case, day: date) -> None:
    """Have whoever promised something for ``day`` reminded of it; call it inside a command."""
    for days in BEFORE:
        when = datetime.combine(day - timedelta(days=days), MORNING, SHANGHAI)
        await set_timer(SOON, f"promise-{case.id}-{day}-{days}", when, community_id=case.community_id)


async def soon(subject: str, at: datetime) -> None:
    """Remind of what is still owed on the day that ``subject`` names; nothing when nobody looked in time."""
    number, rest = subject.removeprefix("promise-").split("-", 1)
    day, days = date.fromisoformat(rest[:10]), int(rest[11:])
    case = await Case.get_or_none(id=int(number), state__in=list(HANDS))
    rows = Obligation.filter(case_id=int(number), state__in=list(OWED), due_on=day).order_by("id")
    owed = [each.id for each in await rows]
    if case and owed and local_day(at) == day - timedelta(days=days):
        await remind(case, owed, days, at=at)


@command
async def remind(case: Case, owed: list[int], days: int, *, at: datetime) -> None:
    """Put on record that whoever owes these promises is reminded."""
    facts: dict[str, Any] = {"obligations": owed, "days": days}
    await record("agreement.due-soon", case.key, by=None, at=at, community_id=case.community_id, **facts)


TIMERS: Final[Mapping[str, Handler]] = {SOON: soon}
