"""Matters after their vote: counted, carried out, judged, refused, archived; and one that elects."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

from community.files.commands import keep
from community.files.intake import take
from community.timers.commands import fire_due
from deliberation.archive import building
from deliberation.archive.commands import archive
from deliberation.archive.complete import missing
from deliberation.ballot import announcing, casting, counting
from deliberation.ballot.models import Channel
from deliberation.ballot.votes import Choice
from deliberation.body.commands import freeze_roll
from deliberation.body.queries import voices_of
from deliberation.body.rules import Basis, Effect
from deliberation.matter import drafting, screening
from deliberation.matter.models import Matter
from deliberation.matter.states import Actor
from deliberation.outcome import doing, watching
from deliberation.outcome.models import Milestone
from deliberation.question import declaring
from deliberation.question.asking import Asked
from deliberation.question.rules import Kind, Post
from tests.deliberation.outcome.stage import outline
from tests.fuller.held import Fuller
from tests.scene import EVENING, LATER, PLAIN, ROAD, Scene
from tests.web.deliberation.test_outcome import photo
from tests.world import NOON
from web.clocks import TIMERS
from web.deliberation.archive.paper import pages

HOUR = timedelta(hours=1)
SWIFT = announcing.Plan(
    weight=LATER.weight, effect=Effect.BINDING, opens_on=date(2026, 5, 15), closes_on=date(2026, 5, 15)
)
"""As early as the notice allows, so that the result has been shown for its days before `EVENING`."""
UNCOUNTED = replace(SWIFT, opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 1))
ELECTION = replace(
    LATER,
    effect=Effect.PREPARATORY,
    channels=(Channel.SITE, Channel.LINK),
    asked=Asked(kind=Kind.SEATS, lines="甲｜住 1 号楼\n乙\n丙\n丁", seats=2, post=Post.RESIDENTS_COMMITTEE),
)

VOTES = {
    "doing": ("给老槐树装一圈座椅", SWIFT),
    "judging": ("楼道声控灯换成长明灯", SWIFT),
    "refused": ("花坛改成六个停车位", SWIFT),
    "filed": ("广场舞改到西边空地", SWIFT),
    "counting": ("北门加一道人行小门", UNCOUNTED),
    "electing": ("推选新一届居委会", ELECTION),
}
"""By plain names what is voted on; the last on a roll of its own."""
REFUSED = ("refused", "filed")


async def decided(fuller: Fuller) -> None:
    """Take four matters through their votes, one to the tellers, and one to its candidates."""
    clerk = fuller.scene.world.clerk
    for name, (title, plan) in VOTES.items():
        matter = fuller.matters[name] = await _final(fuller.scene, title)
        if plan is ELECTION:
            await freeze_roll(fuller.scene.body.id, Basis.HOUSEHOLDS, by=clerk, at=NOON)
        fuller.ballots[name] = await announcing.announce(matter.id, plan, by=clerk, at=NOON)
    await _voted(fuller, SWIFT, counted=True)
    await _voted(fuller, UNCOUNTED, counted=False)
    await fire_due(TIMERS, EVENING)
    count, election = fuller.ballots["counting"], fuller.ballots["electing"]
    await declaring.link(election.id, "1", fuller.scene.world.lan.email, by=clerk, at=NOON)
    for who in ("lan", "clerk"):
        fuller.leads(f"/ballots/{election.id}/candidates", who=who)
    for who in ("clerk", "supervisor"):
        fuller.leads(f"/ballots/{count.id}/count", who=who)


async def _final(scene: Scene, title: str) -> Matter:
    matter = await drafting.draft(scene.body.id, replace(PLAIN, title=title), by=scene.world.zhao, at=NOON)
    await drafting.submit(matter.id, by=scene.world.zhao, at=NOON)
    for name, _, deed in ROAD:
        if name != "returned":
            await deed(scene, matter)
    return matter


async def _voted(fuller: Fuller, plan: announcing.Plan, *, counted: bool) -> None:
    """Open all ballots of a plan, let the residents vote in them, close them, and count them or not."""
    world = fuller.scene.world
    ballots = {name: ballot for name, ballot in fuller.ballots.items() if VOTES[name][1] is plan}
    first = next(iter(ballots.values()))
    await fire_due(TIMERS, first.opens_at)
    for name, ballot in ballots.items():
        for person in world.residents:
            voice = (await voices_of(person, ballot.roll_id))[0]
            choice = Choice.NO if name in REFUSED else Choice.YES
            await casting.cast(ballot.id, voice.head_id, choice, by=person, at=ballot.opens_at + HOUR)
    await fire_due(TIMERS, first.closes_at)
    for ballot in ballots.values() if counted else ():
        for teller in (world.clerk, world.supervisor):
            await counting.tell(ballot.id, by=teller, at=ballot.closes_at + HOUR)


async def carried_out(fuller: Fuller) -> None:
    """Plan two matters: of one a step is late and noted, the other is reported as done and judged."""
    world, start = fuller.scene.world, EVENING - 30 * HOUR  # the day before
    today, later = start.date(), EVENING.date() + timedelta(days=20)
    late = outline(world, ("量尺寸", today), ("装好座椅", later))
    one, other = fuller.matters["doing"], fuller.matters["judging"]
    await doing.carry_out(one.id, late, by=world.clerk, at=start)
    await fire_due(TIMERS, EVENING)
    await watching.note(one.id, Actor.EXECUTOR, "请说明为什么没有量。", days=3, by=world.supervisor, at=EVENING)
    fuller.leads(f"/matters/{one.id}/report", who="clerk")
    plan = outline(world, ("换灯", later))
    execution = await doing.carry_out(other.id, plan, by=world.clerk, at=start)
    step = await Milestone.get(execution_id=execution.id)
    taken = await take(fuller.app.state.files, BytesIO(photo()), "照片.jpg")
    proof = await keep(taken, "照片.jpg", by=world.clerk, at=start)
    await doing.progress(step.id, "换完了，逐层看过。", [proof.code], spent=1_000_00, by=world.clerk, at=start)
    await doing.report(other.id, "灯都换好了，夜里看过。", by=world.clerk, at=start)


async def put_away(fuller: Fuller) -> None:
    """End two matters that were voted down and archive one of them."""
    clerk, storage = fuller.scene.world.clerk, fuller.app.state.files
    for name in REFUSED:
        await screening.close_file(fuller.matters[name].id, by=clerk, at=EVENING)
    matter = await Matter.get(id=fuller.matters["filed"].id).select_related("body", "author")
    built = await building.build(matter, storage, pages)
    why = dict.fromkeys(await missing(matter), "那时还没有这样的规矩。")
    await archive(matter.id, built, why, by=clerk, at=EVENING)
