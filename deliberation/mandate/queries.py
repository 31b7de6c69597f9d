"""Reading mandates: those lent to me, those I lent, and all of a ballot for those who keep it."""

from community.people.models import Person
from deliberation.ballot.models import Ballot
from deliberation.body.models import RollVoice
from deliberation.body.queries import resident_of
from deliberation.mandate.models import Mandate


async def lent_to(person: Person, ballot: Ballot) -> list[Mandate]:
    """Return the mandates under which ``person`` votes for others."""
    mine = Mandate.filter(ballot_id=ballot.id, agent_id=person.id, live=True)
    return await mine.select_related("head").order_by("id")


async def lent_by(person: Person, ballot: Ballot) -> list[Mandate]:
    """Return the mandates that ``person`` gave, or somebody at the counter took down for them."""
    resident = await resident_of(person)
    if resident is None:
        return []
    mine = Mandate.filter(ballot_id=ballot.id, resident_id=resident.id, live=True)
    return await mine.select_related("head", "agent").order_by("id")


async def every(ballot: Ballot) -> list[Mandate]:
    """Return every mandate of a ballot, withdrawn ones too, for those who keep it."""
    return await Mandate.filter(ballot_id=ballot.id).select_related("head", "agent").order_by("id")


async def voices(ballot: Ballot, label: str) -> list[RollVoice]:
    """Return who may act for the head of a home, as the clerk types it; at most twenty."""
    typed = label.strip()
    if not typed:
        return []
    found = RollVoice.filter(roll_id=ballot.roll_id, head__label__contains=typed)
    return await found.select_related("head").order_by("head_id", "id").limit(20)
