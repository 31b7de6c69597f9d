"""Taking a whole file of disputes in: every line becomes a case in the queue, or nothing does."""

from collections.abc import Callable
from datetime import datetime

from community.errors import Forbidden
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import require_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.case.queries import org_for
from mediation.intake.filing import put_down
from mediation.intake.models import ChannelRef
from mediation.intake.sheets import Brought, Cases

NO_CLERK = "没有找到这位登记人。请写本社区调委会受理员的邮箱。"


async def clerk_of(email: str, community_id: int, *, at: datetime) -> tuple[Person, Org]:
    """Return the intake clerk in whose name a file is taken in, with their committee; else raise `Forbidden`."""
    org = await org_for(community_id)
    clerk = await Person.get_or_none(email=email.strip().lower())
    if clerk is None:
        raise Forbidden(NO_CLERK)
    await require_in_org(clerk, org.id, Right.CASE_INTAKE, at=at)
    return clerk, org


async def new_ones(cases: Cases, org: Org) -> list[Brought]:
    """Return what is not here yet: a second import of a file changes nothing."""
    rows = ChannelRef.filter(org_id=org.id)
    known = {(str(channel), number) for channel, number in await rows.values_list("channel", "number")}
    return [each for each in cases.cases if (str(each.filing.channel), each.filing.number) not in known]


@command
async def bring(
    cases: Cases,
    org: Org,
    *,
    sha256: str,
    by: Person,
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Take in what is new of a file in one piece and return how many it was; ``progress`` hears of each."""
    fresh = await new_ones(cases, org)
    for each in fresh:
        await put_down(each.filing, org, by=by, at=at)
        progress(1)
    where = org.community_id
    await record("cases.imported", f"org-{org.id}", by=by, at=at, community_id=where, sha256=sha256, n=len(fresh))
    return len(fresh)
