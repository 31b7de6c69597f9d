"""Raising hands: a question is put, hands are counted by a clerk or pressed on telephones, and the result is fixed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.ballot import packs
from deliberation.ballot.certify import canonical
from deliberation.ballot.decide import Line
from deliberation.ballot.frozen import freeze, thaw
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import Weight as Heads
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Effect, Weight
from deliberation.meeting.deciding import Piles, by_heads, decided, piles_of, quorum
from deliberation.meeting.models import AgendaItem, Meeting, MeetingPoll, MeetingSeat, PollVote
from deliberation.meeting.moving import hold, put, take
from deliberation.meeting.queries import expected, open_poll, present, seat_by_code
from deliberation.meeting.rules import Way, rule_of
from deliberation.meeting.workflow import Actor, Deed

QUESTION: Final = (4, 120)
NOBODY_ASKS: Final = "现在没有在举手的问题，请刷新后再看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is put to those present."""

    item_id: int
    words: str
    way: Way
    effect: Effect = Effect.ADVISORY
    weight: Weight = Weight.GENERAL


def rule_for_meeting(meeting: Meeting, *, on: date, weight: Weight = Weight.GENERAL) -> DecisionRule | None:
    """Return the rule this meeting decides under on a day; None where it only gives an opinion."""
    name = rule_of(meeting.form, meeting.body.kind, meeting.basis, weight)
    try:
        return packs.rule(name, on=on) if name else None
    except LookupError:
        return None


def quorum_of(meeting: Meeting, whole: Heads, here: Heads) -> tuple[Line, ...]:
    """Return the lines of the quorum with the figures of the room; none where no law asks for one."""
    rule = rule_for_meeting(meeting, on=local_day(meeting.starts_at))
    return quorum(rule, whole, here) if rule else ()


@command
async def put_question(meeting_id: int, question: Question, *, by: Person, at: datetime) -> MeetingPoll:
    """Put a question on an item of the agenda.

    Raises:
        Unfit: another is open; or it should bind, and no rule lets it, or it was not announced.
    """
    meeting = await hold(meeting_id, Deed.POLL, Actor.HOST, by=by, at=at)
    item = await AgendaItem.get_or_none(id=question.item_id, meeting_id=meeting.id, dropped_for="")
    if item is None:
        raise Hidden("议程上没有这一项。")
    if not QUESTION[0] <= len(question.words) <= QUESTION[1]:
        raise Unfit("问题写 {fewest} 到 {most} 个字。", field="words", fewest=QUESTION[0], most=QUESTION[1])
    if await open_poll(meeting):
        raise Unfit("上一个问题还没有数完。请先数完，再问下一个。")
    rule = rule_for_meeting(meeting, on=local_day(at), weight=question.weight)
    if question.effect is Effect.BINDING:
        _may_bind(rule, item)
    if rule and question.way is Way.HANDS and not by_heads(rule):
        raise Unfit(
            "业主大会要按户数和面积两样算，只数手算不出面积。请改用按手机，没有手机的由工作人员代按。", field="way"
        )
    poll = await MeetingPoll.create(
        meeting=meeting,
        item=item,
        question=question.words,
        way=question.way,
        effect=question.effect,
        weight=question.weight,
        rule_json=freeze(rule) if rule else "",
        opened_at=at,
        opened_by=by,
    )
    here = await present(meeting)
    await put(meeting, Deed.POLL, by=by, at=at, poll=poll.id, way=poll.way, effect=poll.effect, present=here.heads)
    return poll


@command
async def press(code: str, poll_id: int, choice: Choice, *, by: Person | None, at: datetime) -> None:
    """Press yes, no or abstain on one's own page; the last press counts until the count."""
    seat = await seat_by_code(code)
    meeting = await take(await Meeting.get(id=seat.meeting_id).select_related("body"), Deed.VOTE)
    await _keep(meeting, poll_id, seat.id, choice, at=at, presser=None)
    await put(meeting, Deed.VOTE, by=by, at=at, poll=poll_id, seat=seat.id)


@command
async def press_for(meeting_id: int, poll_id: int, seat_id: int, choice: Choice, *, by: Person, at: datetime) -> None:
    """Press for somebody in the hall who has no telephone and has said what they want; it is marked as such."""
    meeting = await hold(meeting_id, Deed.VOTE, Actor.RECORDER, by=by, at=at)
    await _keep(meeting, poll_id, seat_id, choice, at=at, presser=by)
    await put(meeting, Deed.VOTE, by=by, at=at, poll=poll_id, seat=seat_id, pressed_for=True)


async def _keep(
    meeting: Meeting, poll_id: int, seat_id: int, choice: Choice, *, at: datetime, presser: Person | None
) -> None:
    if not await MeetingPoll.exists(id=poll_id, meeting_id=meeting.id, closed_at=None, way=Way.PHONES):
        raise MovedOn(NOBODY_ASKS)
    seat = await MeetingSeat.get_or_none(id=seat_id, meeting_id=meeting.id)
    if seat is None or not seat.here:
        raise Unfit("签到以后才能表态。请先到签到处。")
    if not seat.votes:
        raise Unfit("您是列席的，可以发言，没有表决权。")
    fresh = PollVote(poll_id=poll_id, seat_id=seat.id, choice=choice, at=at, by=presser)
    if not await PollVote.filter(poll_id=poll_id, seat_id=seat.id).update(
        choice=choice, at=at, by_id=presser.id if presser else None
    ):
        await fresh.save()


@command
async def count(meeting_id: int, poll_id: int, hands: Piles | None = None, *, by: Person, at: datetime) -> MeetingPoll:
    """Close a question: with the hands counted in the hall, or with what was pressed.

    Raises:
        Unfit: more hands than people.
        MovedOn: it was closed by somebody else.
    """
    meeting = await hold(meeting_id, Deed.COUNT, Actor.RECORDER, by=by, at=at)
    poll = await MeetingPoll.get_or_none(id=poll_id, meeting_id=meeting.id, closed_at=None)
    if poll is None:
        raise MovedOn(NOBODY_ASKS)
    whole, here = await expected(meeting), await present(meeting)
    if poll.way is Way.PHONES:
        piles, here = await _pressed(poll, here)
    else:
        piles = _counted(hands, here)
    columns = {"closed_at": at, "closed_by_id": by.id, "expected": whole.heads, "present": here.heads}
    columns |= {"yes": piles.yes.heads, "no": piles.no.heads, "abstain": piles.abstain.heads}
    columns |= _found(poll, whole, here, piles, local_day(at))
    await MeetingPoll.filter(id=poll.id, closed_at=None).update(**columns)
    figures: dict[str, Any] = {name: columns[name] for name in ("expected", "present", "yes", "no", "abstain")}
    await put(meeting, Deed.COUNT, by=by, at=at, poll=poll.id, outcome=columns.get("outcome", ""), **figures)
    return await MeetingPoll.get(id=poll.id)


async def _pressed(poll: MeetingPoll, here: Heads) -> tuple[Piles, Heads]:
    """Return what was pressed, and the weight of the room, those included who pressed and have left since."""
    votes = await PollVote.filter(poll_id=poll.id).select_related("seat")
    gone = [vote.seat for vote in votes if not vote.seat.here]
    room = here + Heads(len(gone), sum(seat.area for seat in gone))
    return piles_of((vote.choice, vote.seat.area) for vote in votes), room


def _counted(hands: Piles | None, here: Heads) -> Piles:
    if hands is None or min(hands.yes.heads, hands.no.heads, hands.abstain.heads) < 0:
        raise Unfit("请填赞成、反对、弃权各多少人。", field="yes")
    if hands.shown.heads > here.heads:
        raise Unfit(
            "举手的有 {n} 人，在场有表决权的只有 {here} 人。请再数一遍。",
            field="yes",
            n=hands.shown.heads,
            here=here.heads,
        )
    return hands


def _found(poll: MeetingPoll, whole: Heads, here: Heads, piles: Piles, on: date) -> dict[str, object]:
    if not poll.rule_json:
        return {}
    decision = decided(thaw(poll.rule_json), whole, here, piles, on=on)
    return {"outcome": decision.outcome, "lines": canonical(decision.lines)}


def _may_bind(rule: DecisionRule | None, item: AgendaItem) -> None:
    if rule is None:
        raise Unfit("这种会议只能征求意见，不能作有约束力的决定。", field="effect")
    if item.late_for:
        raise Unfit("这一项是通知以后加的，没有公示过，只能征求意见。", field="effect")


async def interim(poll: MeetingPoll) -> Piles:
    """Return what has been pressed so far; show it only where the form of the meeting lets it be seen."""
    votes = await PollVote.filter(poll_id=poll.id).select_related("seat")
    return piles_of((vote.choice, vote.seat.area) for vote in votes)
