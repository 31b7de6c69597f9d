"""Giving and ending offices. What ends, ends at once: permission is read from the holdings each time."""

from datetime import datetime

from tortoise.expressions import Q

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import Org
from community.people.authority import changed
from community.people.links import make
from community.people.models import Holding, Person
from community.people.queries import by_email
from community.people.roles import everywhere, holdings_at, require_in_place
from community.people.rules import FIRST_LINK, FROM_THE_ROLL, Purpose, clash, tidy_email, tidy_name
from community.places.models import Place
from community.record.outbox import Actor, record
from community.record.transaction import command
from community.rights import Right, Role, require


@command
async def grant_role(
    email: str,
    role: Role,
    *,
    place: Place | None = None,
    org: Org | None = None,
    until: datetime | None = None,
    by: Person,
    at: datetime,
) -> Holding:
    """Give an office in a place or an organisation to the person with an address.

    Raises:
        Forbidden: ``by`` may not grant roles there, or grants one to themself.
        Unfit: nobody has the address, the role comes from the roll, clashes with another, or is held already.
    """
    await _may_grant(by, _where(place, org), at=at)
    person = await by_email(tidy_email(email))
    if person is None:
        raise Unfit("没有用这个邮箱注册的人。请先请他注册并确认邮箱。", field="email")
    if person.id == by.id:
        raise Forbidden("不能给自己任职，请另一位管理员来办。")
    if until is not None and until <= at:
        raise Unfit("任期的最后一天要在今天以后。", field="until")
    await changed(person.id)  # holds their row, so that of two grants at once the second sees the first
    await _fits(person, role, place, org, at)
    return await _hold(person, role, place, org, until=until, by=by, at=at)


@command
async def end_role(code: str, *, by: Person, at: datetime) -> None:
    """End an office now.

    Raises:
        Hidden: there is no such office where ``by`` may end it.
        MovedOn: it has ended already.
        Unfit: it is the last administrator's.
    """
    holding = await Holding.get_or_none(code=code).select_related("org")
    if holding is None:
        raise Hidden("没有找到这个任职。")
    await _may_grant(by, holding.place_id or _where(None, holding.org), at=at)
    others = holdings_at(at).filter(role=Role.ADMIN).exclude(id=holding.id)
    if holding.role is Role.ADMIN and not await others.exists():
        raise Unfit("这是最后一位系统管理员。请先任命另一位，再结束这一位。")
    if not await Holding.filter(Q(until=None) | Q(until__gt=at), id=holding.id).update(until=at):
        raise MovedOn("这个任职已经结束了。")
    await changed(holding.person_id)
    await record("role.ended", f"person-{holding.person_id}", by=by, at=at, role=holding.role, holding=holding.id)


@command
async def appoint_first(name: str, email: str, *, lang: str = "zh-CN", at: datetime) -> str:
    """Make the first administrator, of the whole installation, and return the token of their set-password link.

    Raises:
        Forbidden: there is an administrator already.
    """
    if await holdings_at(at).filter(role=Role.ADMIN).exists():
        raise Forbidden("已经有系统管理员了。请他在“任职”页面任命别的管理员。")
    address = tidy_email(email)
    fresh = Person(name=tidy_name(name), email=address, joined_at=at, lang=lang)
    await Person.bulk_create([fresh], ignore_conflicts=True)
    person = await Person.get(email=address)
    await changed(person.id)
    await _hold(person, Role.ADMIN, None, None, until=None, by=None, at=at)
    return await make(person, Purpose.SET_PASSWORD, life=FIRST_LINK, at=at)


async def _may_grant(by: Person, place_id: int | None, *, at: datetime) -> None:
    if place_id is None:
        require([Role.ADMIN] if await everywhere(by, Right.ROLE_GRANT, at=at) else [], Right.ROLE_GRANT)
    else:
        await require_in_place(by, place_id, Right.ROLE_GRANT, at=at)


def _where(place: Place | None, org: Org | None) -> int | None:
    return place.id if place else org.place_id if org else None


async def _fits(person: Person, role: Role, place: Place | None, org: Org | None, at: datetime) -> None:
    if role in FROM_THE_ROLL:
        raise Unfit("居民、户代表和业主的身份由名册核实，不能在这里任命。", field="role")
    held = await holdings_at(at).filter(person_id=person.id)
    if any(each.role is role and _same_seat(each, place, org) for each in held):
        raise Unfit("这个人已经担任这个角色了。", field="role")
    if clash(frozenset(each.role for each in held), role):
        raise Unfit("这个人现在的任职和它不能由一个人兼任。请先结束原来的任职。", field="role")


def _same_seat(each: Holding, place: Place | None, org: Org | None) -> bool:
    return (each.place_id, each.org_id) == (place.id if place else None, org.id if org else None)


async def _hold(
    person: Person,
    role: Role,
    place: Place | None,
    org: Org | None,
    *,
    until: datetime | None,
    by: Actor | None,
    at: datetime,
) -> Holding:
    holding = await Holding.create(
        person_id=person.id,
        role=role,
        place_id=place.id if place else None,
        org_id=org.id if org else None,
        since=at,
        until=until,
        granted_by_id=by.id if by else None,
    )
    where = place or org
    await record(
        "role.granted",
        f"person-{person.id}",
        by=by,
        at=at,
        community_id=where.community_id if where else None,
        role=role,
        holding=holding.id,
        place=holding.place_id,
        org=holding.org_id,
    )
    return holding
