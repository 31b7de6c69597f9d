"""Reading the rules of procedure of a body: which version holds on a day, and what it says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from community.calendar.rules import local_day
from deliberation.charter.models import Charter, CharterClause
from deliberation.charter.rules import Clause, Clauses, Point

MOST: Final = 100  # versions of one body on a page


async def in_force(body_id: int, on: date) -> Charter | None:
    """Return the version that holds on a day, None where the body has none yet."""
    held = Charter.filter(body_id=body_id, valid_from__lte=on).order_by("-valid_from", "-number")
    return await held.first()


async def versions(body_id: int) -> list[Charter]:
    """Return every version of a body, the newest first."""
    return await Charter.filter(body_id=body_id).order_by("-number").limit(MOST)


async def clauses_of(charter: Charter | None) -> dict[Point, Clause]:
    """Return what a version says, by point; nothing where there is none."""
    if charter is None:
        return {}
    rows = await CharterClause.filter(charter_id=charter.id)
    said = {row.point: row.clause for row in rows}
    return {point: said[point] for point in Point if point in said}


async def holding(on: date) -> list[Charter]:
    """Return the version of every body that holds on a day, with the body and its place."""
    rows = Charter.filter(valid_from__lte=on, body__ended_at=None).select_related("body__place")
    last = {row.body_id: row for row in await rows.order_by("valid_from", "number")}
    return [last[body] for body in sorted(last)]


@dataclass(frozen=True, slots=True)
class Own:
    """What the body's own rules of procedure say on a day; nothing where it has none."""

    charter: Charter | None
    clauses: Clauses

    @property
    def notice_days(self) -> int:
        """Return how many full days of notice they ask for, 0 when they say nothing."""
        clause = self.clauses.get(Point.NOTICE)
        return clause.number if clause else 0

    @property
    def agents(self) -> int | None:
        """Return for how many one agent may stand, None when they say nothing."""
        clause = self.clauses.get(Point.AGENTS)
        return clause.number if clause else None


async def own_rules(body_id: int, at: datetime) -> Own:
    """Return the rules of procedure under which a vote announced at ``at`` is held."""
    charter = await in_force(body_id, local_day(at))
    return Own(charter, await clauses_of(charter))
