"""Writing down who was reached: a round from door to door, a login, those who came to the meeting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import F

from community.errors import Hidden, MovedOn, Unfit
from community.files.commands import attach
from community.people.models import Person
from community.people.roles import roles_at
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, require
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, BallotState, Telling
from deliberation.ballot.roll import How
from deliberation.ballot.rules import Silence
from deliberation.body.models import RollHead
from deliberation.body.queries import voices_of
from deliberation.delivery.models import BallotDelivery
from deliberation.delivery.rules import BY_HAND, MOST, NOTE, WHY, WITNESS, Round
from deliberation.meeting.models import Meeting, MeetingSeat

OPEN: Final = (BallotState.WAITING, BallotState.OPEN, BallotState.COUNTING)
OVER: Final = "已经有计票人确认，不能再改送达记录。"
BATCH: Final = 500


@command
async def deliver(ballot_id: int, made: Round, *, files: Sequence[str] = (), by: Person, at: datetime) -> int:
    """Write a round down, and return how many heads are new in it: a round sent twice is written down once.

    Raises:
        Forbidden: not one who serves.
        Unfit: no head, too many, a day before the notice or after the close, or a text that is too long.
    """
    ballot = await _served_by(ballot_id, by, at)
    _check(made, ballot, at)
    known = RollHead.filter(id__in=made.heads, roll_id=ballot.roll_id)
    heads = {int(str(each)) for each in await known.values_list("id", flat=True)}
    if heads != set(made.heads):
        raise Unfit("有一户不在这次表决的名册上，请刷新页面再选。", field="heads")
    here = BallotDelivery.filter(ballot_id=ballot.id, batch=made.batch)
    fresh = sorted(heads - {int(str(each)) for each in await here.values_list("head_id", flat=True)})
    kept = await attach(files, f"delivery-{ballot.id}", by=by, at=at) if files and fresh else []
    rows = [
        BallotDelivery(
            community_id=ballot.community_id,
            ballot_id=ballot.id,
            head_id=head,
            how=made.how,
            served_at=made.served_at,
            batch=made.batch,
            file=kept[0].code if kept else "",
            sha256=kept[0].sha256 if kept else "",
            warned=made.warned,
            witness=made.witness,
            note=made.note,
            by=by,
            at=at,
        )
        for head in fresh
    ]
    await _keep(ballot, rows, by=by, at=at, how=made.how, warned=made.warned, files=[each.sha256 for each in kept])
    return len(rows)


@command
async def seen(ballot_id: int, *, by: Person, at: datetime) -> int:
    """Write down that somebody signed in and has the ballot before them; 0 where nothing is new.

    Source: 四川 31、秦皇岛 23 (signing in is being served).
    """
    ballot = await Ballot.get(id=ballot_id)
    warned = thaw(ballot.rule_json).silence is Silence.MAJORITY  # then the page shows the warning
    before = BallotDelivery.filter(ballot_id=ballot.id, how=How.LOGIN, struck_at=None)
    known = {int(str(each)) for each in await before.values_list("head_id", flat=True)}
    heads = sorted({voice.head_id for voice in await voices_of(by, ballot.roll_id)} - known)
    rows = [
        BallotDelivery(
            community_id=ballot.community_id,
            ballot_id=ballot.id,
            head_id=head,
            how=How.LOGIN,
            served_at=at,
            batch="login",
            warned=warned,
            by=by,
            at=at,
        )
        for head in heads
    ]
    await _keep(ballot, rows, by=by, at=at, how=How.LOGIN, warned=warned)
    return len(rows)


@command
async def attended(ballot_id: int, meeting_id: int, *, by: Person, at: datetime) -> int:
    """Take over who came to a meeting of the same body, by head; whoever left again had come.

    Raises:
        Hidden: no such meeting of this body.
    """
    ballot = await _served_by(ballot_id, by, at)
    if not await Meeting.exists(id=meeting_id, body_id=ballot.body_id):
        raise Hidden("这个会议没有开过这样一次会。")
    came = MeetingSeat.filter(meeting_id=meeting_id, votes=True).exclude(came_at=None).exclude(head_id=None)
    times = dict(await came.values_list("head_id", "came_at"))
    keys = dict(await RollHead.filter(id__in=list(times)).values_list("key", "id"))
    now_on = await RollHead.filter(roll_id=ballot.roll_id, key__in=list(keys)).values_list("id", "key")
    batch = f"meeting-{meeting_id}"
    here = BallotDelivery.filter(ballot_id=ballot.id, batch=batch)
    known = {int(str(each)) for each in await here.values_list("head_id", flat=True)}
    rows = [
        BallotDelivery(
            community_id=ballot.community_id,
            ballot_id=ballot.id,
            head_id=int(head),
            how=How.ATTENDED,
            served_at=times[keys[key]],
            batch=batch,
            meeting_id=meeting_id,
            by=by,
            at=at,
        )
        for head, key in now_on
        if int(head) not in known and times[keys[key]] <= ballot.closes_at
    ]
    await _keep(ballot, rows, by=by, at=at, how=How.ATTENDED)
    return len(rows)


@command
async def strike(delivery_id: int, why: str, *, by: Person, at: datetime) -> None:
    """Strike out an entry that was wrong; it stays readable with the reason."""
    row = await BallotDelivery.get_or_none(id=delivery_id)
    if row is None:
        raise Hidden("没有这条送达记录。")
    ballot = await _served_by(row.ballot_id, by, at)
    if not WHY[0] <= len(why.strip()) <= WHY[1]:
        raise Unfit("请写明理由，{fewest} 到 {most} 个字。", field="why", fewest=WHY[0], most=WHY[1])
    gone = {"struck_at": at, "struck_by_id": by.id, "struck_why": why.strip(), "batch": f"struck-{row.id}"}
    if not await BallotDelivery.filter(id=row.id, struck_at=None).update(**gone):
        raise MovedOn("这条记录已经划掉了。")
    facts = {"delivery": row.id, "head": row.head_id}
    await record("delivery.struck", f"ballot-{ballot.id}", by=by, at=at, community_id=ballot.community_id, **facts)


async def _keep(
    ballot: Ballot,
    rows: list[BallotDelivery],
    *,
    how: How,
    warned: bool = False,
    files: Sequence[str] = (),
    by: Person,
    at: datetime,
) -> None:
    await BallotDelivery.bulk_create(rows, batch_size=BATCH)
    told: dict[str, Any] = {"heads": [row.head_id for row in rows], "how": how, "warned": warned, "files": list(files)}
    await record("ballot.served", f"ballot-{ballot.id}", by=by, at=at, community_id=ballot.community_id, **told)


async def _served_by(ballot_id: int, by: Person, at: datetime) -> Ballot:
    """Return the ballot for one who serves it, its row held, so that serving and confirming a count go in turn."""
    await Ballot.filter(id=ballot_id).update(attempt=F("attempt"))
    ballot = await serving(ballot_id, by, at=at)
    if ballot.state not in OPEN:
        raise Unfit("这次表决已经结束，不能再记送达。")
    if await Telling.exists(ballot_id=ballot.id):
        raise Unfit(OVER)
    return ballot


async def serving(ballot_id: int, person: Person, *, at: datetime) -> Ballot:
    """Return a ballot to whoever may serve it.

    Raises:
        Hidden: there is none.
        Forbidden: not one who serves.
    """
    ballot = await Ballot.get_or_none(id=ballot_id).select_related("matter", "body__place", "roll")
    if ballot is None:
        raise Hidden("没有这次表决。")
    require(await roles_at(person, ballot.body.place, at=at), Right.BALLOT_DELIVER)
    return ballot


def _check(made: Round, ballot: Ballot, at: datetime) -> None:
    if not 1 <= len(made.heads) <= MOST:
        raise Unfit("请勾选送达的住户，一次最多 {most} 户。", field="heads", most=MOST)
    if made.how not in BY_HAND or not made.batch:
        raise Unfit("请从给出的选项里选一个。", field="how")
    if not ballot.noticed_at <= made.served_at <= min(at, ballot.closes_at):
        raise Unfit("送达时间要在公示以后、现在和截止以前。", field="served_at")
    if len(made.note) > NOTE or len(made.witness) > WITNESS:
        raise Unfit("备注最多 {most} 个字，请写短一些。", field="note", most=NOTE)
