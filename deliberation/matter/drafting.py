"""What an author does: draft, revise, submit, withdraw."""

from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.body.models import Body, RollVersion
from deliberation.body.queries import latest_roll
from deliberation.body.thresholds import ASKED_OF, Request, threshold_for
from deliberation.matter.meaning import Change
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.revising import rewrite, write
from deliberation.matter.seconding import second
from deliberation.matter.states import Actor, State
from deliberation.matter.text import Text, check
from deliberation.matter.workflow import Verb

TWICE: Final = timedelta(minutes=10)


class Twice(MovedOn):
    """The same person wrote the same words a moment ago; ``matter_id`` is what they made of them then."""

    def __init__(self, matter_id: int) -> None:
        super().__init__("您刚才提过同样的一件事。", id=matter_id)
        self.matter_id = matter_id


@command
async def draft(body_id: int, text: Text, *, request: Request = Request.ORDINARY, by: Person, at: datetime) -> Matter:
    """Write down a proposal that only its author sees.

    Raises:
        Twice: the same words were written by the same person less than ten minutes ago.
        Unfit: the text says too little or too much, or such a request is not made to this body.
    """
    body = await Body.get_or_none(id=body_id)
    if body is None or body.ended_at:
        raise Hidden("没有这个会议，或者它已经结束了。")
    await require_in_place(by, body.place_id, Right.MATTER_DRAFT, at=at)
    return await write_down(body, text, request, by=by, at=at)


async def write_down(body: Body, text: Text, request: Request, *, by: Person, at: datetime) -> Matter:
    """Keep the words of a proposal as a draft of ``by``, who may; call it inside a command."""
    check(text)
    if request not in ASKED_OF[body.kind]:
        raise Unfit("这个会议不收这一类要求，请换一类，或者换一个会议。", field="request")
    await _once(body, text, by, at)
    matter = await Matter.create(
        community_id=body.community_id,
        body=body,
        author=by,
        title=text.title,
        request=request,
        state_since=at,
        drafted_at=at,
    )
    await write(matter, text, None, by=by, at=at)
    await record("matter.draft", f"matter-{matter.id}", by=by, at=at, community_id=matter.community_id)
    return matter


@command
async def revise(matter_id: int, text: Text, *, declared: Change = Change.WORDS, by: Person, at: datetime) -> Matter:
    """Change the words; ``declared`` is what the author says that does.

    When the meaning changes, because they say so or by the rule, those who seconded are asked again.
    """
    matter = await find(by, matter_id)
    await _author_or_host(matter, by, at)
    await rewrite(matter, Verb.REVISE, text, declared, by=by, at=at)
    return matter


@command
async def submit(matter_id: int, *, by: Person, at: datetime) -> State:
    """Make a draft public and ask for seconds; the author's own counts when they are on the roll.

    Raises:
        Unfit: the body has no roll yet, so nobody can say how many seconds it takes, or it cannot be asked for this.
    """
    matter = await _mine(matter_id, by)
    roll = await latest_roll(matter.body_id)
    if roll is None:
        raise Unfit("这个会议还没有冻结名册，暂时收不了附议。请联系居委会。", field="form")
    columns = await _threshold(matter, roll)
    needed = columns["set_threshold"]
    await move(matter, Verb.SUBMIT, by=by, at=at, set_public_at=at, set_roll_id=roll.id, needed=needed, **columns)
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


async def _once(body: Body, text: Text, by: Person, at: datetime) -> None:
    """Let two presses of one button wait for each other, and find what the first has made."""
    await Person.filter(id=by.id).update(joined_at=F("joined_at"))
    lately = MatterVersion.filter(written_by_id=by.id, hash=text.hash, written_at__gt=at - TWICE, written_at__lte=at)
    found = await lately.filter(matter__body_id=body.id).exclude(matter__state=State.WITHDRAWN).first()
    if found:
        raise Twice(found.matter_id)


async def _threshold(matter: Matter, roll: RollVersion) -> dict[str, object]:
    """Return how many seconds it takes, and how the number came about, as columns of the matter."""
    body = await Body.get(id=matter.body_id)
    line = threshold_for(matter.request, roll.basis, percent=body.seconds_percent, least=body.seconds_least)
    if line is None:
        raise Unfit("按现在的名册，这个会议提不了这一类要求。请联系居委会。", field="form")
    if line.heads(roll.heads) > roll.heads:
        raise Unfit("名册一共 {of} 票，不够这一类要求的 {need} 票。", field="form", of=roll.heads, need=line.least)
    columns: dict[str, object] = {
        "": line.heads(roll.heads),
        "_area": line.area_of(roll.area),
        "_of": roll.heads,
        "_num": line.num,
        "_den": line.den,
        "_least": line.least,
        "_law": line.article,
    }
    return {f"set_threshold{name}": value for name, value in columns.items()}
