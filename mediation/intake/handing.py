"""Disputes that another body's program hands over: taken once however often they are sent, and looked up again."""

from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySet

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from mediation.case.channels import ASKED, Channel
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, org_for
from mediation.intake import commands
from mediation.intake.models import ChannelRef
from mediation.intake.rules import Filing


async def hand_over(filing: Filing, community_id: int, *, by: Person, at: datetime) -> ChannelRef:
    """Take a dispute in, or return the arrival that its number already has.

    Raises:
        Unfit: something is missing, or a party would have to be asked in person for this way in.
        Forbidden: ``by`` may not register for others there.
        MovedOn: somebody else handed this number over.
    """
    if filing.channel in ASKED or filing.channel is Channel.IMPORT:
        raise Unfit("接口只收别处转来的：12345、公安、法院、信访、网格。", field="channel")
    org = await org_for(community_id)
    known = ChannelRef.filter(org_id=org.id, channel=filing.channel, number=filing.number.strip())
    if not await known.exists():
        await _taken(filing, known, community_id, by=by, at=at)
    found = await known.select_related("case").first()
    if found is None or found.by_id != by.id:
        raise MovedOn("这个编号已经由别人交来了，请到收件台核对。")
    return found


async def _taken(filing: Filing, known: QuerySet[ChannelRef], community_id: int, *, by: Person, at: datetime) -> None:
    """Take it in; when the same was sent twice at once, the other one counts."""
    try:
        await commands.file(filing, by=by, community_id=community_id, at=at)
    except IntegrityError:
        return
    except Unfit as why:
        if why.field != "number" or not await known.exists():
            raise


def arrivals_of(person: Person) -> QuerySet[ChannelRef]:
    """Return what ``person`` handed over under a number of its own, the newest first."""
    rows = ChannelRef.filter(by_id=person.id, channel__not_in=[*ASKED, Channel.IMPORT])
    return rows.order_by("-id").select_related("case__merged_into")


async def arrival(person: Person, code: str) -> ChannelRef:
    """Return one of them by the query code of its case, or raise `Hidden`."""
    found = await arrivals_of(person).filter(case__code=code.upper()).first()
    if found is None:
        raise Hidden(HIDDEN)
    return found


def where(row: ChannelRef) -> Case:
    """Return the case in which it is handled: that into which it was merged, when it was."""
    return row.case.merged_into or row.case
