"""Who is told of what: each room's ``tellers.py`` names, by kind of event, the people to tell and the words."""

from collections.abc import Mapping
from typing import Final

from community.record.models import Event
from web.community.helping.tellers import TELLERS as HELPING
from web.community.people.tellers import TELLERS as PEOPLE
from web.community.subject_requests.tellers import TELLERS as SUBJECT
from web.deliberation.ballot.owner_tellers import TELLERS as OWNERS
from web.deliberation.ballot.tellers import TELLERS as BALLOT
from web.deliberation.calls.tellers import TELLERS as CALLS
from web.deliberation.charter.tellers import TELLERS as CHARTER
from web.deliberation.debate.tellers import TELLERS as DEBATE
from web.deliberation.ledger.tellers import TELLERS as LEDGER
from web.deliberation.lineage.tellers import TELLERS as LINEAGE
from web.deliberation.matter.tellers import TELLERS as MATTER
from web.deliberation.matter.text_tellers import TELLERS as MATTER_TEXT
from web.deliberation.meeting.tellers import TELLERS as MEETING
from web.deliberation.outcome.tellers import TELLERS as OUTCOME
from web.deliberation.oversight.tellers import TELLERS as OVERSIGHT
from web.deliberation.publicity.tellers import TELLERS as PUBLICITY
from web.deliberation.stakeholder.tellers import TELLERS as STAKEHOLDER
from web.mediation.agreement.tellers import TELLERS as AGREEMENT
from web.mediation.appointment.tellers import TELLERS as APPOINTMENT
from web.mediation.assignment.tellers import TELLERS as ASSIGNMENT
from web.mediation.case.tellers import TELLERS as CASE
from web.mediation.clock.tellers import TELLERS as CLOCK
from web.mediation.confirmation.tellers import TELLERS as CONFIRMATION
from web.mediation.disposal.tellers import TELLERS as DISPOSAL
from web.mediation.evidence.tellers import TELLERS as EVIDENCE
from web.mediation.feedback.tellers import TELLERS as FEEDBACK
from web.mediation.intake.hooked import tell_hooks
from web.mediation.intake.tellers import TELLERS as INTAKE
from web.mediation.interpreting.tellers import TELLERS as INTERPRETING
from web.mediation.minutes.tellers import TELLERS as CASE_MINUTES
from web.mediation.papers.tellers import TELLERS as PAPERS
from web.mediation.parties.tellers import TELLERS as CASE_PEOPLE
from web.mediation.paying.tellers import TELLERS as PAYING
from web.mediation.privacy.tellers import TELLERS as CASE_PRIVACY
from web.mediation.referral.hooked import tell_bodies
from web.mediation.referral.tellers import TELLERS as REFERRAL
from web.mediation.risk.tellers import TELLERS as RISK
from web.mediation.room.tellers import TELLERS as ROOM
from web.mediation.supervision.tellers import TELLERS as SUPERVISION
from web.teller import Teller

ROOMS: Final[list[Mapping[str, Teller]]] = [
    HELPING,
    SUBJECT,
    INTAKE,
    APPOINTMENT,
    ASSIGNMENT,
    CASE,
    CLOCK,
    AGREEMENT,
    CONFIRMATION,
    CASE_MINUTES,
    EVIDENCE,
    DISPOSAL,
    INTERPRETING,
    FEEDBACK,
    CASE_PEOPLE,
    PAPERS,
    PAYING,
    CASE_PRIVACY,
    REFERRAL,
    RISK,
    PEOPLE,
    BALLOT,
    LEDGER,
    OWNERS,
    CHARTER,
    DEBATE,
    MATTER,
    MATTER_TEXT,
    OVERSIGHT,
    LINEAGE,
    STAKEHOLDER,
    CALLS,
    MEETING,
    OUTCOME,
    PUBLICITY,
    ROOM,
    SUPERVISION,
]

TELLERS: Final[Mapping[str, Teller]] = {kind: teller for room in ROOMS for kind, teller in room.items()}


async def tell(event: Event) -> None:
    """Write the notices an event calls for, in the transaction that takes it off the outbox."""
    teller = TELLERS.get(event.kind)
    if teller:
        await teller(event)
    await tell_hooks(event)
    await tell_bodies(event)
