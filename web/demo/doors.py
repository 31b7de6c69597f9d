"""What is done away from the screen in the demo's open ballot: sheets printed, votes by code and paper, notes at doors."""

from datetime import timedelta

from community.people.models import Person
from deliberation.ballot.models import Ballot, Vote
from deliberation.ballot.votes import Choice
from deliberation.polling import doors, entering, queries, slips
from deliberation.polling.entering import Read
from deliberation.polling.rules import TOGETHER, Met
from deliberation.polling.speaking import speakers
from web.demo.story import Story


async def knock(story: Story, ballot: Ballot, staff: dict[str, Person]) -> None:
    """Print the sheets of one building; some come back by code, one on paper read once, and doors are noted."""
    clerk, at = staff["clerk"], story.at
    building = (await queries.buildings(ballot))[0].name
    printed = await slips.print_sheets(ballot.id, building, by=clerk, at=at)
    silent = {vote.head_id for vote in await Vote.filter(ballot_id=ballot.id, papers=0)}
    alone = [one for one in printed if one.head.id in silent and not await speakers(one.head.id)]
    for one in alone[:2]:
        await slips.cast_by_slip(one.code, Choice.YES, at=at + timedelta(minutes=20))
    for number, one in enumerate(alone[2:4]):
        read = Read(code=one.code, choice=Choice.YES, received_at=at, voice_id=TOGETHER)
        later = at + timedelta(minutes=30 + number)
        await entering.enter(ballot.id, read, f"demo-{number}-first", by=clerk, at=later)
        if not number:
            await entering.enter(ballot.id, read, f"demo-{number}-second", by=staff["supervisor"], at=later)
    for number, (one, met) in enumerate(zip(alone[4:], Met, strict=False)):
        when = at + timedelta(minutes=40 + number)
        await doors.note(ballot.id, one.head.id, met, f"demo-door-{number}", by=staff["grid"], at=when)
