"""公示 — a finalised matter is put to a vote: rule, roll and text frozen, notice long enough, one blank vote a head."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from community.calendar.rules import SHANGHAI, earliest_meeting, local_day
from community.errors import Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.places.models import Place
from community.record.outbox import record
from community.record.reading import many
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import set_timer
from deliberation.ballot.certify import digest
from deliberation.ballot.frozen import freeze
from deliberation.ballot.governing import drawn_by, held_as, rule_of
from deliberation.ballot.models import Ballot, Channel
from deliberation.ballot.planning import EXTENDS, LONGEST, Plan, bound, check_ways, ways_of
from deliberation.ballot.rules import DecisionRule
from deliberation.body.correcting import undecided
from deliberation.body.models import Body, RollVersion
from deliberation.body.queries import latest_roll
from deliberation.body.rules import PRESETS
from deliberation.charter.queries import Own, own_rules
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.queries import find
from deliberation.matter.workflow import Verb
from deliberation.publicity.opening import Sheet, hang
from deliberation.publicity.rules import Kind as Venue
from deliberation.question import sides
from deliberation.question.asking import beside_sitting, question_of
from deliberation.question.declaring import enrol
from deliberation.question.frozen import freeze as ask
from deliberation.question.queries import sitting
from deliberation.question.rules import Kind, Question

__all__ = ["EXTENDS", "Plan", "announce", "earliest", "set_clocks"]

OPENS: Final = time(8)
CLOSES: Final = time(20)
REMIND: Final = timedelta(hours=24)  # before the close, to those who have not voted
OUTAGES: Final = "2h:5m:x2:24h:once"  # the rule of `putting_off`, as the record of an announcement names it


@command
async def announce(matter_id: int, plan: Plan, *, by: Person, at: datetime) -> Ballot:
    """Announce the vote.

    Raises:
        Unfit: the notice is too short, the roll may still be objected to, or no rule of that weight is in force.
    """
    matter = await find(by, matter_id)
    await require_in_place(by, matter.body.place_id, Right.BALLOT_SET_UP, at=at)
    roll = await latest_roll(matter.body_id)
    if roll is None:
        raise Unfit("这个会议还没有冻结名册。请先冻结名册，再定表决时间。")
    if n := await undecided(matter.body_id):
        raise Unfit("名册还有 {n} 条异议没有答复。请先逐条答复，再定表决时间。", field="form", n=n)
    own = await own_rules(matter.body_id, at)
    plan = bound(plan, own)
    _check_window(matter.body, roll, plan, own, at)
    sides.check(plan.sides, plan.effect, roll.basis)
    place = await Place.get(id=matter.body.place_id)
    question = await _question(matter, plan)
    law, readings = rule_of(matter.body, place.code, roll, plan, own.clauses)
    conduct = held_as(law, plan)
    check_ways(plan, conduct)
    rule = drawn_by(law, plan.asked, question, (matter.final_hash, roll.content_hash))
    ways = ways_of(rule, conduct, plan, place.code, own)
    ballot = await _ballot(matter, roll, rule, plan, question, ways=ways, own=own, by=by, at=at)
    await _issue(ballot, rule)
    await enrol(ballot, question)
    await sides.freeze(ballot, plan.sides, at=at)
    await set_clocks(ballot)
    hung = await hang(_sheet(matter, ballot, own), until=ballot.opens_at, by=by, at=at)
    await move(
        matter, Verb.ANNOUNCE, by=by, at=at, set_due_at=ballot.opens_at, set_weight=plan.weight, ballot=ballot.id
    )
    await record(
        "ballot.announced",
        f"ballot-{ballot.id}",
        by=by,
        at=at,
        community_id=ballot.community_id,
        rule=ballot.rule_hash,
        conduct=conduct.id,
        roll=ballot.roll_hash,
        text=ballot.text_hash,
        asks=ballot.kind,
        question=digest(question) if question else "",
        opens=ballot.opens_at,
        closes=ballot.closes_at,
        channels=ballot.channels,
        precedence=ballot.precedence,
        publication=hung.id,
        charter=own.charter.seal if own.charter else "",
        readings=sorted(switch.name for switch in readings),
        extend_days=plan.extend_days,
        outages=OUTAGES,
        sides=sorted(plan.sides),
    )
    return ballot


def _sheet(matter: Matter, ballot: Ballot, own: Own) -> Sheet:
    return Sheet(
        kind=Venue.BEFORE,
        subject=f"ballot-{ballot.id}",
        title=matter.title,
        community_id=matter.community_id,
        place_id=matter.body.place_id,
        matter_id=matter.id,
        days=_notice_days(matter.body, own.notice_days),
    )


def _notice_days(body: Body, own: int) -> int:
    return max(PRESETS[body.kind].notice_days, own)


def earliest(body: Body, roll: RollVersion | None, at: datetime, *, own_days: int = 0) -> date:
    """Return the first day on which a vote announced at ``at`` may open.

    Neither the day of the notice nor the day of the vote counts, and objections to the roll must be over.
    ``own_days`` is what the body's own rules of procedure ask for.
    """
    first = earliest_meeting(local_day(at), _notice_days(body, own_days))
    return max(first, local_day(roll.objection_until)) if roll else first


async def _question(matter: Matter, plan: Plan) -> Question | None:
    if plan.asked.kind is Kind.YES_NO:
        return None
    question = question_of(plan.asked, matter.body.kind, plan.effect)
    return beside_sitting(question, await sitting(matter.id, question.post))


def _check_window(body: Body, roll: RollVersion, plan: Plan, own: Own, at: datetime) -> None:
    first = earliest(body, roll, at, own_days=own.notice_days)
    if plan.opens_on < first:
        days = _notice_days(body, own.notice_days)
        raise Unfit(
            "公示要满 {days} 天，名册异议期也要过完，最早 {first} 开始。", field="opens_on", days=days, first=first
        )
    if not 0 <= (plan.closes_on - plan.opens_on).days <= LONGEST:
        raise Unfit("截止要在开始那天或以后，最长 {most} 天。", field="closes_on", most=LONGEST)
    if plan.extend_days not in EXTENDS:
        raise Unfit("请从给出的选项里选一个。", field="extend_days")


async def _ballot(
    matter: Matter,
    roll: RollVersion,
    rule: DecisionRule,
    plan: Plan,
    question: Question | None,
    *,
    ways: Sequence[Channel],
    own: Own,
    by: Person,
    at: datetime,
) -> Ballot:
    return await Ballot.create(
        community_id=matter.community_id,
        matter=matter,
        body_id=matter.body_id,
        roll=roll,
        attempt=await Ballot.filter(matter_id=matter.id).count() + 1,
        rule_id=rule.id,
        rule_json=freeze(rule),
        rule_hash=digest(rule),
        roll_hash=roll.content_hash,
        text_hash=matter.final_hash,
        version=matter.version,
        effect=plan.effect,
        channels=",".join(ways),
        charter=own.charter,
        agents=own.agents,
        precedence=plan.precedence,
        kind=plan.asked.kind,
        question_json=ask(question) if question else "",
        announced_by_id=by.id,
        noticed_at=at,
        opens_at=datetime.combine(plan.opens_on, OPENS, SHANGHAI),
        closes_at=datetime.combine(plan.closes_on, CLOSES, SHANGHAI),
        extend_days=plan.extend_days,
    )


async def set_clocks(ballot: Ballot) -> None:
    """Set the timers that open the ballot, remind the silent and close it; call it inside a command."""
    subject, here = f"ballot-{ballot.id}", ballot.community_id
    await set_timer("ballot.open", subject, ballot.opens_at, community_id=here)
    await set_timer("ballot.close", subject, ballot.closes_at, community_id=here)
    if ballot.closes_at - REMIND > ballot.opens_at:
        await set_timer("ballot.remind", subject, ballot.closes_at - REMIND, community_id=here)


async def _issue(ballot: Ballot, rule: DecisionRule) -> None:
    """Issue one blank vote to every head, so that no two can ever be stored for one, with what it weighs."""
    await many(_BLANK, ballot.id, ballot.roll_id, int(rule.parking_in_heads), int(rule.parking_in_area))


_BLANK: Final = """
INSERT INTO vote (ballot_id, head_id, area, papers, voices, measure, says, replaced, set_aside_why)
SELECT $1, h.id, h.area, 0, max(CASE WHEN e.kind = 'parking' THEN $3 ELSE 1 END),
    sum(CASE WHEN e.kind = 'parking' THEN $4 ELSE 1 END * coalesce(e.area, 0)), '', 0, ''
FROM roll_head h JOIN roll_entry e ON e.head_id = h.id WHERE h.roll_id = $2 GROUP BY h.id, h.area ORDER BY h.id
"""
