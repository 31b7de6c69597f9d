"""Whatever ends the talks calls the meetings off that are still to come; one that was held stays as it was."""

from datetime import datetime, timedelta

from community.notice.models import Mail
from mediation.agreement import signing
from mediation.appointment.letters import LETTER
from mediation.appointment.models import Appointment, AppointmentAnswer
from mediation.appointment.rules import Fixing, MeetBy
from mediation.case.models import Case, Party
from mediation.referral import answering
from tests.mediation.agreement import making
from tests.mediation.referral.making import AT, court_of, sent, talking
from tests.world import World

WEEK = timedelta(days=7)


async def planned(case: Case, world: World, at: datetime) -> list[Appointment]:
    """Return a meeting that was held, and one that is still to come."""
    made = []
    for when in (-WEEK, WEEK):
        row = Appointment(community_id=case.community_id, case=case, by=world.mediator, offered_at=at - 2 * WEEK)
        row.update_from_dict({"meet_by": MeetBy.PHONE, "minutes": 30, "state": Fixing.FIXED, "starts_at": at + when})
        await row.save()
        made.append(row)
    for party in await Party.filter(case_id=case.id):
        await AppointmentAnswer.create(appointment=made[1], party=party, round=made[1].round, token_hash=party.code)
    return made


async def expect_ended(rows: list[Appointment]) -> None:
    """See that the one to come was called off, with a letter to both, and the other left as it was."""
    states = [(await Appointment.get(id=row.id)).state for row in rows]
    told = [each.values["news"] for each in await Mail.filter(template=LETTER)]
    assert (states, told) == ([Fixing.FIXED, Fixing.CANCELLED], ["cancelled", "cancelled"])


async def test_somebody_who_will_not_sign_ends_the_meetings_too(world: World) -> None:
    case, _ = await making.finalized(world)
    rows = await planned(case, world, making.DAY)
    await signing.refuse(case.code, by=world.qiang, at=making.DAY)
    await expect_ended(rows)


async def test_an_agreement_in_effect_needs_no_more_meetings(world: World) -> None:
    case = await making.signed(world)
    rows = await planned(case, world, making.DAY)
    await making.seal(case, world.director, making.LATER)
    await expect_ended(rows)


async def test_what_another_body_took_over_is_met_about_there(world: World) -> None:
    case = await talking(world)
    rows = await planned(case, world, AT)
    court, head = await court_of(world)
    handover = await sent(world, case, court)
    await answering.accept(handover.code, number="（2026）云诉前调第1号", by=head, at=AT)
    await expect_ended(rows)
