"""Disputes at moments that pass: just filed, invited, asked for more time, for company, for another road."""

from datetime import date

from community.notice.models import Mail
from mediation.assignment.joining import invite_org
from mediation.clock import extending
from mediation.referral import sending
from mediation.referral.rules import Basis
from tests.fuller.held import Fuller
from tests.mediation.assignment.test_joining import another
from tests.mediation.filing import link_of
from tests.mediation.referral.making import AT, court_of, dispatcher_of, plan, sent, talking
from tests.scene import EVENING


async def opened(fuller: Fuller) -> None:
    """Lead to the pages after filing and after saving a draft, and to an invitation."""
    cases = fuller.scene.cases
    invitation = f"/i/{await link_of(cases['inviting'])}"
    fuller.leads(f"/cases/{cases['registered'].code}/receipt", who="lan")
    fuller.leads(f"/cases/{cases['drafting'].code}/agreement/preview", who="mediator")
    for who in ("visitor", "qiang"):
        fuller.leads(invitation, who=who)


async def asked_along(fuller: Fuller) -> None:
    """Ask the parties of a dispute for more time, and another committee to mediate along."""
    world, case = fuller.scene.world, fuller.scene.cases["talking"]
    await extending.ask_all(case.code, date(2026, 6, 30), by=world.mediator, at=EVENING)
    mail = await Mail.filter(template="mediation/clock/mail_extension").order_by("-id").first()
    assert mail
    fuller.leads(f"/x/{mail.values['token']}", who="visitor")
    fuller.leads(f"/cases/{case.code}/extension", who="qiang")
    org, head, _ = await another(world)
    joint = await invite_org(case.code, org.code, why="漏水处跨了两个社区。", by=world.director, at=EVENING)
    fuller.guest("of another committee", "/desk", f"/joint/{joint.code}", person=head)


async def handed_on(fuller: Fuller) -> None:
    """Send one dispute to a court, and ask the parties of another whether theirs may go."""
    world = fuller.scene.world
    court, head = await court_of(world)
    handover = await sent(world, await talking(world), court)
    there = f"/handovers/{handover.code}"
    fuller.guest("of the court", "/handovers", there, f"{there}/package.zip", person=head)
    fuller.guest("dispatcher", "/desk", "/dispatch", person=await dispatcher_of(world))
    case = await talking(world)
    await sending.propose(case.code, plan(court, basis=Basis.CONSENT, article=""), by=world.director, at=AT)
    for who in ("lan", "director"):
        fuller.leads(f"/cases/{case.code}/handover", who=who)
