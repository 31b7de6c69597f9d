"""What stands in the way of closing an account, and what ends with it: each room says its own."""

from datetime import datetime

from community.people import leaving
from community.people.models import Person
from community.people.roles import all_roles, is_staff
from community.tokens.commands import revoke_all
from mediation.case.models import Party
from mediation.parties.commands import OVER
from web.words import N_


async def in_office(person: Person, at: datetime) -> str | None:
    """Say that an office has to end first."""
    return N_("您还有任职。请先让任命您的单位结束任职，再注销。") if is_staff(await all_roles(person, at=at)) else None


async def in_dispute(person: Person, at: datetime) -> str | None:
    """Say that a dispute has to come to its end first: the other side must be able to reach them."""
    _ = at
    open_ = Party.filter(person_id=person.id, left_at=None).exclude(case__state__in=list(OVER))
    return N_("您有一件调解还没有办完。请先办完，或者撤回申请，再注销。") if await open_.exists() else None


def leavable() -> None:
    """Let accounts be closed; the composition of the program, and of its commands, calls this once."""
    leaving.install([in_office, in_dispute], [revoke_all])
