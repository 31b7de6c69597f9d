"""Reading ballots. Before the close there is turnout and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Subquery
from tortoise.functions import Count, Sum

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import roles_at, roles_in_place
from community.places.models import Place
from community.rights import Right, Role, may
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, BallotState, Channel, Paper, Result, Telling, Vote
from deliberation.body.models import Body, RollHead, RollVersion, RollVoice
from deliberation.body.queries import people_on, resident_of, voices_of
from deliberation.matter.models import Matter

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many heads handed in a paper, of how many; areas in 0.01 m²."""

    heads: int
    area: int
    all_heads: int
    all_area: int


@dataclass(frozen=True, slots=True)
class Mine:
    """A head that the reader may act for, what was last handed in in that voice, and what co-owners did.

    ``paper`` is the reader's own, ``spoken`` the last one of the same voice, whoever handed it in (an agent, another
    representative of the household). ``others``: a co-owner voted. ``held``: the co-owners said different things.
    """

    head_id: int
    label: str
    area: int
    paper: Paper | None
    spoken: Paper | None
    others: bool
    held: bool


async def find(ballot_id: int) -> Ballot:
    """Return a ballot; every ballot is public from its announcement on."""
    ballot = await Ballot.get_or_none(id=ballot_id).select_related("matter__author", "body__place", "roll")
    if ballot is None:
        raise Hidden("没有这次表决。")
    return ballot


async def find_with_result(ballot_id: int) -> tuple[Ballot, Result | None]:
    """Return a ballot with its result, once two tellers found one."""
    row = await Result.get_or_none(ballot_id=ballot_id).select_related(
        "ballot__matter__author", "ballot__body__place", "ballot__roll"
    )
    return (row.ballot, row) if row else (await find(ballot_id), None)


async def roles_around(person: Person, ballot: Ballot, *, at: datetime) -> frozenset[Role]:
    """Return the roles of ``person`` where the body of a ballot sits; nothing is asked where the place is at hand."""
    known: object = ballot.body  # a page has read it with the ballot, and its place
    body = known if isinstance(known, Body) else await Body.get(id=ballot.body_id)
    place: object = body.place
    if isinstance(place, Place):
        return await roles_at(person, place, at=at)
    return await roles_in_place(person, body.place_id, at=at)


async def ballot_of(matter: Matter) -> Ballot | None:
    """Return the latest ballot on a matter."""
    return await Ballot.filter(matter_id=matter.id).select_related("body", "roll").order_by("-attempt").first()


async def turnout(ballot: Ballot) -> Turnout:
    """Return who took part so far, as the count will find; never how.

    A head whose papers say nothing that can be read has taken part only where the frozen rule says so.
    """
    some = Vote.filter(ballot_id=ballot.id, papers__gt=0)
    if not thaw(ballot.rule_json).invalid_participates:
        legible = Paper.filter(ballot_id=ballot.id, spoilt=False)
        some = some.filter(id__in=Subquery(legible.values("vote_id")))
    row = await some.annotate(heads=Count("id"), total=Sum("area")).first().values("heads", "total")
    known: object = ballot.roll  # a page has read it with the ballot
    whole = known if isinstance(known, RollVersion) else await RollVersion.get(id=ballot.roll_id)
    return Turnout(int(row["heads"]), int(row["total"] or 0), whole.heads, whole.area) if row else Turnout(0, 0, 0, 0)


async def mine(person: Person, ballot: Ballot) -> list[Mine]:
    """Return the heads for which ``person`` may vote, with what they last handed in."""
    voices = await voices_of(person, ballot.roll_id)
    votes = {v.head_id: v for v in await Vote.filter(ballot_id=ballot.id, head_id__in=[v.head_id for v in voices])}
    given: dict[int, list[Paper]] = {}
    for paper in await Paper.filter(vote_id__in=[vote.id for vote in votes.values()]).order_by("order"):
        given.setdefault(paper.vote_id, []).append(paper)
    return [_mine(person, voice, given.get(votes[voice.head_id].id, [])) for voice in voices if voice.head_id in votes]


async def on_roll(person: Person, ballot: Ballot) -> bool:
    """Return whether ``person`` may vote for any head at all."""
    return bool(await voices_of(person, ballot.roll_id))


def _mine(person: Person, voice: RollVoice, papers: list[Paper]) -> Mine:
    own = [paper for paper in papers if paper.by_id == person.id and paper.channel is not Channel.PROXY]
    last = spoken(voice.head.key, papers)
    return Mine(
        voice.head_id,
        voice.head.label,
        voice.head.area,
        own[-1] if own else None,
        last.get(voice.key) or last.get(voice.head.key),
        others=any(paper.voice != voice.key for paper in papers),
        held=len({paper.said for paper in last.values() if not paper.spoilt}) > 1,
    )


def spoken(key: str, papers: Iterable[Paper]) -> dict[str, Paper]:
    """Return the last paper of each voice of a head, its papers given in order, as the count reads them.

    ``key`` is that of the head: what all its owners say as one takes the place of everything before it.
    """
    last: dict[str, Paper] = {}
    for paper in papers:
        last = {key: paper} if paper.voice == key else {**last, paper.voice: paper}
    return last


def _said(key: str, papers: Iterable[Paper]) -> set[str]:
    return {paper.said for paper in spoken(key, papers).values()}


async def waiting_for(person: Person, *, at: datetime) -> list[Ballot]:
    """Return the open ballots in which ``person`` has a head that has not voted, the first to close first."""
    resident = await resident_of(person)
    if resident is None:
        return []
    blank = Vote.filter(
        ballot__community_id=resident.community_id,
        ballot__state=BallotState.OPEN,
        ballot__closes_at__gt=at,
        papers=0,
        head__acting__resident_id=resident.id,
    )
    found = {vote.ballot_id: vote.ballot for vote in await blank.select_related("ballot__matter")}
    return sorted(found.values(), key=lambda each: (each.closes_at, each.id))


async def not_voted(ballot: Ballot) -> list[int]:
    """Return the people with an account who may act for a head that handed in nothing."""
    silent = await Vote.filter(ballot_id=ballot.id, papers=0).values_list("head_id", flat=True)
    waiting = {int(str(head)) for head in silent}
    return sorted(person for person, heads in (await people_on(ballot.roll_id)).items() if waiting & set(heads))


async def result_of(ballot: Ballot) -> Result | None:
    """Return the result, once two tellers found it."""
    return await Result.get_or_none(ballot_id=ballot.id)


async def tellings(ballot: Ballot) -> list[Telling]:
    """Return who confirmed the count."""
    return await Telling.filter(ballot_id=ballot.id).select_related("teller").order_by("id")


async def may_read_names(person: Person | None, ballot: Ballot, *, at: datetime) -> bool:
    """Return whether ``person`` may see who voted how: those on the roll, and those who count."""
    if person is None:
        return False
    roles = await roles_around(person, ballot, at=at)
    return may(roles, Right.BALLOT_TELL) or may(roles, Right.ROLL_READ) or bool(await voices_of(person, ballot.roll_id))


async def named(ballot: Ballot, *, after: int = 0) -> tuple[list[tuple[Vote, set[str]]], int | None]:
    """Return a page of votes by unit: what each head says in the end (nothing: spoilt), and the next page."""
    votes = Vote.filter(ballot_id=ballot.id, papers__gt=0, id__gt=after).order_by("id").limit(PAGE + 1).values("id")
    given: dict[int, list[Paper]] = {}
    papers = Paper.filter(vote_id__in=Subquery(votes)).select_related("vote__head").order_by("vote_id", "order")
    for paper in await papers:
        given.setdefault(paper.vote_id, []).append(paper)
    found = [(each[0].vote, _said(each[0].vote.head.key, _readable(each))) for each in given.values()]
    return found[:PAGE], found[PAGE - 1][0].id if len(found) > PAGE else None


def _readable(papers: Iterable[Paper]) -> list[Paper]:
    return [paper for paper in papers if not paper.spoilt]


async def held(ballot: Ballot) -> list[Vote]:
    """Return the votes whose co-owners handed in different papers and that nobody set aside yet."""
    several = Paper.filter(ballot_id=ballot.id, vote__papers__gt=1, vote__set_aside_at=None, spoilt=False)
    given: dict[int, list[Paper]] = {}
    for paper in await several.select_related("vote__head").order_by("vote_id", "order"):
        given.setdefault(paper.vote_id, []).append(paper)
    return [papers[0].vote for papers in given.values() if len(_said(papers[0].vote.head.key, papers)) > 1]


async def differs(ballot_id: int, head_id: int) -> bool:
    """Return whether the last papers of those who speak for a head say different things."""
    papers = Paper.filter(ballot_id=ballot_id, vote__head_id=head_id, spoilt=False).order_by("order")
    head = await RollHead.get(id=head_id)
    return len(_said(head.key, await papers)) > 1


async def by_receipt(ballot: Ballot, receipt: str) -> Paper | None:
    """Return the paper with that receipt, as typed with or without dashes."""
    plain = receipt.replace("-", "").replace(" ", "").lower()
    return await Paper.get_or_none(ballot_id=ballot.id, receipt=plain).select_related("vote__head")
