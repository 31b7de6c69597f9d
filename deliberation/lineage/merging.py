"""合并 — one matter is taken into another: its seconds count there, once per head; undone only by a new deed."""

from datetime import datetime

from community.errors import MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from deliberation.body.queries import heads_of_residents, people_on
from deliberation.following.commands import follow_on
from deliberation.lineage.linking import connect, pair, take_turns
from deliberation.lineage.models import MatterLink
from deliberation.lineage.queries import link_of
from deliberation.lineage.rules import LinkKind, check
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.seconding import hold, recount, settle
from deliberation.matter.states import JOINABLE, Actor
from deliberation.matter.workflow import MOVED_ON, Verb


@command
async def merge(matter_id: int, into_id: int, why: str, *, by: Person, at: datetime) -> MatterLink:
    """Merge a matter into another one of the same body.

    The seconds of its present words count for the other one from now on, each head once; whoever gave one is told.
    Whoever followed it follows the other one, unless they said that they want to hear no more of that.

    Raises:
        Forbidden: not the clerk.
        Unfit: other body, a circle, or no reason.
        MovedOn: one of them is fixed already, or over.
    """
    matter, into = await pair(matter_id, into_id, why, by, at)
    if into.state not in JOINABLE:
        raise MovedOn(MOVED_ON)
    await _hold(matter, into)
    moved = await _carry(matter, into)
    await follow_on(matter, into, at=at)
    heads = await _recount(into)
    link = await connect(LinkKind.MERGED_INTO, matter, into, why=why, heads=heads, by=by, at=at)
    await move(matter, Verb.MERGE, by=by, at=at, into=into.id, link=link.id)
    await move(into, Verb.TAKE_IN, by=by, at=at, taken=matter.id, seconds=moved, heads=heads)
    await settle(into, at=at)
    return link


@command
async def undo(matter_id: int, link_id: int, why: str, *, by: Person, at: datetime) -> None:
    """Undo a link by a new deed; what was merged goes back to where it stood, and its seconds with it.

    Raises:
        Unfit: what it was merged into is fixed already.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.CLERK, by=by, at=at)
    check(why, "why")
    await take_turns(matter)
    link = await link_of(matter, link_id)
    if link.kind is LinkKind.MERGED_INTO:
        await _part(link, by, at)
    if not await MatterLink.filter(id=link.id, undone_at=None).update(undone_at=at, undone_by_id=by.id, undone_why=why):
        raise MovedOn(MOVED_ON)
    await record(
        "link.undone",
        f"link-{link.id}",
        by=by,
        at=at,
        community_id=link.community_id,
        link=link.kind,
        one=link.one_id,
        other=link.other_id,
    )


async def _carry(matter: Matter, into: Matter) -> int:
    """Let everybody whose second of the one counts second the other, unless they ever did or are not on its roll."""
    there = await Endorsement.filter(matter_id=into.id)
    had = {_whose(each) for each in there}
    counts = Endorsement.filter(matter_id=matter.id, ended=None, version__gte=matter.meaning_since)
    given = await counts.order_by("id")
    heads = await _heads(into.roll_id or 0, given)
    rows = [
        Endorsement(
            community_id=into.community_id,
            matter_id=into.id,
            person_id=each.person_id,
            resident_id=each.resident_id,
            aided=each.aided,
            head_id=heads[_whose(each)],
            version=into.version,
            via_id=matter.id,
            at=each.at,
        )
        for each in given
        if _whose(each) not in had and _whose(each) in heads
    ]
    await Endorsement.bulk_create(rows, batch_size=500)
    return len(rows)


def _whose(given: Endorsement) -> tuple[str, int]:
    """Return whose second it is: an account's, or that of a row of the roll whose owner has none."""
    return ("person", given.person_id) if given.person_id else ("resident", given.resident_id or 0)


async def _heads(roll_id: int, given: list[Endorsement]) -> dict[tuple[str, int], int]:
    """Return the first head of a roll for which each may act."""
    by_person = {("person", person): heads[0] for person, heads in (await people_on(roll_id)).items()}
    rows = await heads_of_residents(roll_id, [each.resident_id for each in given if not each.person_id])
    return by_person | {("resident", row): head for row, head in rows.items()}


async def _hold(*matters: Matter) -> None:
    """Let seconds that are being given wait, always in the same order."""
    for each in sorted(matters, key=lambda matter: matter.id):
        await hold(each)


async def _recount(matter: Matter) -> int:
    """Count again and return by how many heads it became more."""
    before = matter.seconded
    await recount(matter)
    return matter.seconded - before


async def _part(link: MatterLink, by: Person, at: datetime) -> None:
    one, into = await find(by, link.one_id), await find(by, link.other_id)
    if into.state not in JOINABLE:
        raise Unfit("那一件已经定稿或者走远了，不能再分开。可以接着再提一件。", field="why")
    await _hold(one, into)
    back = await Endorsement.filter(matter_id=into.id, via_id=one.id).delete()
    heads = -await _recount(into)
    await move(into, Verb.LET_GO, by=by, at=at, gone=one.id, seconds=back, heads=heads)
    await move(one, Verb.SEPARATE, by=by, at=at, link=link.id)
