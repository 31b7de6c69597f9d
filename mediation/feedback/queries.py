"""Reading what was said afterwards: one's own, or, to who directs the body, how many and their mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from community.errors import Hidden
from community.people.models import Person
from mediation.case.access import PARTIES, Grade, Thing, letter
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.feedback.models import SatisfactionAnswer
from mediation.feedback.rules import ASKING, Asked, means


@dataclass(frozen=True, slots=True)
class After:
    """What one reader is shown: ``open`` to be asked, ``mine`` answered, or the means of ``count`` answers."""

    case: Case
    open: bool = False
    mine: SatisfactionAnswer | None = None
    count: int = 0
    means: Mapping[Asked, Fraction] = field(default_factory=dict)


async def after(person: Person, code: str, *, at: datetime) -> After:
    """Return what was said afterwards, as ``person`` may read it; to the mediator it is not there."""
    case, seats = await visible_case(person, code, at=at)
    grade = letter(seats, Thing.SATISFACTION, case.state)
    if grade is Grade.NOTHING or case.state not in ASKING:
        raise Hidden(HIDDEN)
    rows = await SatisfactionAnswer.filter(case_id=case.id).order_by("id")
    if not seats & PARTIES:
        return After(case, count=len(rows), means=means([marks_of(each) for each in rows]))
    own = await stood_for(person, case.id, at=at)
    mine = next((each for each in rows if each.party_id in own), None)
    return After(case, open=mine is None, mine=mine)


def marks_of(row: SatisfactionAnswer) -> dict[Asked, int]:
    """Return the marks of one answer."""
    return {each: getattr(row, each.value) for each in Asked}
