"""What an author does: draft, revise, submit, withdraw."""

from datetime import datetime

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.body.models import Body
from deliberation.body.queries import latest_roll
from deliberation.body.rules import seconds_needed
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.seconding import second
from deliberation.matter.states import Actor, State
from deliberation.matter.text import Text, check
from deliberation.matter.workflow import Verb


@command
async def draft(body_id: int, text: Text, *, by: Person, at: datetime) -> Matter:
    """Write down a proposal that only its author sees."""
    body = await Body.get_or_none(id=body_id)
    if body is None:
        raise Hidden("没有这个会议。")
    await require_in_place(by, body.place_id, Right.MATTER_DRAFT, at=at)
    check(text)
    matter = await Matter.create(
        community_id=body.community_id, body=body, author=by, title=text.title, state_since=at, drafted_at=at
    )
    await _write(matter, 1, text, by, at)
    await record("matter.draft", f"matter-{matter.id}", by=by, at=at, community_id=matter.community_id)
    return matter


@command
async def revise(matter_id: int, text: Text, *, by: Person, at: datetime) -> Matter:
    """Change the words. Seconds stay with the words they were given to, so endorsers are asked again."""
    matter = await find(by, matter_id)
    await _author_or_host(matter, by, at)
    check(text)
    number = matter.version + 1
    if (await MatterVersion.get(matter_id=matter.id, number=matter.version)).hash == text.hash:
        raise Unfit("文字没有改动，不用保存。", field="form")
    await move(
        matter, Verb.REVISE, by=by, at=at, set_version=number, set_title=text.title, version=number, hash=text.hash
    )
    await _write(matter, number, text, by, at)
    if matter.state is State.ENDORSING and matter.author_id == by.id:
        await second(matter, by=by, at=at, asked=False)
    return matter


@command
async def submit(matter_id: int, *, by: Person, at: datetime) -> State:
    """Make a draft public and ask for seconds; the author's own counts when they are on the roll.

    Raises:
        Unfit: the body has no roll yet, so nobody can say how many seconds it takes.
    """
    matter = await _mine(matter_id, by)
    roll = await latest_roll(matter.body_id)
    if roll is None:
        raise Unfit("这个会议还没有冻结名册，暂时收不了附议。请联系居委会。", field="form")
    needed = seconds_needed(roll.heads)
    await move(
        matter, Verb.SUBMIT, by=by, at=at, set_public_at=at, set_roll_id=roll.id, set_threshold=needed, needed=needed
    )
    return await second(matter, by=by, at=at, asked=False)


@command
async def resubmit(matter_id: int, *, by: Person, at: datetime) -> State:
    """Ask again after a return; seconds of unchanged words still count."""
    matter = await _mine(matter_id, by)
    await move(matter, Verb.RESUBMIT, by=by, at=at)
    return await second(matter, by=by, at=at, asked=False)


@command
async def reopen(matter_id: int, *, by: Person, at: datetime) -> State:
    """Ask for seconds a second and last time after the period ran out."""
    matter = await _mine(matter_id, by)
    if matter.reopened:
        raise Unfit("这件事已经再次附议过一回了。请重新写一件。")
    return await move(matter, Verb.REOPEN, by=by, at=at, set_reopened=True)


@command
async def withdraw(matter_id: int, *, by: Person, at: datetime) -> State:
    """Take a proposal back before anything was announced."""
    return await move(await _mine(matter_id, by), Verb.WITHDRAW, by=by, at=at)


async def _mine(matter_id: int, by: Person) -> Matter:
    matter = await find(by, matter_id)
    if matter.author_id != by.id:
        raise Forbidden("只有提议人能办这一步。")
    return matter


async def _author_or_host(matter: Matter, by: Person, at: datetime) -> None:
    if matter.author_id != by.id:
        await require_actor(matter, Actor.HOST, by=by, at=at)


async def _write(matter: Matter, number: int, text: Text, by: Person, at: datetime) -> None:
    await MatterVersion.create(
        matter=matter,
        number=number,
        title=text.title,
        what=text.what,
        cost=text.cost,
        who=text.who,
        body=text.body,
        hash=text.hash,
        written_by=by,
        written_at=at,
    )
