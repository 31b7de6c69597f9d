"""Gapless numbers: per organisation, kind of paper and year, 1, 2, 3 … with none lost and none twice."""

from tortoise.expressions import F

from community.orgs.models import NumberSeries
from community.record.transaction import inside


async def next_number(org_id: int, kind: str, year: int) -> int:
    """Return the next number of a series. Call it inside the command that uses it: undone together, none is lost.

    Raises:
        RuntimeError: no transaction is running.
    """
    if not inside():
        raise RuntimeError("a number may only be taken inside the command that uses it")
    series = NumberSeries.filter(org_id=org_id, kind=kind, year=year)
    if not await series.update(last_number=F("last_number") + 1):
        await NumberSeries.bulk_create([NumberSeries(org_id=org_id, kind=kind, year=year)], ignore_conflicts=True)
        await series.update(last_number=F("last_number") + 1)
    return (await series.get()).last_number  # the update holds the row until this command ends
