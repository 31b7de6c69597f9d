"""Appointments and cards of the demo: one talk held, one to choose a time for, a fact both confirm, a proposal, a pause."""

from datetime import timedelta
from typing import Final

from community.people.models import Person
from mediation.appointment import answering, attending, offering
from mediation.appointment.attending import Seen
from mediation.appointment.letters import token_for
from mediation.appointment.offering import Offer
from mediation.appointment.rules import Came, MeetBy
from mediation.case.models import Case, Party, Side
from mediation.room.card_rules import CardKind, Reply, Terms
from mediation.room.cards import lay
from mediation.room.models import Room
from mediation.room.muting import mute, unmute
from mediation.room.replying import answer
from mediation.room.rules import Quiet, RoomKind
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
    joint = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    fact = Terms(text="物业上门看过：漏点在楼上卫生间的地漏。")
    seen = await lay(joint.code, "demo-fact", CardKind.FACT, fact, by=by, at=at)
    for party in parties.values():
        person = await Person.get(id=party.person_id)
        await answer(joint.code, seen.seq, Reply.YES, by=person, at=at)
    plan = Terms(
        text="楼上先修好地漏，试水三天不漏，再付楼下修吊顶的钱。",
        fen=220_000,
        payer="R1",
        payee="A1",
        days=15,
        holds=14,
    )
    put = await lay(joint.code, "demo-plan", CardKind.PROPOSAL, plan, by=by, at=at)
    await answer(joint.code, put.seq, Reply.YES, by=me, at=at)
    other = await Person.get(id=parties[Side.RESPONDENT].person_id)
    await mute(joint.code, other.code, 10, Quiet.OVER, by=by, at=at)
    await unmute(joint.code, other.code, by=by, at=at + timedelta(minutes=4))
    later = Offer(begins=[at + timedelta(days=n, hours=3) for n in (13, 14, 15)], meet_by=MeetBy.PHONE, minutes=30)
    second = await offering.offer(case.code, later, by=by, at=at)
    await answering.answer_own(case.code, second.code, [1, 3], by=me, at=at)
