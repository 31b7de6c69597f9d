"""Cases of the demo that somebody watches: one in danger, one asked about, one of a court's, one on the shelf."""

from community.people.models import Person
from mediation.archive.commands import Binding, archive
from mediation.archive.queries import bundle_of
from mediation.case.models import Case
from mediation.referral.commission import Commission, Letter, accept_commission
from mediation.risk.commands import acknowledge
from mediation.risk.rules import Safety
from mediation.risk.safety import check_off, extract
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from mediation.supervision.commands import act, issue
from mediation.supervision.rules import CardDeed, Colour, Ground
from web.demo.people import Town
from web.demo.story import Story


async def in_danger(story: Story, town: Town, case: Case, angry: Person) -> None:
    """Let a party threaten, alone with the mediator; the director answers the alarm and calls the police."""
    room = await Room.get(case_id=case.id, kind=RoomKind.CAUCUS, party__person_id=angry.id)
    await send(room.code, f"demo-{room.code}-threat", "再这么吵，今晚我拿刀去找他。", by=angry, at=story.at)
    head, duty = town.staff["director"], town.staff["dispatcher"]
    await acknowledge(case.code, by=head, at=story.at)
    for step in (Safety.POLICE, Safety.SEPARATE, Safety.DUTY):
        await check_off(case.code, step, by=head, at=story.at)
    await extract(case.code, "示范派出所值班民警", by=head, at=story.at)
    ask = "各方分开以后谁在跟？请写明每天几点联系。"
    await issue(case.code, Ground.DANGER, ask, days=1, colour=Colour.RED, by=duty, at=story.at)


async def asked_about(story: Story, town: Town, case: Case) -> None:
    """Let the justice office ask why a case has no mediator, and the director answer."""
    ask = "受理以后一直没有选调解员，请说明原因和打算。"
    asker = town.staff["justice"]
    card = await issue(case.code, Ground.NOT_DONE, ask, days=5, colour=Colour.YELLOW, by=asker, at=story.at)
    reply = "两位调解员手上都满了，本周内请钱老师接。"
    await act(card.code, CardDeed.ANSWER, reply, by=town.staff["director"], at=story.at)


async def of_the_court(story: Story, town: Town, case: Case) -> None:
    """Take a case that the court sent with its letter."""
    letter = Letter(kind=Commission.PRE, number="（示范）委派调解 1 号", agreed=True, received=story.today)
    await accept_commission(case.code, letter, by=town.staff["director"], at=story.at)


async def on_the_shelf(story: Story, town: Town, case: Case) -> None:
    """Bind a finished case."""
    bundle = await bundle_of(case)
    words = "双方在线申请和签收，没有纸质原件。"
    binding = Binding(shown=bundle.manifest, retention=bundle.retention, purge=True, words=words)
    await archive(case.code, binding, by=town.staff["archivist"], at=story.at)
