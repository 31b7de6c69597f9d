"""Reading the appraisals of a case: for its parties, whoever mediates, and the expert who was asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Hidden
from community.people.models import Person
from mediation.case.access import PARTIES, PHASES, Phase, Seat
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.evidence.keeping import clear
from mediation.evidence.models import Appraisal, AppraisalAnswer
from mediation.evidence.rules import OFFICE

NO_APPRAISAL: Final = "没有找到这次鉴定。请从案件的页面进入，或者换一个账号登录。"


@dataclass(frozen=True, slots=True)
class View:
    """An appraisal before one reader; ``expert``: they were asked for it."""

    case: Case
    row: Appraisal
    stands_for: tuple[int, ...]
    office: bool
    expert: bool

    def words(self, column: str) -> str:
        """Return ``matter``, ``expert`` or ``payer`` in the clear."""
        return clear(self.case, self.row, column)


async def board_of(person: Person, code: str, *, at: datetime) -> tuple[Case, tuple[int, ...], bool]:
    """Return a case to who reads of its appraisals, for whom they act, and whether they mediate; else `Hidden`."""
    case, seats = await visible_case(person, code, at=at)
    phase = PHASES[case.state]
    office = bool(seats & OFFICE) and phase in (Phase.TALKS, Phase.EFFECT)
    party = bool(seats & PARTIES) and phase is not Phase.BEFORE
    if not (office or party or (Seat.INVITEE in seats and phase is Phase.TALKS)):
        raise Hidden(HIDDEN)
    mine = await stood_for(person, case.id, at=at) if party else []
    return case, tuple(mine), office


async def appraisals_of(person: Person, code: str, *, at: datetime) -> tuple[Case, bool, list[View]]:
    """Return the appraisals of a case and whether the reader mediates it; an expert sees their own."""
    case, mine, office = await board_of(person, code, at=at)
    rows = await Appraisal.filter(case_id=case.id).order_by("id").select_related("seat", "opinion")
    views = [_view(case, row, mine, person, office=office) for row in rows]
    return case, office, [each for each in views if each.office or each.stands_for or each.expert]


async def appraisal_of(person: Person, code: str, appraisal_code: str, *, at: datetime) -> View:
    """Return one appraisal, or raise `Hidden`, the same whether it is absent or not for this reader."""
    case, mine, office = await board_of(person, code, at=at)
    found = Appraisal.get_or_none(code=appraisal_code, case_id=case.id)
    row = await found.select_related("seat", "opinion")
    view = _view(case, row, mine, person, office=office) if row else None
    if view is None or not (view.office or view.stands_for or view.expert):
        raise Hidden(NO_APPRAISAL)
    return view


async def answers_of(row: Appraisal) -> list[AppraisalAnswer]:
    """Return what each party said of an appraisal, in their order."""
    return await AppraisalAnswer.filter(appraisal_id=row.id).order_by("party_id").select_related("party")


def _view(case: Case, row: Appraisal, mine: tuple[int, ...], person: Person, *, office: bool) -> View:
    seat = row.seat
    asked = seat is not None and seat.person_id == person.id and seat.ended_at is None
    return View(case, row, mine, office=office, expert=asked)
