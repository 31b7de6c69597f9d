"""The words under vote as one reader may see them; the roll is asked only while they are hidden."""

from community.people.models import Person
from deliberation.ballot import queries
from deliberation.ballot.models import Ballot
from deliberation.matter.models import MatterVersion
from web.deliberation.matter.shown import Shown, under_vote


async def words_of(ballot: Ballot) -> MatterVersion:
    """Return the words that were frozen for the vote."""
    return await MatterVersion.get(matter_id=ballot.matter_id, number=ballot.version)


async def shown_to(person: Person | None, ballot: Ballot) -> Shown:
    """Return what ``person`` may read of the question on the pages of its ballot."""
    text, hidden = await words_of(ballot), ballot.matter.hidden_at is not None
    on_roll = not hidden or (person is not None and await queries.on_roll(person, ballot))
    return under_vote(ballot.matter, text, on_roll=on_roll)
