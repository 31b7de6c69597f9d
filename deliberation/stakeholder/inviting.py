"""邀请利益相关方 — the host asks roles to the table; each may state its position, once, for everybody to read."""

from datetime import datetime

from community.errors import Forbidden, MovedOn, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.rules import tidy_email
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from deliberation.matter.models import Matter
from deliberation.matter.moving import require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import RUNNING, Actor
from deliberation.matter.workflow import MOVED_ON
from deliberation.stakeholder.models import Slot
from deliberation.stakeholder.queries import may_state, slot_of
from deliberation.stakeholder.rules import Seat, check


@command
async def invite(matter_id: int, seat: Seat, *, org: str = "", email: str = "", by: Person, at: datetime) -> Slot:
    """Ask an organisation (by its code) or a person (by the address of their account) to take part in a role.

    Raises:
        Unfit: neither or both are named, they are not known here, or they were asked before.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.HOST, by=by, at=at)
    if matter.state not in RUNNING:
        raise MovedOn(MOVED_ON)
    if bool(org) == bool(email):
        raise Unfit("请选一个单位，或者填一个人的邮箱，只要一样。", field="org")
    whom = await _org(matter, org) if org else await _person(email)
    slot = Slot(community_id=matter.community_id, matter=matter, seat=seat, invited_by=by, invited_at=at, **whom)
    if await Slot.filter(matter_id=matter.id, seat=seat).filter(**whom).exists():
        raise Unfit("已经邀请过了。", field="org" if org else "email")
    await slot.save()
    await record(
        "slot.invited", f"matter-{matter.id}", by=by, at=at, community_id=matter.community_id, slot=slot.id, seat=seat
    )
    return slot


@command
async def state(matter_id: int, slot_id: int, words: str, *, by: Person, at: datetime) -> None:
    """Give the position that was asked for.

    Raises:
        Forbidden: somebody else was asked.
        Unfit: too short, too long, or given already.
    """
    matter = await find(by, matter_id)
    slot = await slot_of(matter, slot_id)
    if not await may_state(by, slot, at=at):
        raise Forbidden("这份邀请不是给您的。")
    check(words, "words")
    if not await Slot.filter(id=slot.id, stated_at=None).update(statement=words, stated_by_id=by.id, stated_at=at):
        raise Unfit("这份意见已经写过了。要补充，请在讨论里说。", field="words")
    await record(
        "slot.stated",
        f"matter-{matter.id}",
        by=by,
        at=at,
        community_id=matter.community_id,
        slot=slot.id,
        seat=slot.seat,
    )


async def _org(matter: Matter, code: str) -> dict[str, int]:
    """Return the organisation when it acts where the matter is decided."""
    place = await Place.get(id=matter.body.place_id)
    found = await Org.get_or_none(code=code, place_id__in=place.ancestors)
    if found is None:
        raise Unfit("这里没有这个单位，请从名单里选。", field="org")
    return {"org_id": found.id}


async def _person(email: str) -> dict[str, int]:
    found = await Person.get_or_none(email=tidy_email(email), closed_at=None)
    if found is None:
        raise Unfit("没有人用这个邮箱注册。请核对一下，或者请他先注册。", field="email")
    return {"person_id": found.id}
