"""What another body's server is told of a dispute it handed over: its numbers and where it stands, nothing else."""

from typing import Final

from community.hooks.sending import queue
from community.record.models import Event
from community.record.outbox import facts_of
from mediation.case.models import Case
from mediation.intake.models import ChannelRef

MOVES: Final = "case."


async def tell_hooks(event: Event) -> None:
    """Queue a call to whoever handed the case over, when ``event`` moved it to another state."""
    facts = facts_of(event) if event.kind.startswith(MOVES) else {}
    if "now" not in facts or facts.get("was") == facts["now"] or not event.subject.startswith("case-"):
        return
    case = await Case.get(id=int(event.subject.removeprefix("case-")))
    for each in await ChannelRef.filter(case_id=case.id):
        await queue([each.by_id], event, "case.moved", _told(case, each, str(facts["now"])))


def _told(case: Case, arrival: ChannelRef, now: str) -> dict[str, str]:
    return {
        "code": case.code,
        "channel": arrival.channel,
        "number": arrival.number,
        "state": now,
        "outcome": case.outcome or "",
    }
