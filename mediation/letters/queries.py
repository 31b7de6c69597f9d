"""Reading letters: for whoever works on the case they are about."""

import json
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where
from community.rights import Right
from mediation.case.access import Seat, Thing, may_read
from mediation.case.keys import opened, opened_from
from mediation.case.mailing import mailed_nowhere
from mediation.case.models import Assignment, Case, Party
from mediation.case.queries import HIDDEN, visible_case
from mediation.intake.models import Assistance
from mediation.letters.models import Letter
from mediation.letters.rules import OPEN, LetterState

MOST: Final = 200
OFFICE: Final = frozenset({Seat.INTAKE, Seat.DIRECTOR, Seat.MEDIATOR, Seat.CO})
CARRIES: Final = OFFICE | {Seat.HELPER}
"""Who may note how a letter was handed over; a helper brings letters to the door and never decides (代办)."""


async def letters_for(person: Person, *, at: datetime) -> list[Letter]:
    """Return the letters of the cases ``person`` works on: those that wait first, then those that went out."""
    return await (await near(person, at=at)).order_by("id").limit(MOST).select_related("case__org", "party")


async def unsent(person: Person, *, at: datetime) -> int:
    """Return how many letters of their cases still have to go out."""
    return await (await near(person, at=at)).filter(state__in=OPEN).count()


async def near(person: Person, *, at: datetime) -> QuerySet[Letter]:
    """Return the question for the letters that are not at their end, of cases ``person`` works on."""
    orgs = {*await orgs_where(person, Right.CASE_INTAKE, at=at), *await orgs_where(person, Right.CASE_DIRECT, at=at)}
    led = Subquery(Assignment.filter(mediator_id=person.id, until=None).values("case_id"))
    helped = Subquery(Assistance.filter(helper_id=person.id).values("case_id"))
    mine = Q(case_id__in=led) | Q(case_id__in=helped) | Q(case__org_id__in=sorted(orgs))
    return Letter.filter(mine, state__in=[*OPEN, LetterState.SENT])


async def letters_of(case: Case) -> list[Letter]:
    """Return every letter of a case, the newest first."""
    return await Letter.filter(case_id=case.id).order_by("-id").limit(MOST).select_related("case__org", "party")


async def letter_in(person: Person, code: str, *, at: datetime) -> tuple[Letter, frozenset[Seat]]:
    """Return a letter and the reader's seats in its case, or raise `Hidden` to whoever does not carry letters there."""
    letter = await Letter.get_or_none(code=code).select_related("case__org", "party", "invitation")
    if letter is None:
        raise Hidden(HIDDEN)
    _, seats = await visible_case(person, letter.case.code, at=at)
    if not seats & CARRIES:
        raise Hidden(HIDDEN)
    return letter, seats


async def own_letter(code: str) -> Letter:
    """Return a letter by the code that stands on it, for whoever holds it in their hands; raises `Hidden`."""
    went = Letter.get_or_none(code=code, state__in=[LetterState.PRINTED, LetterState.SENT, LetterState.RECEIVED])
    letter = await went.select_related("case__org")
    if letter is None:
        raise Hidden("没有这封信。请看看编号抄对了没有，也可以打信上的电话。")
    return letter


def addressable(seats: frozenset[Seat], case: Case) -> bool:
    """Return whether whoever sits there may read to whom a letter goes, which printing shows."""
    return may_read(seats, Thing.IDENTITY, case.state)


def shy(letter: Letter) -> bool:
    """Return whether nothing may be sent to this party: somebody whom they fear may open it."""
    return mailed_nowhere(letter.case, letter.party)


def facts_in(letter: Letter) -> dict[str, Any]:
    """Return the values in what a letter says."""
    facts: dict[str, Any] = json.loads(letter.facts)
    return facts


def block(party: Party) -> list[str]:
    """Return the address block, from top to bottom; where no address is known, a line to write it on."""
    return [opened(party, "address") or "＿＿＿＿＿＿＿＿＿＿＿＿＿＿", f"{opened(party, 'name')}　收"]


def word(letter: Letter, column: str) -> str:
    """Return a locked column of a letter (``tracking``, ``name``, ``witness``) in the clear."""
    return opened_from(letter.party, getattr(letter, column), about=about(letter, column))


def about(letter: Letter, column: str) -> str:
    """Return what a locked column is bound to."""
    return f"letter|{letter.code}|{column}"
