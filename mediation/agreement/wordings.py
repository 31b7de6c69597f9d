"""The wordings an agreement went through, for whoever signs it: what was changed since they last read it."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from community.errors import Hidden
from community.people.models import Person
from mediation.agreement.models import AgreementVersion
from mediation.agreement.preview import paper_for
from mediation.agreement.queries import number_for, opened_body, paper_of, readable_case, unerased
from mediation.agreement.text import Paper, draft_from, sections
from mediation.case.access import PARTIES, Seat
from mediation.case.models import Case
from mediation.case.queries import HIDDEN

Wording = tuple[AgreementVersion, Paper]


async def wordings(person: Person, code: str, *, at: datetime) -> tuple[Case, list[Wording]]:
    """Return the wordings that went round, the first first, voided ones too; who mediates sees the draft as well.

    Raises:
        Hidden: ``person`` is neither a party nor who mediates, or the words may not be read now.
    """
    case, seats = await readable_case(person, code, at=at)
    if not frozenset(seats) & {*PARTIES, Seat.MEDIATOR}:
        raise Hidden(HIDDEN)
    rows = unerased(AgreementVersion.filter(agreement__case_id=case.id)).select_related("agreement")
    every = await rows.order_by("agreement__seq", "n")
    return case, [(each, await _paper(case, each)) for each in every if each.frozen_at or Seat.MEDIATOR in seats]


async def _paper(case: Case, version: AgreementVersion) -> Paper:
    if version.frozen_at:
        return paper_of(version)
    return await paper_for(case, version, draft_from(opened_body(version)), number_for(version))


def words(paper: Paper) -> str:
    """Return a wording as one text, a paragraph a line of it."""
    return "\n\n".join(line for head, lines in sections(paper) for line in (head, *lines) if line)


def changes(found: Iterable[Wording]) -> list[tuple[Wording, Wording]]:
    """Return each wording with the one before it, the newest first."""
    return list(pairwise(found))[::-1]
