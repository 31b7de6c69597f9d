"""What stands beside a case: words of its last steps, the case it was joined to, what waits for an answer."""

from typing import Final

from community.people.models import Person
from community.record.reading import rows
from mediation.appointment.queries import LEADS
from mediation.appointment.rules import MEETING
from mediation.assignment.recusing import RAISERS
from mediation.case.access import PARTIES, Seat, Thing, may_read
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.noting import notes_of
from mediation.case.states import State
from mediation.case.workflow import RETURNS, actors
from mediation.referral.queries import open_of

NOTED: Final = frozenset({State.REDIRECTED, State.MERGED})
"""Where a case stands after a step with words for whoever brought it."""
PASSING: Final = PARTIES | {Seat.RECEIVER}
"""Who reads on the page of the case with whom it waits."""


_ASKED: Final = """SELECT EXISTS (
  SELECT 1 FROM extension_answer a JOIN extension_ask q ON q.id = a.ask_id
  JOIN period p ON p.id = q.period_id JOIN party t ON t.id = a.party_id
  WHERE p.case_id = $1 AND q.ended_at IS NULL AND t.person_id = $2 AND a.given IS NULL
), EXISTS (SELECT 1 FROM handover WHERE case_id = $1 AND state = 'proposed'),
EXISTS (SELECT 1 FROM handover WHERE case_id = $1 AND sent_at IS NOT NULL),
EXISTS (
  SELECT 1 FROM appointment_answer a JOIN appointment m ON m.id = a.appointment_id JOIN party t ON t.id = a.party_id
  WHERE m.case_id = $1 AND m.state = 'offered' AND a.round = m.round AND t.person_id = $2 AND a.suits IS NULL
)"""
"""Whether a party is asked to put the end off, the parties are asked to let the case go elsewhere, it was sent once,
and a party is asked for times."""


async def beside(case: Case, seats: frozenset[Seat], me: Person) -> dict[str, object]:
    """Return what the page of a case shows beside its facts; asks nothing where nothing can be."""
    told = case.state in NOTED and may_read(seats, Thing.STATEMENT, case.state)
    keeper = await Case.get_or_none(id=case.merged_into_id) if case.merged_into_id else None
    later, elsewhere, travelled, times = await _asked(case, seats, me)
    handed = case.state is State.HANDOVER and bool(seats & PASSING)
    return {
        "notes": await notes_of(case) if told else [],
        "keeper": keeper.code if keeper else "",
        "asked": later and case.state is State.MEDIATING,
        "elsewhere": elsewhere,
        "travelled": travelled,
        "passing": await open_of(case) if handed else None,
        "times": times and case.state in MEETING,
        "meets": case.state in MEETING and bool(seats & (PARTIES | LEADS)),
        "pleads": bool(seats & RAISERS) and bool(actors(case.state, Event.RECUSE)),
    }


async def _asked(case: Case, seats: frozenset[Seat], me: Person) -> tuple[bool, bool, bool, bool]:
    if case.state not in RETURNS or not seats & PARTIES:
        return False, False, False, False
    later, elsewhere, travelled, times = (await rows(_ASKED, case.id, me.id))[0]
    return bool(later), bool(elsewhere), bool(travelled), bool(times)
