"""Disputes of the cast, one at each of several points of the road; every one is moved there by commands."""

from datetime import timedelta

from mediation.assignment.commands import assign
from mediation.case.models import Case
from mediation.intake import commands as intake
from mediation.intake.rules import DeclineReason, Filing, Kind, Named
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.mediation.agreement import making
from tests.mediation.filing import accepted
from tests.world import NOON, World

JUNE = NOON + timedelta(days=28)
TALK = (
    ("lan", "卫生间顶上一直滴水，吊顶塌了一块，报价单我带来了。"),
    ("qiang", "漏水我认，可是三千二太多了。"),
    ("mediator", "物业昨天上门看过，漏点在楼上的地漏。检测单两位都可以看。"),
)


async def disputes(world: World) -> dict[str, Case]:
    """Play the disputes and return them by the name of where they stand."""
    return {
        "registered": await _file(world, "楼上的空调水滴到我家窗台，夜里睡不着。"),
        "inviting": await _invited(world, "公用过道堆满纸箱，推车过不去。"),
        "declined": await _declined(world, "要求撤销街道的一项处罚决定。"),
        "accepted": await accepted(world),
        "talking": await _talking(world),
        "drafting": await making.drafting(world),
        "signing": (await making.finalized(world))[0],
        "performing": await making.performing(world),
    }


async def _file(world: World, statement: str) -> Case:
    brought = Filing(
        kind=Kind.NEIGHBOURS,
        statement=statement,
        wish="请他改好。",
        applicant=Named(name="阿兰", phone="13800138000", email="lan@example.org"),
        respondent=Named(name="阿强", phone="13900139000", email="qiang@example.org"),
        told=True,
    )
    return await intake.file(brought, by=world.lan, community_id=world.community.id, at=JUNE)


async def _invited(world: World, statement: str) -> Case:
    case = await _file(world, statement)
    return await intake.invite(case.code, scope_ok=True, screened=True, by=world.intake, at=JUNE)


async def _declined(world: World, statement: str) -> Case:
    case = await _file(world, statement)
    return await intake.decline(case.code, DeclineReason.ADMINISTRATIVE, by=world.intake, at=JUNE)


async def _talking(world: World) -> Case:
    case, at = await accepted(world), NOON + timedelta(days=3)
    await assign(case.code, world.mediator.code, clear=True, willing=True, by=world.director, at=at)
    joint = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    for n, (who, words) in enumerate(TALK):
        await send(joint.code, f"line-{n}", words, by=getattr(world, who), at=at)
    return case
