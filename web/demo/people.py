"""The accounts and offices of the demo: staff with a second factor, residents matched with the roll."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import pyotp

from community.orgs.commands import OrgFacts, hand_over_seal, set_up_org
from community.orgs.models import Org, OrgKind
from community.people import factor, links, offices, password, sessions, signup
from community.people.models import Person, Session
from community.people.rules import NOTICE_VERSION, Purpose
from community.places.models import Ownership, Place, PlaceKind, Resident
from community.places.slips import confirm as match
from community.rights import Role
from web.demo.story import Story
from web.person import token_hash

PASSWORD: Final = "xingfuli-demo-2026"  # noqa: S105 - printed for everybody who tries the demo
ACCOUNTS: Final = 440
"""How many households have somebody with an account: enough for a quorum of two thirds."""
READY: Final = 6
"""Residents who may sign in with the password; the others are there to second and to vote."""


ABOVE: Final = frozenset({"moderator2", "dispatcher"})
"""Who holds their office in the street: the second pair of eyes must come from elsewhere, the centre has many."""


@dataclass
class Town:
    """Who and what is there once the town is settled."""

    community: Place
    admin: Person
    orgs: dict[OrgKind, Org] = field(default_factory=dict)
    staff: dict[str, Person] = field(default_factory=dict)
    residents: list[Person] = field(default_factory=list)


OFFICES: Final = (
    ("clerk", "陈主任（演示）", Role.CLERK, None),
    ("clerk2", "周干事（演示）", Role.CLERK, None),
    ("moderator", "林书记（演示）", Role.MODERATOR, None),
    ("supervisor", "何监督（演示）", Role.SUPERVISOR, None),
    ("supervisor2", "吕监督（演示）", Role.SUPERVISOR, None),
    ("grid", "刘网格员（演示）", Role.GRID_WORKER, None),
    ("intake", "沈受理（演示）", Role.INTAKE, OrgKind.MEDIATION_COMMITTEE),
    ("director", "方主任（演示）", Role.DIRECTOR, OrgKind.MEDIATION_COMMITTEE),
    ("mediator", "吴老师（演示）", Role.PEOPLE_MEDIATOR, OrgKind.MEDIATION_COMMITTEE),
    ("mediator2", "钱老师（演示）", Role.PEOPLE_MEDIATOR, OrgKind.MEDIATION_COMMITTEE),
    ("archivist", "史档案（演示）", Role.ARCHIVIST, OrgKind.MEDIATION_COMMITTEE),
    ("liaison", "法院联络员（演示）", Role.DIRECTOR, OrgKind.COURT),
    ("street_head", "街道调解室主任（演示）", Role.DIRECTOR, OrgKind.STREET_OFFICE),
    ("dispatcher", "综治调度（演示）", Role.DISPATCHER, None),
    ("street", "街道干事（演示）", Role.STREET, None),
    ("moderator2", "高委员（演示）", Role.MODERATOR, None),
    ("justice", "司法所长（演示）", Role.JUSTICE_OFFICE, None),
    ("privacy", "护信息（演示）", Role.PRIVACY_OFFICER, None),
)

ORGS: Final = (
    OrgFacts(
        kind=OrgKind.RESIDENTS_COMMITTEE,
        name="幸福里社区居民委员会",
        short_name="幸福里居",
        phone="000-0000-0001",
        counter="社区服务站一楼 2 号窗口",
        hours="每天 8:30–17:30，中午不休息",
    ),
    OrgFacts(kind=OrgKind.SUPERVISION_COMMITTEE, name="幸福里社区居务监督委员会", short_name="幸福里监"),
    OrgFacts(kind=OrgKind.PARTY_BRANCH, name="幸福里社区党总支", short_name="幸福里党"),
    OrgFacts(
        kind=OrgKind.MEDIATION_COMMITTEE, name="幸福里社区人民调解委员会", short_name="幸福里居", phone="000-0000-0002"
    ),
    OrgFacts(kind=OrgKind.OWNERS_COMMITTEE, name="幸福里业主委员会", short_name="幸福里业"),
    OrgFacts(kind=OrgKind.PROPERTY_COMPANY, name="示范物业服务有限公司", short_name="示范物业"),
    OrgFacts(kind=OrgKind.STREET_OFFICE, name="示范街道办事处", short_name="示范街"),
    OrgFacts(kind=OrgKind.COURT, name="示范区人民法院诉调对接中心", short_name="示范法院"),
)


async def settle(story: Story, community: Place) -> Town:
    """Appoint the administrator, set up the organisations, fill the offices and open the residents' accounts."""
    admin = await _first(story.at)
    town = Town(community, admin)
    for facts in ORGS:
        town.orgs[facts.kind] = await set_up_org(facts, community, by=admin, at=story.at)
    for key, name, role, kind in OFFICES:
        town.staff[key] = await _officer(town, key, name, role, kind, story.at)
    await hand_over_seal(town.orgs[OrgKind.MEDIATION_COMMITTEE], town.staff["director"], by=admin, at=story.at)
    await _move_in(town, story)
    return town


async def _first(at: datetime) -> Person:
    token = await offices.appoint_first("系统管理员（演示）", "admin@example.org", at=at)
    person = await Person.get(email="admin@example.org")
    await password.reset_password(token, PASSWORD, person=person, at=at)
    await _second_factor(person, at)
    return person


async def _officer(town: Town, key: str, name: str, role: Role, kind: OrgKind | None, at: datetime) -> Person:
    person = await open_account(name, f"{key}@example.org", town.community, at, secret=PASSWORD)
    place = await Place.get(id=town.community.parent_id) if key in ABOVE else town.community
    where = {"org": town.orgs[kind]} if kind else {"place": place}
    await offices.grant_role(person.email, role, **where, by=town.admin, at=at)
    await _second_factor(person, at)
    return person


async def open_account(name: str, email: str, community: Place, at: datetime, *, secret: str = "") -> Person:
    """Sign somebody up and confirm the mailbox, as they would by the link in the mail."""
    await signup.sign_up(
        name=name,
        email=email,
        community_id=community.id,
        notice_version=NOTICE_VERSION,
        looks=signup.Looks(),
        at=at,
    )
    person = await Person.get(email=email)
    token = await links.make(person, Purpose.CONFIRM, at=at)
    await signup.confirm(token, password=secret or None, person=person, at=at)
    return await Person.get(email=email)


async def _second_factor(person: Person, at: datetime) -> None:
    token = await sessions.begin(person, shared=False, agent="demo", at=at)
    session = await Session.get(token_hash=token_hash(token)).select_related("person")
    secret = pyotp.random_base32()
    await factor.set_up(session, secret, pyotp.TOTP(secret).at(at), host="demo", at=at)
    await sessions.end_all(person, by=person, at=at)


async def _move_in(town: Town, story: Story) -> None:
    rows = await _heads_of_household(town.community)
    clerk = town.staff["clerk"]
    for n, row in enumerate(rows[:ACCOUNTS], start=1):
        if n % 110 == 0:
            story.say(f"  {n} 位居民注册并核实")
        secret = PASSWORD if n <= READY else ""
        person = await open_account(row.name, f"resident{n}@example.org", town.community, story.at, secret=secret)
        await match(person, row, by=clerk, at=story.at)
        town.residents.append(person)


async def _heads_of_household(community: Place) -> Sequence[Resident]:
    """Return one owner a home, spread over the buildings."""
    rows = await Resident.filter(community_id=community.id, household_rep=True, moved_out=None).order_by("id")
    owners = {each.resident_id for each in await Ownership.filter(community_id=community.id, until=None)}
    heads = [row for row in rows if row.id in owners]
    return sorted(heads, key=lambda row: (row.id * 7919) % 1009)


async def demo_community() -> Place | None:
    """Return the community of the demo when it is there."""
    return await Place.get_or_none(kind=PlaceKind.COMMUNITY, code="990001001")
