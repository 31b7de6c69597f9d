"""What stands beside a case: words of its last steps, the case it was joined to, what waits for an answer."""

from typing import Final

from community.people.models import Person
from mediation.assignment.recusing import RAISERS
from mediation.case.access import Seat, Thing, may_read
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.noting import notes_of
from mediation.case.states import State
from mediation.case.workflow import actors
from mediation.clock.models import ExtensionAnswer

NOTED: Final = frozenset({State.REDIRECTED, State.MERGED})
"""Where a case stands after a step with words for whoever brought it."""
PARTIES: Final = frozenset({Seat.APPLICANT, Seat.RESPONDENT})


async def beside(case: Case, seats: frozenset[Seat], me: Person) -> dict[str, object]:
    """Return what the page of a case shows beside its facts; asks nothing where nothing can be."""
    told = case.state in NOTED and may_read(seats, Thing.STATEMENT, case.state)
    keeper = await Case.get_or_none(id=case.merged_into_id) if case.merged_into_id else None
    return {
        "notes": await notes_of(case) if told else [],
        "keeper": keeper.code if keeper else "",
        "asked": case.state is State.MEDIATING and bool(seats & PARTIES) and await _asked(case, me),
        "pleads": bool(seats & RAISERS) and bool(actors(case.state, Event.RECUSE)),
    }


async def _asked(case: Case, me: Person) -> bool:
    waiting = ExtensionAnswer.filter(ask__period__case_id=case.id, ask__ended_at=None, party__person_id=me.id)
    return await waiting.filter(given=None).exists()
