"""Reading what offices were asked: of a matter for everybody, of one's own office for its desk."""

from datetime import datetime

from community.errors import Hidden
from community.people.envoys import orgs_of, speaks_for
from community.people.models import Person
from deliberation.calls.models import Call
from deliberation.matter.models import Matter


async def calls_of(matter: Matter) -> list[Call]:
    """Return what offices were asked about a matter, the first first."""
    return await Call.filter(matter_id=matter.id).select_related("org").order_by("id")


async def waiting_for(person: Person, *, at: datetime) -> list[Call]:
    """Return the questions that wait for an office for which ``person`` may answer, the most urgent first."""
    orgs = [org.id for org in await orgs_of(person, at=at)]
    if not orgs:
        return []
    waiting = Call.filter(org_id__in=orgs, answered_at=None, matter__hidden_at=None)
    return await waiting.select_related("matter", "org").order_by("due_at", "id").limit(200)


async def call_of(person: Person, call_id: int, *, at: datetime) -> Call:
    """Return a question for whoever may answer it, or raise `Hidden`."""
    call = await Call.get_or_none(id=call_id).select_related("matter", "org")
    if call is None or not await speaks_for(person, call.org, at=at):
        raise Hidden("没有这个问题，或者它不是问您单位的。")
    return call


async def count_for(matter_id: int) -> None:
    """Bring the counts that the page of a matter shows up to date; call it inside a command."""
    waiting = Call.filter(matter_id=matter_id, answered_at=None)
    late = await waiting.exclude(late_at=None).count()
    await Matter.filter(id=matter_id).update(calls_open=await waiting.count(), calls_late=late)
