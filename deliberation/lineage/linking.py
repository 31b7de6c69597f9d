"""分开、接着提、标为一回事 — links that move nothing, and new matters that begin with one."""

from datetime import datetime

from tortoise.expressions import F

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from deliberation.lineage.models import MatterLink
from deliberation.lineage.queries import require_no_circle
from deliberation.lineage.rules import CONTINUABLE, SPLITTABLE, LinkKind, check
from deliberation.matter.drafting import draft
from deliberation.matter.models import Matter
from deliberation.matter.moving import require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import Actor
from deliberation.matter.text import Text
from deliberation.matter.workflow import MOVED_ON


@command
async def split(matter_id: int, text: Text, *, by: Person, at: datetime) -> Matter:
    """Take a part out of one's own matter into a new draft, which looks for its own seconds."""
    matter = await find(by, matter_id)
    if matter.author_id != by.id:
        raise Forbidden("只有提议人能把自己的事分开提。")
    if matter.state not in SPLITTABLE:
        raise MovedOn(MOVED_ON)
    return await _begin(matter, LinkKind.SPLIT_FROM, text, by, at)


@command
async def take_up(matter_id: int, text: Text, *, by: Person, at: datetime) -> Matter:
    """Take up a matter that is over in a new draft; whoever may propose here may do it."""
    matter = await find(by, matter_id)
    if matter.state not in CONTINUABLE:
        raise Unfit("这件事还没有结束，请直接参加讨论，不用再提。", field="form")
    return await _begin(matter, LinkKind.CONTINUES, text, by, at)


@command
async def mark_duplicate(matter_id: int, other_id: int, why: str, *, by: Person, at: datetime) -> MatterLink:
    """Say that a matter is the same as another one; both go on, and each shows the other."""
    matter, other = await pair(matter_id, other_id, why, by, at)
    return await connect(LinkKind.DUPLICATE, matter, other, why=why, by=by, at=at)


async def pair(matter_id: int, other_id: int, why: str, by: Person, at: datetime) -> tuple[Matter, Matter]:
    """Return two public matters of one body for its clerk, with nobody else linking matters here meanwhile."""
    matter, other = await find(by, matter_id), await find(by, other_id)
    await require_actor(matter, Actor.CLERK, by=by, at=at)
    check(why, "why")
    if matter.body_id != other.body_id:
        raise Unfit("两件事不是同一个会议的，不能连在一起。", field="other")
    await take_turns(matter)
    await require_no_circle(matter, other)
    return matter, other


async def take_turns(matter: Matter) -> None:
    """Let links of one community be made in turn, so that no two of them close a circle together."""
    await Place.filter(id=matter.community_id).update(name=F("name"))


async def connect(
    kind: LinkKind, one: Matter, other: Matter, *, why: str = "", heads: int = 0, by: Person, at: datetime
) -> MatterLink:
    """Store a link and put it on record; call it inside a command that has looked for circles."""
    made = await MatterLink.create(
        community_id=one.community_id, kind=kind, one=one, other=other, why=why, heads=heads, by=by, at=at
    )
    await record(
        "link.made",
        f"link-{made.id}",
        by=by,
        at=at,
        community_id=one.community_id,
        link=kind,
        one=one.id,
        other=other.id,
    )
    return made


async def _begin(matter: Matter, kind: LinkKind, text: Text, by: Person, at: datetime) -> Matter:
    new = await draft(matter.body_id, text, by=by, at=at)
    await connect(kind, new, matter, by=by, at=at)
    return new
