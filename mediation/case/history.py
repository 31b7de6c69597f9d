"""The stops a case made: every step that moved it from one state to another, as the record has it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.record.models import Event as Fact
from community.record.outbox import facts_of
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.states import State

KINDS: Final = {f"case.{each}": each for each in Event}


@dataclass(frozen=True, slots=True)
class Stop:
    """One step from a state to another; nothing of who took it, or why."""

    event: Event
    was: State
    now: State
    at: datetime


async def stops_of(case: Case) -> list[Stop]:
    """Return the stops of a case, the first one first; who calls has checked that its index may be read whole."""
    rows = await Fact.filter(subject=case.key, kind__in=list(KINDS)).order_by("id")
    found = [(each, facts_of(each)) for each in rows]
    return [
        Stop(KINDS[row.kind], State(str(facts["was"])), State(str(facts["now"])), row.at)
        for row, facts in found
        if facts.get("now") and facts.get("was") not in (None, facts["now"])
    ]
