"""Words that were put away, help at a door, and what is opened from a mailbox."""

from dataclasses import replace
from datetime import timedelta

from community.helping.models import Authorisation
from community.hooks import commands as hooks
from community.moderation import batches
from community.moderation.clauses import LETTERS
from community.moderation.hiding import Order, hide
from community.moderation.rules import Reason
from community.notice.models import Mail
from community.people import factor, links, moving
from community.people.models import Person, Session
from community.people.proof import Proof
from community.people.rules import Method, Purpose
from community.privacy import vault
from community.timers.commands import fire_due
from deliberation.aid.doing import help_now
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from deliberation.matter import drafting
from tests.deliberation.aid.cast import asked, at_the_door
from tests.fuller.held import Fuller
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


async def mailed(fuller: Fuller) -> None:
    """Lead to what is opened from a mailbox, to the second step of signing in, and to a draft like another."""
    world = fuller.scene.world
    for path, purpose in MAILED.items():
        fuller.leads(f"/{path}/{await links.make(world.xiu, purpose, at=EVENING)}", f"/{path}/used-up", who="visitor")
    await moving.ask("new@example.org", Proof(Method.PASSWORD), host="192.0.2.1", by=world.xiu, at=EVENING)
    mail = await Mail.filter(template="community/people/mail_move").get()
    fuller.leads(str(mail.values["path"]), who="visitor")
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


async def told(fuller: Fuller) -> None:
    """Name an address for the clerk's system and send it a trial that nobody takes."""
    hook, _ = await hooks.hang("http://127.0.0.1:9/heyi", loopback=True, by=fuller.scene.world.intake, at=EVENING)
    await hooks.try_out(hook.code, by=fuller.scene.world.intake, at=EVENING)
