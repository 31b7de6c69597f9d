"""What the servers of two bodies are told while a case passes between them: codes, numbers, states, nothing else."""

from collections.abc import Mapping
from typing import Final

from community.hooks.sending import queue
from community.people.models import Person
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.case.models import Case
from mediation.case.standing import stood_for
from mediation.confirmation.models import CourtConfirmation
from mediation.referral.models import Handover
from mediation.referral.rules import Passing

PASSING: Final[Mapping[str, Passing | None]] = {
    "case.handover": Passing.SENT,
    "case.handover_accept": Passing.ACCEPTED,
    "case.handover_reject": None,  # sent back, or called back: as it stands
}
CONFIRMING: Final = "confirmation."
SILENT: Final = frozenset({"confirmation.prepared", "confirmation.applied", "confirmation.opened"})
"""What is not yet a court's, or nobody else's, matter."""


async def tell_bodies(event: Event) -> None:
    """Queue a call to whoever directs the two organisations of a handover or of an application to a court."""
    if event.kind in PASSING:
        await _passed(event)
    elif event.kind.startswith(CONFIRMING) and event.kind not in SILENT:
        await _confirmed(event)


async def _passed(event: Event) -> None:
    found = await Handover.get(id=int(str(facts_of(event)["handover"]))).select_related("case")
    case: Case = found.case
    told = {
        "code": found.code,
        "case": case.code,
        "state": PASSING[event.kind] or found.state,
        "number": found.number or "",
    }
    heads = await _heads((found.from_org_id, found.to_org_id), case, event)
    await queue(heads, event, "handover.moved", told)


async def _confirmed(event: Event) -> None:
    found = await CourtConfirmation.get(id=int(str(facts_of(event)["confirmation"]))).select_related("case")
    if found.filed_at is None:
        return
    case: Case = found.case
    told = {"code": found.code, "case": case.code, "stage": found.stage, "number": found.court_number or found.ruling}
    await queue(await _heads((case.org_id, found.court_id), case, event), event, "confirmation.moved", told)


async def _heads(orgs: tuple[int, int], case: Case, event: Event) -> list[int]:
    """Return who directs them; nobody of them learns of a case in which they stand themselves."""
    ids = {each for org in orgs for each in await people_with(Right.CASE_DIRECT, org_id=org, at=event.at)}
    heads = await Person.filter(id__in=list(ids)).order_by("id")
    return [each.id for each in heads if not await stood_for(each, case.id, at=event.at)]
