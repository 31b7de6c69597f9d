"""Words that were put away, disputes, help at a door, and what is opened from a mailbox."""

from dataclasses import replace
from datetime import date, timedelta

from community.helping.models import Authorisation
from community.moderation import batches
from community.moderation.clauses import LETTERS
from community.moderation.hiding import Order, hide
from community.moderation.rules import Reason
from community.notice.models import Mail
from community.people import factor, links
from community.people.models import Person, Session
from community.people.rules import Purpose
from community.privacy import vault
from community.timers.commands import fire_due
from deliberation.aid.doing import help_now
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from deliberation.matter import drafting
from mediation.assignment.joining import invite_org
from mediation.clock import extending
from tests.deliberation.aid.cast import asked, at_the_door
from tests.fuller.held import Fuller
from tests.mediation.assignment.test_joining import another
from tests.mediation.filing import link_of
from tests.scene import EVENING, PLAIN
from tests.world import FOREVER, NOON
from web.clocks import TIMERS
from web.community.notice.tokens import make_token
from web.person import token_hash

HOUR = timedelta(hours=1)
MAILED = {"sign-in": Purpose.SIGN_IN, "confirm": Purpose.CONFIRM, "password": Purpose.SET_PASSWORD}


async def hidden(fuller: Fuller) -> None:
    """Hide what was written: one comment for its tone, two at once as advertising."""
    world, matter = fuller.scene.world, fuller.scene.matters["deliberating"]
    words = ("你们都是糊涂蛋。", "出售二手车位，价格好商量。", "出售二手车位，电话联系。")
    said = [await comment(matter.id, Position.MORE, each, by=world.lan, at=EVENING - HOUR) for each in words]
    rude, *spam = [f"comment-{each.id}" for each in said]
    order = Order(Reason.ABUSE, LETTERS[Reason.ABUSE])
    hiding = await hide(rude, order, by=world.moderator, at=EVENING)
    order = Order(Reason.SPAM, LETTERS[Reason.SPAM])
    batch = await batches.hide_many(spam, order, by=world.moderator, at=EVENING)
    for who in ("lan", "moderator"):
        fuller.leads(f"/moderation/hidden/{hiding.code}", f"/moderation/batches/{batch}", who=who)


async def cases(fuller: Fuller) -> None:
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
    fuller.guest("of another committee", f"/joint/{joint.code}", person=head)


async def mailed(fuller: Fuller) -> None:
    """Lead to what is opened from a mailbox, to the second step of signing in, and to a draft like another."""
    world = fuller.scene.world
    for path, purpose in MAILED.items():
        fuller.leads(f"/{path}/{await links.make(world.xiu, purpose, at=EVENING)}", f"/{path}/used-up", who="visitor")
    fuller.leads(f"/unsubscribe/{await make_token(world.xiu.id, 'matter')}", who="visitor")
    alike = await drafting.draft(
        fuller.scene.body.id, replace(PLAIN, title="东门旧车棚改成充电棚吧"), by=world.lan, at=EVENING
    )
    fuller.leads(f"/matters/{alike.id}/alike", "/verify", who="lan")
    half, token = world.supervisor, "half-way-in"
    secret = vault.lock(factor.new_secret(), about=f"person|{half.id}|totp_secret")
    await Person.filter(id=half.id).update(totp_secret=secret)
    await Session.create(
        token_hash=token_hash(token), person=half, began_at=EVENING, seen_at=EVENING, expires_at=FOREVER
    )
    fuller.guest("half way in", "/second-factor", cookies={"heyi": token})


async def helped(fuller: Fuller) -> None:
    """Let a grid worker second for somebody at her door, and draw the lot of that week."""
    scene = fuller.scene
    door = await at_the_door(scene.world, scene.body)
    await help_now(await asked(door), by=door.worker, at=NOON)
    given = await Authorisation.get()
    await fire_due(TIMERS, EVENING)
    here = f"/helping/{given.code}"
    fuller.guest("grid worker", here, "/desk/helping", person=door.worker)
    fuller.leads(here, who="clerk")
