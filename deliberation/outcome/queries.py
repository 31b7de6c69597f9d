"""What anybody may know: what was decided, and how much was proposed, voted and decided this year."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from community.people.models import Person
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, BallotState, Result
from deliberation.matter.models import Matter

PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts since the first of January: proposed, put to a vote, and how the votes went."""

    proposed: int
    voted: int
    passed: int
    running: int


async def decided(
    _person: Person | None, community_id: int | None, *, before: int | None = None
) -> tuple[list[Result], int | None]:
    """Return a page of results, newest first, and the key of the next page when there is more."""
    rows = Result.filter(**({"ballot__community_id": community_id} if community_id else {}))
    if before:
        rows = rows.filter(id__lt=before)
    found = await rows.select_related("ballot__matter", "ballot__body").order_by("-id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def figures(_person: Person | None, community_id: int | None, *, at: datetime) -> Figures:
    """Return the counts of this year."""
    here = {"community_id": community_id} if community_id else {}
    there = {"ballot__community_id": community_id} if community_id else {}
    since = datetime(at.year, 1, 1, tzinfo=UTC)
    results = Result.filter(decided_at__gte=since, **there)
    return Figures(
        proposed=await Matter.filter(public_at__gte=since, **here).count(),
        voted=await results.count(),
        passed=await results.filter(outcome=Outcome.PASSED).count(),
        running=await Ballot.filter(state=BallotState.OPEN, **here).count(),
    )
