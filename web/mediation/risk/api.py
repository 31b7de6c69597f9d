"""The colour of a case for the program of whoever may read it: the committee, the 司法所, the centre."""

from datetime import datetime

from community.tokens.rules import Scope
from mediation.case.access import Thing
from mediation.case.queries import readable
from mediation.risk.queries import assessed, red_since
from mediation.risk.rules import POINTS, Level, Sign
from web.api.call import Answer, Ask, Call
from web.words import N_


class SignOut(Answer):
    """One sign with its points: what was said is not in it."""

    sign: Sign
    points: int
    seen_at: datetime


class RiskOut(Answer):
    """A colour with its reasons; ``red_since`` while it is red, ``unanswered_since`` while an alarm rings."""

    code: str
    level: Level
    signs: list[SignOut]
    red_since: datetime | None
    unanswered_since: datetime | None


async def show(ask: Ask) -> RiskOut:
    """Answer with the colour as it stands now."""
    case, _ = await readable(ask.person, ask.path["code"], Thing.RISK, at=ask.at)
    stands = await assessed(case)
    return RiskOut(
        code=case.code,
        level=stands.level,
        signs=[SignOut(sign=each.sign, points=POINTS[each.sign], seen_at=each.at) for each in stands.signs],
        red_since=await red_since(case),
        unanswered_since=stands.alarm.raised_at if stands.alarm else None,
    )


calls = [
    Call(
        method="GET",
        path="/cases/{code}/risk",
        name="showRisk",
        title=N_("看一件纠纷的风险颜色和理由"),
        do=show,
        answer=RiskOut,
        scope=Scope.CASES_RISK,
    ),
]
