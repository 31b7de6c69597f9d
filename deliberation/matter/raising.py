"""A proposal drafted by an office from figures alone: what came up so often that people should talk about it."""

from datetime import datetime

from community.errors import Hidden
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import orgs_where, require_in_place
from community.record.transaction import command
from community.rights import Right
from deliberation.body.models import Body
from deliberation.body.thresholds import Request
from deliberation.matter.drafting import write_down
from deliberation.matter.models import Matter
from deliberation.matter.text import Text


@command
async def raise_figures(body_id: int, text: Text, *, by: Person, at: datetime) -> Matter:
    """Draft a proposal as an office of this community; its author goes on with it as with any other.

    Raises:
        Hidden: there is no such body.
        Forbidden: ``by`` holds no office here that may.
        Twice: the same words were written by the same person less than ten minutes ago.
    """
    body = await Body.get_or_none(id=body_id, ended_at=None)
    if body is None:
        raise Hidden("没有这个会议，或者它已经结束了。")
    orgs = await orgs_where(by, Right.MATTER_RAISE, at=at)
    if not await Org.filter(id__in=orgs, community_id=body.community_id).exists():
        await require_in_place(by, body.place_id, Right.MATTER_RAISE, at=at)
    return await write_down(body, text, Request.ORDINARY, by=by, at=at)
