"""Cases of the demo that were settled: one performed and closed, one being performed, one out for signing."""

from datetime import timedelta
from typing import Final

from community.orgs.models import OrgKind
from community.people.models import Person
from community.people.rules import Method
from mediation.agreement import commands, performing
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Obligation
from mediation.agreement.queries import out_of
from mediation.agreement.rules import WINDOW, ClauseKind, Draft, Line
from mediation.agreement.signing import Hand, seal, sign
from mediation.case.commands import follow_up
from mediation.case.models import Case
from mediation.confirmation import applying
from mediation.confirmation.grounds import Nexus
from web.demo.people import PASSWORD, Town
from web.demo.story import Story

LEGAL: Final = tuple(LEGALITY)


async def out_for_signing(story: Story, town: Town, case: Case, *, fen: int, in_days: int) -> None:
    """Write the agreement down and send it out to be signed."""
    mediator = town.staff["mediator"]
    await commands.begin(case.code, accepted=True, by=mediator, at=story.at)
    until = story.today + timedelta(days=in_days)
    lines = (
        Line(kind=ClauseKind.DO, who="R1", whom="A1", what="修好漏水的地漏，试水三天不漏。", until=until),
        Line(kind=ClauseKind.PAY, who="R1", whom="A1", what="赔付吊顶维修费。", amount=fen, until=until),
    )
    draft = Draft(
        facts="楼上地漏渗水，楼下卫生间吊顶受潮塌落一块，物业检测单双方都认可。",
        issue="由谁修、赔多少、什么时候办完。",
        blame="楼上一方承担维修和赔偿责任。",
        total=fen,
        lines=lines,
    )
    await commands.save(case.code, draft, by=mediator, at=story.at)
    await commands.finalize(case.code, legality=LEGAL, on_paper=False, by=mediator, at=story.at)


async def into_effect(story: Story, town: Town, case: Case, parties: tuple[Person, Person]) -> None:
    """Have both parties and the mediator sign, wait out their ten minutes, and put the seal on it."""
    await case.refresh_from_db()
    words = (await out_of(case)).sha256 or ""
    for person in (*parties, town.staff["mediator"]):
        hand = Hand(shown=words, name=person.name, agreed=True, method=Method.PASSWORD, typed=PASSWORD)
        await sign(case.code, hand, host="demo", by=person, at=story.at)
    await story.play(story.at + WINDOW + timedelta(minutes=1))
    director = town.staff["director"]
    await seal(case.code, shown=words, method=Method.PASSWORD, typed=PASSWORD, host="demo", by=director, at=story.at)


async def one_applies(story: Story, town: Town, case: Case, who: Person) -> None:
    """Have one party ask the court to confirm; the other has not said anything yet."""
    court = town.orgs[OrgKind.COURT].code
    await applying.prepare(case.code, court, nexus=Nexus.SUBJECT, by=who, at=story.at)
    await applying.apply(case.code, sworn=True, by=who, at=story.at)


async def to_the_end(story: Story, town: Town, case: Case, owed_to: Person) -> None:
    """Have everything kept and confirmed, visit, and close."""
    for duty in await Obligation.filter(case_id=case.id):
        await performing.confirm(case.code, duty.code, by=owed_to, at=story.at)
    await story.play(story.at + timedelta(days=7))
    await follow_up(case.code, visited=True, asked=True, by=town.staff["mediator"], at=story.at)
