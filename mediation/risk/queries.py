"""The colour of a case with its reasons, for whoever may read it."""

from dataclasses import dataclass
from datetime import datetime

from mediation.case.keys import opened_with
from mediation.case.models import Case
from mediation.risk.models import RiskAlarm, RiskRuling, RiskSign, RiskStanding
from mediation.risk.rules import Hit, Level, Ruling, Sign, standing


@dataclass(frozen=True, slots=True)
class Assessed:
    """A colour and all that it follows from."""

    level: Level
    signs: list[RiskSign]
    rulings: list[RiskRuling]
    alarm: RiskAlarm | None


async def assessed(case: Case) -> Assessed:
    """Return the colour of a case; call it for somebody who may read its risk, or inside a command."""
    signs = await RiskSign.filter(case_id=case.id).order_by("-id").select_related("by")
    rulings = await RiskRuling.filter(case_id=case.id).order_by("-id").select_related("by", "second")
    hits = [Hit(each.sign, each.at) for each in signs]
    if case.afraid:
        hits.append(Hit(Sign.FEAR, case.filed_at))
    held = [Ruling(each.level, each.at, each.lowers) for each in reversed(rulings) if each.at]
    return Assessed(standing(hits, held), signs, rulings, await open_alarm(case))


async def held_back(case: Case) -> bool:
    """Return whether nobody talks together in a case now, because it is red."""
    return await RiskStanding.exists(case_id=case.id, level=Level.RED)


async def red_since(case: Case) -> datetime | None:
    """Return since when a case is red; none when it is not."""
    stands = await RiskStanding.get_or_none(case_id=case.id, level=Level.RED)
    return stands.since if stands else None


async def open_alarm(case: Case) -> RiskAlarm | None:
    """Return the alarm that nobody has answered."""
    return await RiskAlarm.filter(case_id=case.id, acked_at=None).order_by("-id").first()


def reason_of(case: Case, ruling: RiskRuling) -> str:
    """Return why a colour was set."""
    return opened_with(case, ruling.reason, about=about(case))


def about(case: Case) -> str:
    """Return what a locked reason is bound to."""
    return f"case|{case.code}|risk"
