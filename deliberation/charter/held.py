"""The rules of procedure in the database held against the law of a day: a law that changes may leave them behind."""

from datetime import date

from deliberation.charter.checking import Flaw, Ground, flaws
from deliberation.charter.models import Charter
from deliberation.charter.queries import clauses_of, holding


async def held(on: date) -> list[tuple[Charter, tuple[Flaw, ...]]]:
    """Return the version of every body that holds on a day, with what is wrong with it."""
    return [(each, await _wrong(each, on)) for each in await holding(on)]


async def _wrong(charter: Charter, on: date) -> tuple[Flaw, ...]:
    ground = Ground(charter.body.kind, charter.body.place.code, on)
    return flaws(ground, tuple((await clauses_of(charter)).values()))
