"""计票 — two different tellers count and must find the same; what they found is the result."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.calendar.rules import ends_at, local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import roles_at
from community.record.outbox import record
from community.record.reading import many, uncollected
from community.record.transaction import command
from community.rights import Right, require
from community.timers.commands import set_timer
from deliberation.ballot import count, piles, votes
from deliberation.ballot.breakdown import verdict_of
from deliberation.ballot.certify import Certificate, canonical, certify
from deliberation.ballot.count import Tally
from deliberation.ballot.decide import Decision, Outcome, decide
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, BallotState, Result, Telling, Vote
from deliberation.ballot.roll import Delivery, Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.body.models import RollVersion
from deliberation.body.queries import counted_roll
from deliberation.delivery.queries import counted
from deliberation.matter.moving import move
from deliberation.matter.states import PUBLISH_DAYS
from deliberation.matter.workflow import MOVED_ON, Verb
from deliberation.publicity.opening import Sheet, hang
from deliberation.publicity.rules import Kind as Venue
from deliberation.publicity.rules import ends
from deliberation.question.answers import Answer, Declared
from deliberation.question.deciding import Asking, answered, decided
from deliberation.question.frozen import thaw as unfrozen
from deliberation.question.queries import declared
from deliberation.question.rules import Kind
from deliberation.question.spoken import checked

TELLERS: Final = 2
WHY: Final = (4, 500)  # characters


@dataclass(frozen=True, slots=True)
class Count:
    """One count of the papers as they lie: piles, decision, and the hashes of everything that went in."""

    tally: Tally
    decision: Decision
    certificate: Certificate
    answer: Answer | None = None

    @property
    def decided(self) -> Mapping[str, object]:
        """Return what is kept of the decision, with the answer where there was more to choose than yes and no."""
        return decided(self.decision, self.answer)


async def count_again(ballot: Ballot) -> Count:
    """Count the papers of a closed ballot from the rows, under the rule frozen with it."""
    rule = thaw(ballot.rule_json)
    known: object = ballot.roll  # a page has read it with the ballot
    roll = await counted_roll(known if isinstance(known, RollVersion) else await RollVersion.get(id=ballot.roll_id))
    cast = await cast_votes(ballot)
    served, stand = await counted(ballot), await declared(ballot)
    with uncollected():
        return _count(ballot, rule, Papers(roll, served, cast), stand)


@dataclass(frozen=True, slots=True)
class Glance:
    """What lies on the table: piles and decision, nothing sealed yet."""

    tally: Tally
    decision: Decision
    answer: Answer | None = None


async def at_a_glance(ballot: Ballot) -> Glance:
    """Count a closed ballot whose roll and body are at hand, by the database where it can, else paper by paper."""
    rule = thaw(ballot.rule_json)
    if not piles.can(ballot, rule):
        found = await count_again(ballot)
        return Glance(found.tally, found.decision, found.answer)
    counted_so = await piles.counted(ballot, ballot.roll, ballot.body, rule)
    return Glance(counted_so, decide(counted_so, rule, on=local_day(ballot.closes_at)))


@dataclass(frozen=True, slots=True)
class Papers:
    """What is counted: the frozen roll, every delivery that stands, every paper."""

    roll: Roll
    served: Sequence[Delivery]
    cast: Sequence[votes.Vote]


def _count(ballot: Ballot, rule: DecisionRule, given: Papers, stand: Mapping[str, Declared]) -> Count:
    roll, served, cast = given.roll, given.served, given.cast
    if ballot.kind is not Kind.YES_NO:
        question = unfrozen(ballot.question_json)
        counted_as = Asking(question, roll, served, checked(question, cast), rule)
        found, decision, said = answered(counted_as, stand, on=local_day(ballot.closes_at))
    else:
        found, said = count.tally(roll, served, cast, rule), None
        decision = decide(found, rule, on=local_day(ballot.closes_at))
    proof = certify(rule=rule, roll=roll, deliveries=served, votes=cast, tally=found, decision=decided(decision, said))
    return Count(found, decision, proof, said)


async def cast_votes(ballot: Ballot) -> list[votes.Vote]:
    """Return every paper as the count reads it; a co-owner who handed one in alone is named by their key."""
    rows = await many(_CAST, ballot.id)
    with uncollected():
        return [
            votes.Vote(
                head=head,
                choice=_CHOICES[choice],
                marks=marks,
                order=order,
                by=None if voice == head else voice,
                channel=channel,
                valid=aside is None and not spoilt,
            )
            for head, choice, marks, order, voice, channel, aside, spoilt in rows
        ]


_CHOICES: Final = {choice.value: choice for choice in votes.Choice}
_CAST: Final = """
SELECT h.key, p.choice, p.marks, p."order", p.voice, p.channel, v.set_aside_at, p.spoilt
FROM paper p JOIN vote v ON v.id = p.vote_id JOIN roll_head h ON h.id = v.head_id
WHERE p.ballot_id = $1 ORDER BY p.id
"""


@command
async def tell(ballot_id: int, *, by: Person, at: datetime) -> Result | None:
    """Confirm the count. The second teller's word publishes the result; None while one is still wanted.

    Every paper is read for it, one by one, and what is found must be what the database has in its piles.

    Raises:
        Forbidden: no teller, or the author of the matter.
        Unfit: something is doubtful and must be cleared first, or two counts found different things.
    """
    ballot = await _counting(ballot_id, by, at)
    if ballot.sheets_open:
        raise Unfit("还有 {n} 张纸票没有录完，请先录完、核对完。", n=ballot.sheets_open)
    found = await count_again(ballot)
    if found.decision.outcome not in PUBLISHABLE:
        raise Unfit("现在还不能公布：{why}", why="".join(str(doubt) for doubt in found.decision.doubts))
    if await Telling.exists(ballot_id=ballot.id, teller_id=by.id):
        raise Unfit("您已经确认过了，还要另一位计票人确认。")
    if await Telling.filter(ballot_id=ballot.id).exclude(seal=found.certificate.seal).exists():
        raise Unfit("您数的和前一位计票人不一样。请一起重新核对。")
    if (await at_a_glance(ballot)).tally != found.tally:
        raise Unfit("逐张数的票和数据库分堆数的不一样，先不要公布。请联系平台管理员核对。")
    await Telling.create(ballot_id=ballot.id, teller=by, seal=found.certificate.seal, at=at)
    await move(ballot.matter, Verb.TELL, by=by, at=at, ballot=ballot.id, seal=found.certificate.seal)
    if await Telling.filter(ballot_id=ballot.id).count() < TELLERS:
        return None
    return await _publish(ballot, found, by, at)


PUBLISHABLE: Final = frozenset(Outcome) - {Outcome.UNDECIDABLE}


async def _publish(ballot: Ballot, found: Count, by: Person, at: datetime) -> Result:
    outcome, told = found.decision.outcome, await verdict_of(ballot)
    if not await Ballot.filter(id=ballot.id, state=BallotState.COUNTING).update(state=BallotState.DECIDED):
        raise MovedOn(MOVED_ON)
    result = await Result.create(
        ballot_id=ballot.id,
        outcome=outcome,
        tally=canonical(found.tally),
        decision=canonical(found.decided),
        certificate=canonical(asdict(found.certificate)),
        seal=found.certificate.seal,
        decided_at=at,
        shown_until=ends(at, ballot.body.show_days),
        detail=told.detail,
        grain=told.grain,
    )
    hung = await hang(_sheet(ballot), until=result.shown_until, by=by, at=at)
    await set_timer("ballot.shown", f"ballot-{ballot.id}", result.shown_until, community_id=ballot.community_id)
    facts = {"ballot": ballot.id, "outcome": outcome, "seal": found.certificate.seal, "publication": hung.id}
    await move(ballot.matter, Verb.PUBLISH, by=by, at=at, set_due_at=result.shown_until, **facts)
    return result


def _sheet(ballot: Ballot) -> Sheet:
    return Sheet(
        kind=Venue.RESULT,
        subject=f"ballot-{ballot.id}",
        title=ballot.matter.title,
        community_id=ballot.community_id,
        place_id=ballot.body.place_id,
        matter_id=ballot.matter_id,
        due_by=ends_at(local_day(ballot.closes_at) + timedelta(days=PUBLISH_DAYS)),
        days=ballot.body.show_days,
    )


@command
async def set_aside(ballot_id: int, vote_id: int, why: str, *, by: Person, at: datetime) -> None:
    """Find the vote of a head invalid because its owners could not agree on one; only before anybody confirmed.

    Source: 建筑物区分所有权解释 9 (one head, one vote).
    """
    vote = await Vote.get_or_none(id=vote_id, ballot_id=ballot_id)
    if vote is None:
        raise Hidden("没有这张票。")
    ballot = await _counting(vote.ballot_id, by, at)
    if not WHY[0] <= len(why.strip()) <= WHY[1]:
        raise Unfit("请写明理由，{fewest} 到 {most} 个字。", field="why", fewest=WHY[0], most=WHY[1])
    if await Telling.exists(ballot_id=ballot.id):
        raise Unfit("已经有计票人确认，不能再改票的效力。")
    marked = Vote.filter(id=vote.id, set_aside_at=None)
    if not await marked.update(set_aside_at=at, set_aside_by_id=by.id, set_aside_why=why):
        raise MovedOn(MOVED_ON)
    await record(
        "vote.set_aside", f"ballot-{ballot.id}", by=by, at=at, community_id=ballot.community_id, head=vote.head_id
    )


async def _counting(ballot_id: int, by: Person, at: datetime) -> Ballot:
    """Return the ballot for a teller, its row held, so that confirming and setting aside go in turn."""
    await Ballot.filter(id=ballot_id).update(attempt=F("attempt"))
    ballot = await at_table(ballot_id, by, at=at)
    if ballot.state is BallotState.DECIDED:
        raise Unfit("结果已经公布了。")
    return ballot


async def at_table(ballot_id: int, person: Person, *, at: datetime) -> Ballot:
    """Return a ballot whose papers ``person`` may see counted.

    Raises:
        Hidden: there is none.
        Forbidden: no teller, or the author of the matter: the piles are known to the tellers alone until published.
        Unfit: the vote still runs.
    """
    ballot = await Ballot.get_or_none(id=ballot_id).select_related("matter", "body__place", "roll__body")
    if ballot is None:
        raise Hidden("没有这次表决。")
    require(await roles_at(person, ballot.body.place, at=at), Right.BALLOT_TELL)
    if ballot.matter.author_id == person.id:
        raise Forbidden("提议人不能给自己的提议计票。")
    if ballot.state in EARLY:
        raise Unfit("还没有到计票的时候。")
    if ballot.state in STOPPED:
        raise Unfit("这次表决已经暂停或者作废，不能计票。")
    return ballot


STOPPED: Final = (BallotState.HALTED, BallotState.VOID)
EARLY: Final = (BallotState.WAITING, BallotState.OPEN)
