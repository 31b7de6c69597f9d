"""A matter that was decided, and every stop after that, played by commands for tests."""

from datetime import date, datetime, timedelta

from community.files.models import Upload
from community.people.models import Person
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.matter.models import Matter
from deliberation.outcome import doing
from deliberation.outcome.models import Execution, Milestone
from deliberation.outcome.rules import Outline, Step
from deliberation.publicity.models import Publication
from deliberation.publicity.rules import Kind
from tests.deliberation.stage import AFTER, Settled, body_of, counted, opened, settle, tick, vote
from tests.world import World

DAY = timedelta(days=1)
BEGIN = AFTER + 20 * DAY
"""The result has been shown for its days."""


async def result_shown(world: World, choice: Choice = Choice.YES, count: int = 6) -> tuple[Ballot, list[Settled]]:
    """Take a matter to the notice of its result."""
    people = await settle(world, count)
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, [each.person for each in people])
    await vote(ballot, people, choice)
    await counted(world, ballot)
    return ballot, people


async def effective(world: World, count: int = 6) -> tuple[Matter, list[Settled]]:
    """Take a matter to where it stands decided."""
    ballot, people = await result_shown(world, count=count)
    await tick(BEGIN)
    return await Matter.get(id=ballot.matter_id).select_related("body"), people


def outline(world: World, *steps: tuple[str, date], budget: int = 8_600_000, why: str = "") -> Outline:
    """Return a plan led by the clerk."""
    given = steps or (("拆掉旧车棚", date(2026, 7, 10)), ("建好充电位", date(2026, 7, 20)))
    return Outline(
        org_id=world.residents_committee.id,
        lead_id=world.clerk.id,
        budget=budget,
        due_on=date(2026, 7, 31),
        steps=[Step(*step) for step in given],
        why=why,
    )


async def executing(world: World, count: int = 6) -> tuple[Matter, Execution, list[Settled]]:
    """Take a matter to where it is carried out."""
    matter, people = await effective(world, count)
    execution = await doing.carry_out(matter.id, outline(world), by=world.clerk, at=BEGIN)
    return await Matter.get(id=matter.id).select_related("body"), execution, people


async def picture(by: Person, at: datetime, *, media_type: str = "image/webp") -> str:
    """Return the code of a picture that ``by`` handed in; its bytes are of no interest here."""
    number = await Upload.all().count()
    sums = f"{number:064x}"
    made = await Upload.create(
        owner=by,
        name="照片.webp",
        media_type=media_type,
        size=9,
        sha256=sums,
        given_sha256=sums,
        key=f"k{number}",
        at=at,
    )
    return made.code


async def all_done(world: World, execution: Execution, at: datetime) -> None:
    """Report every open step as done."""
    for step in await Milestone.filter(execution_id=execution.id, done_at=None, dropped_at=None).order_by("id"):
        proof = await picture(world.clerk, at)
        await doing.progress(step.id, "做完了，验收过。", [proof], spent=1_000_000, by=world.clerk, at=at)


async def hung(matter_id: int, kind: Kind = Kind.RESULT) -> Publication:
    """Return the publication of a kind about a matter."""
    found = await Publication.filter(matter_id=matter_id, kind=kind).order_by("-id").first()
    assert found
    return found
