"""Giving, withdrawing and using a mandate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import F

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.files.commands import attach
from community.people.models import Person
from community.people.proof import Proof, use_up
from community.people.roles import require_in_place
from community.places.models import Resident
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.ballot.casting import hand_in, running, voice_for
from deliberation.ballot.frozen import thaw
from deliberation.ballot.given import Given, Handed, handed
from deliberation.ballot.models import Ballot, BallotState, Channel, Paper, Vote
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollVoice
from deliberation.mandate.models import Mandate
from deliberation.mandate.rules import NOT_NAMED, WHY, MandateRule, rule_in
from deliberation.question.rules import Kind

OPEN: Final = (BallotState.WAITING, BallotState.OPEN)
NOT_YOURS: Final = "这份委托不是给您的，或者已经收回了。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """What a mandate says: for which head, to whom, and how to vote (None: as the agent sees fit)."""

    head_id: int
    agent: Person
    instruction: Choice | None = None


@command
async def give(ballot_id: int, lent: Lent, proof: Proof, *, by: Person, at: datetime) -> Mandate:
    """Lend one's own voice, after proving who one is.

    Raises:
        Forbidden: not on the roll for this head.
        Unfit: mandates are not allowed here, the agent cannot take it, or the voice is lent already.
    """
    ballot = await _open(ballot_id, at)
    voice = await voice_for(by, ballot, lent.head_id)
    await use_up(proof, by=by, at=at)
    return await _lend(ballot, voice, lent, by=by, at=at)


@command
async def take_down(
    ballot_id: int, voice_id: int, lent: Lent, *, files: Sequence[str], by: Person, at: datetime
) -> Mandate:
    """Take a written mandate down at the counter, with its scan; the clerk has read it.

    Raises:
        Forbidden: not a clerk, or the clerk is the agent.
        Unfit: there is no scan, or as for `give`.
    """
    ballot = await _open(ballot_id, at)
    await require_in_place(by, ballot.body.place_id, Right.BALLOT_SET_UP, at=at)
    voice = await RollVoice.get_or_none(id=voice_id, roll_id=ballot.roll_id).select_related("head")
    if voice is None or voice.head_id != lent.head_id:
        raise Hidden("名册上没有这一位。")
    if not files:
        raise Unfit("请附上签了名的委托书。", field="file")
    if lent.agent.id == by.id:
        raise Forbidden("经手人自己不能当受托人，请换一位工作人员来登记。")
    return await _lend(ballot, voice, lent, files=files, by=by, at=at)


async def _open(ballot_id: int, at: datetime) -> Ballot:
    """Return a ballot that still takes mandates, its row held, so that limits are counted in turn."""
    await Ballot.filter(id=ballot_id).update(attempt=F("attempt"))
    ballot = await Ballot.get_or_none(id=ballot_id).select_related("body__place", "roll")
    if ballot is None:
        raise Hidden("没有这次表决。")
    if ballot.state not in OPEN or at >= ballot.closes_at:
        raise Unfit("表决已经截止，不能再办委托。")
    if ballot.kind is not Kind.YES_NO:
        raise Unfit("这次表决不只是赞成反对，要本人投，不办委托。")
    return ballot


def rule_of(ballot: Ballot) -> MandateRule:
    """Return what holds for a ballot that was read with its body's place."""
    if Channel.PROXY not in ballot.ways:
        return NOT_NAMED
    law = rule_in(ballot.body.place.code, thaw(ballot.rule_json).electorate)
    return law if ballot.agents is None else replace(law, most=ballot.agents, source=f"议事规则；{law.source}")


async def _lend(
    ballot: Ballot, voice: RollVoice, lent: Lent, *, files: Sequence[str] = (), by: Person, at: datetime
) -> Mandate:
    await _check(ballot, voice, lent, at)
    kept = await attach(files, f"mandate-{ballot.id}", by=by, at=at) if files else []
    made = await Mandate.create(
        community_id=ballot.community_id,
        ballot=ballot,
        head_id=voice.head_id,
        voice=voice.key,
        resident_id=voice.resident_id,
        agent=lent.agent,
        instruction=lent.instruction,
        file=kept[0].code if kept else "",
        sha256=kept[0].sha256 if kept else "",
        read_by_id=by.id if kept else None,
        given_by=by,
        given_at=at,
    )
    facts: dict[str, Any] = {"mandate": made.code, "head": voice.head_id, "agent": lent.agent.id, "sha256": made.sha256}
    await record("mandate.given", f"ballot-{ballot.id}", by=by, at=at, community_id=ballot.community_id, **facts)
    return made


async def _check(ballot: Ballot, voice: RollVoice, lent: Lent, at: datetime) -> None:
    rule, agent = rule_of(ballot), lent.agent
    if rule.most == 0:
        raise Unfit("这种表决要本人投，不能委托别人（{source}）。", source=rule.source)
    if rule.fixed and lent.instruction is None:
        raise Unfit("这里的规定要委托书写明怎么投，受托人照着投（{source}）。", field="instruction", source=rule.source)
    await _check_agent(ballot, voice, agent, at)
    if await Mandate.exists(ballot_id=ballot.id, head_id=voice.head_id, voice=voice.key, live=True):
        raise Unfit("这一票已经委托出去了。要换人，请先收回。", field="agent")
    if await _voted_self(ballot.id, voice.head_id, voice.key):
        raise Unfit("这一票本人已经投过了。要改票，请本人再投一次。")
    held = await Mandate.filter(ballot_id=ballot.id, agent_id=agent.id, live=True).count()
    if rule.most is not None and held >= rule.most:
        raise Unfit(
            "这一位已经受了 {most} 份委托，不能再多了（{source}）。", field="agent", most=rule.most, source=rule.source
        )


async def _check_agent(ballot: Ballot, voice: RollVoice, agent: Person, at: datetime) -> None:
    if await RollVoice.exists(head_id=voice.head_id, key=voice.key, resident_id__in=await _resident(agent)):
        raise Unfit("不能委托给自己或者同一票的另一位代表。", field="agent")
    try:
        await require_in_place(agent, ballot.body.place_id, Right.BALLOT_CAST, at=at)
    except Forbidden as why:
        raise Unfit("受托人要先核对过名册，是本社区的人。", field="agent") from why


async def _resident(person: Person) -> list[int]:
    return [row.id for row in await Resident.filter(person_id=person.id)]


async def _voted_self(ballot_id: int, head_id: int, voice: str) -> bool:
    own = Paper.filter(ballot_id=ballot_id, vote__head_id=head_id, voice=voice, spoilt=False)
    return await own.exclude(channel=Channel.PROXY).exists()


@command
async def withdraw(code: str, *, why: str = "", by: Person, at: datetime) -> Mandate:
    """Withdraw a mandate: the principal at will, a clerk with a reason; what was cast already stands.

    Raises:
        Hidden: no such mandate, or nothing of this person's.
        MovedOn: withdrawn already.
        Unfit: it was used; the principal may still vote anew.
    """
    found = await Mandate.get_or_none(code=code).select_related("ballot__body")
    if found is None:
        raise Hidden("没有这份委托。")
    mine = found.resident_id in await _resident(by)
    if not mine:
        await require_in_place(by, found.ballot.body.place_id, Right.BALLOT_SET_UP, at=at)
        if not WHY[0] <= len(why.strip()) <= WHY[1]:
            raise Unfit("请写明理由，{fewest} 到 {most} 个字。", field="why", fewest=WHY[0], most=WHY[1])
    gone = {"live": None, "withdrawn_at": at, "withdrawn_by_id": by.id, "withdrawn_why": why.strip()}
    if not await Mandate.filter(id=found.id, live=True, used_at=None).update(**gone):
        if found.used_at:
            raise Unfit("受托人已经投过了。您自己再投一次，就以您的为准。")
        raise MovedOn("这份委托已经收回了。")
    facts: dict[str, Any] = {"mandate": found.code, "head": found.head_id, "agent": found.agent_id}
    await record(
        "mandate.withdrawn", f"ballot-{found.ballot_id}", by=by, at=at, community_id=found.community_id, **facts
    )
    return found


@command
async def vote(ballot_id: int, choices: Mapping[str, Choice], *, by: Person, at: datetime) -> list[Handed]:
    """Cast for several principals at once, each under their own head; all of it or nothing.

    Raises:
        Forbidden: a mandate that is not for ``by`` or was withdrawn.
        Unfit: the paper says to vote otherwise, the principal voted in person, or the ballot takes no papers.
    """
    if not choices:
        raise Unfit("请至少替一位选好赞成、反对或者弃权。", field="choice")
    ballot = await running(ballot_id, at=at)
    await require_in_place(by, ballot.body.place_id, Right.BALLOT_CAST, at=at)
    return [await _cast(ballot, code, choice, by=by, at=at) for code, choice in sorted(choices.items())]


async def _cast(ballot: Ballot, code: str, choice: Choice, *, by: Person, at: datetime) -> Handed:
    mine = Mandate.filter(code=code, ballot_id=ballot.id, agent_id=by.id, live=True)
    if not await mine.update(used_at=at):
        raise Forbidden(NOT_YOURS)
    mandate = await Mandate.get(code=code).select_related("head")
    if mandate.instruction and choice is not mandate.instruction:
        raise Unfit("{head} 的委托书写明了怎么投，只能照着投。", field="choice", head=mandate.head.label)
    await Vote.filter(ballot_id=ballot.id, head_id=mandate.head_id).update(papers=F("papers"))
    if await _voted_self(ballot.id, mandate.head_id, mandate.voice):
        raise Unfit("{head} 的本人已经自己投了，不用再代。", field="choice", head=mandate.head.label)
    given = Given(head_id=mandate.head_id, choice=choice, voice=mandate.voice, channel=Channel.PROXY, by=by)
    return handed(await hand_in(ballot, given, at=at))
