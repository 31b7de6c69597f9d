"""Reading decisions from outside and appeals; both are public."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from community.calendar.rules import ends_at, local_day
from community.people.models import Person
from community.people.roles import roles_in_place
from community.rights import Right, Role, may
from deliberation.matter.models import Matter, Screening
from deliberation.matter.states import APPEAL_WITHIN, State
from deliberation.oversight.models import Order, ReturnAppeal

MOST: Final = 50  # of the list; a longer one is itself the finding


async def orders_of(matter: Matter) -> list[Order]:
    """Return the documents recorded about a matter, the first first."""
    return await Order.filter(matter_id=matter.id).order_by("id")


async def appeals_of(matter: Matter) -> list[ReturnAppeal]:
    """Return the appeals made in a matter with the returns they are against, the first first."""
    return await ReturnAppeal.filter(matter_id=matter.id).select_related("screening").order_by("id")


async def refusal_of(matter: Matter) -> Screening | None:
    """Return the return against which the author may still appeal, whether in time or not."""
    last = await Screening.filter(matter_id=matter.id).order_by("-id").first()
    if matter.state is not State.RETURNED or last is None or last.accepted:
        return None
    return None if await ReturnAppeal.exists(screening_id=last.id) else last


def appeal_until(refusal: Screening) -> datetime:
    """Return when the time to appeal against a return is over."""
    return ends_at(local_day(refusal.at) + timedelta(days=APPEAL_WITHIN))


async def pending_of(matter: Matter) -> ReturnAppeal | None:
    """Return the appeal that waits to be decided."""
    return await ReturnAppeal.filter(matter_id=matter.id, decided_at=None).select_related("screening").first()


async def may_decide(person: Person | None, matter: Matter, appeal: ReturnAppeal, *, at: datetime) -> bool:
    """Return whether ``person`` may decide an appeal: an overseer who neither screened the matter nor wrote it.

    It is the supervision committee's until its time is over; from then on the street may decide it too.
    """
    if person is None or person.id == matter.author_id:
        return False
    roles = await roles_in_place(person, matter.body.place_id, at=at)
    if not may(roles, Right.MATTER_SUPERVISE) or not (appeal.escalated_at or Role.SUPERVISOR in roles):
        return False
    return not await Screening.exists(matter_id=matter.id, by_id=person.id)


async def waiting_in(places: Sequence[int]) -> list[ReturnAppeal]:
    """Return the appeals that wait to be decided where these places' bodies decide, the most urgent first."""
    rows = ReturnAppeal.filter(matter__body__place_id__in=places, decided_at=None, matter__state=State.APPEALED)
    return await rows.select_related("matter__body").order_by("due_at").limit(MOST)


async def overdue_in(community_id: int, *, at: datetime) -> list[ReturnAppeal]:
    """Return the appeals of a community that nobody decided in time, the oldest first."""
    late = ReturnAppeal.filter(community_id=community_id, decided_at=None, due_at__lte=at, matter__state=State.APPEALED)
    return await late.select_related("matter").order_by("due_at")
