"""Appointments of the demo: one held yesterday, one that waits for an answer."""

from datetime import timedelta
from typing import Final

from community.people.models import Person
from mediation.appointment import answering, attending, offering
from mediation.appointment.attending import Seen
from mediation.appointment.letters import token_for
from mediation.appointment.offering import Offer
from mediation.appointment.rules import Came, MeetBy
from mediation.case.models import Case, Party, Side
from web.demo.people import Town
from web.demo.story import Story

PLACE: Final = "居委会二楼调解室"


async def arranged(story: Story, town: Town, case: Case, me: Person) -> None:
    """Offer the two sides some times, twice: the first was fixed and held, the second waits for the respondent."""
    by, at = town.staff["mediator"], story.at
    parties = {party.side: party for party in await Party.filter(case_id=case.id)}
    soon = Offer(begins=[at + timedelta(hours=n) for n in (2, 4)], meet_by=MeetBy.ONSITE, minutes=60, place=PLACE)
    first = await offering.offer(case.code, soon, by=by, at=at)
    for party in parties.values():
        await answering.answer_by_link(token_for(first, party), [2], by=None, at=at)
    first = await offering.fix(case.code, first.code, 2, by=by, at=at)
    came = {parties[Side.APPLICANT].code: Seen(Came.CAME), parties[Side.RESPONDENT].code: Seen(Came.LATE)}
    await attending.attend(case.code, first.code, came, by=by, at=first.starts_at or at)
    later = Offer(begins=[at + timedelta(days=n, hours=3) for n in (13, 14, 15)], meet_by=MeetBy.PHONE, minutes=30)
    second = await offering.offer(case.code, later, by=by, at=at)
    await answering.answer_own(case.code, second.code, [1, 3], by=me, at=at)
