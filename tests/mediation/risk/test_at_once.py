"""Two signs at the same moment, and the colour that the centre's program reads."""

import asyncio

from community.record.models import Event
from community.record.outbox import facts_of
from mediation.risk.commands import look_at, note_sign
from mediation.risk.models import RiskAlarm, RiskStanding
from mediation.risk.queries import assessed
from mediation.risk.rules import Level, Sign
from tests.mediation.making import made_case
from tests.world import NOON, World


async def test_two_signs_at_once_never_colour_without_ringing(world: World) -> None:
    for _ in range(5):
        case = await made_case(world)
        threat = look_at(case, "我要打死你", place="", by=world.lan, at=NOON)
        await asyncio.gather(threat, note_sign(case.code, Sign.POLICE, by=world.mediator, at=NOON))
        assert (await assessed(case)).level is Level.RED
        assert await RiskAlarm.filter(case_id=case.id).count() == 1
        assert (await RiskStanding.get(case_id=case.id)).level is Level.RED
        rows = await Event.filter(subject=f"risk-{case.id}", kind="risk.assessed").order_by("id")
        assert [bool(facts_of(each)["alarm"]) for each in rows] == [False, True]
