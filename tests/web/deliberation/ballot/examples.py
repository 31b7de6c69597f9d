"""Owners' votes of any size under any lawful reading, in the running application, and their results read off pages."""

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date

import httpx2

from community.codes import new_code
from community.people.models import Person
from community.places.models import Ownership, Unit
from community.record.transaction import command
from deliberation.ballot import casting, counting
from deliberation.ballot.announcing import Plan
from deliberation.ballot.compare import Switch
from deliberation.ballot.given import Given
from deliberation.ballot.models import Ballot, Channel, Paper, Vote
from deliberation.ballot.roll import How
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body, RollHead, RollVersion, RollVoice
from deliberation.body.procedure import Procedure, set_procedure
from deliberation.body.rules import Basis, BodyKind, Effect, Weight
from deliberation.delivery import commands as delivery
from deliberation.delivery.rules import Round
from deliberation.ledger.models import PaperWaiting
from tests.deliberation.stage import AFTER, CLOSES, OPENS, VOTING, ReadPlan, Settled, body_of, opened, scan, tick
from tests.world import NOON, World, sign_in

OWNERS = (BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
GENERAL = Plan(weight=Weight.GENERAL, effect=Effect.BINDING, opens_on=OPENS, closes_on=CLOSES)
MAJOR = replace(GENERAL, weight=Weight.MAJOR)
ROUND = Round(heads=(), how=How.SIGNED, served_at=VOTING, batch="round-one", warned=True)


async def homes(world: World, owners: Sequence[Settled], *, area: int, prefix: str = "h") -> None:
    """Give every one of many owners a home of their own."""
    start = date(2020, 1, 1)
    here = {"community_id": world.community.id, "building_id": world.building.id}
    rows = [Unit(**here, number=f"{prefix}{n}", area=area) for n in range(len(owners))]
    await Unit.bulk_create(rows, batch_size=500)
    units = {unit.number: unit for unit in await Unit.filter(number__startswith=prefix)}
    titles = [
        Ownership(community_id=world.community.id, unit=units[f"{prefix}{n}"], resident=each.resident, since=start)
        for n, each in enumerate(owners)
    ]
    await Ownership.bulk_create(titles, batch_size=500)


async def assembly(world: World, kind: tuple[BodyKind, Basis] = OWNERS) -> tuple[Body, RollVersion]:
    """Found a body with a line of its own for seconding, and freeze its roll."""
    body, roll = await body_of(world, *kind)
    agreed = Procedure(percent=0, least=1, hours=0, agreed_on=NOON.date())
    return await set_procedure(body.id, agreed, by=world.clerk, at=NOON), roll


async def open_one(
    world: World, people: Sequence[Person], plan: Plan = GENERAL, kind: tuple[BodyKind, Basis] = OWNERS
) -> Ballot:
    """Open a ballot on the roll as it stands now."""
    body, roll = await assembly(world, kind)
    return await opened(world, body, roll, people, plan)


def read_as(plan: Plan, *switches: Switch) -> Plan:
    """Return a plan under other readings."""
    facts = {each.name: getattr(plan, each.name) for each in fields(plan)}
    return ReadPlan(**facts | {"readings": frozenset(switches)})


async def heads_of(ballot: Ballot, people: Iterable[Settled]) -> list[int]:
    """Return the heads for which these people act, each once."""
    found: dict[int, list[int]] = {}
    for row in await RollVoice.filter(roll_id=ballot.roll_id):
        found.setdefault(row.resident_id, []).append(row.head_id)
    return list(dict.fromkeys(head for each in people for head in found.get(each.resident.id, ())))


async def fill(ballot: Ballot, people: Sequence[Settled], choice: Choice) -> None:
    """Put one paper for each of many straight into the rows; each of them acts for one head alone."""
    voices = {voice.resident_id: voice for voice in await RollVoice.filter(roll_id=ballot.roll_id)}
    votes = {vote.head_id: vote for vote in await Vote.filter(ballot_id=ballot.id)}
    mine = [(each, voices[each.resident.id]) for each in people]
    rows = [
        Paper(
            ballot_id=ballot.id,
            vote=votes[voice.head_id],
            order=1,
            choice=choice,
            voice=voice.key,
            by=each.person,
            channel=Channel.SITE,
            receipt=new_code(12),
            salt=secrets.token_hex(16),
            at=VOTING,
        )
        for each, voice in mine
    ]
    await Paper.bulk_create(rows, batch_size=500)
    number = {row.receipt for row in rows}
    kept = [row for row in await Paper.filter(ballot_id=ballot.id) if row.receipt in number]
    await PaperWaiting.bulk_create([PaperWaiting(ballot_id=ballot.id, paper=row) for row in kept], batch_size=500)
    heads = [voice.head_id for _, voice in mine]
    for start in range(0, len(heads), 500):
        await Vote.filter(ballot_id=ballot.id, head_id__in=heads[start : start + 500]).update(papers=1)


async def serve(ballot: Ballot, heads: Sequence[int], by: Person, made: Round = ROUND) -> int:
    """Serve many heads with proof, in rounds as large as a form takes."""
    done = 0
    for start in range(0, len(heads), 300):
        each = replace(made, heads=tuple(heads[start : start + 300]), batch=f"{made.batch}-{start}")
        done += await delivery.deliver(ballot.id, each, files=[await scan(by)], by=by, at=VOTING)
    return done


async def spoil(world: World, ballot: Ballot, people: Sequence[Settled]) -> None:
    """Let a teller find the papers of these people invalid; the vote has closed."""
    for head in await heads_of(ballot, people):
        vote = await Vote.get(ballot_id=ballot.id, head_id=head)
        await counting.set_aside(ballot.id, vote.id, "票面涂改，看不清。", by=world.clerk, at=AFTER)


@command
async def developer_says(ballot: Ballot, choice: Choice, by: Person) -> None:
    """Hand in a paper for what the developer holds, as entered from its signed sheet."""
    head = await RollHead.get(roll_id=ballot.roll_id, key="developer")
    given = Given(head_id=head.id, choice=choice, voice=head.key, channel=Channel.SITE, by=by)
    await casting.hand_in(ballot, given, at=VOTING)


Pair = tuple[int, int]


async def told(client: httpx2.AsyncClient, ballot: Ballot) -> tuple[str, list[Pair]]:
    """Return the outcome and the fractions that the result page shows: quorum, then approval."""
    page = (await client.get(f"/ballots/{ballot.id}/result")).text
    found = re.search(r"<h1>.*?：(.*?)</h1>", page)
    assert found, page
    return found[1], pairs(page)


def pairs(page: str) -> list[Pair]:
    """Return numerator and denominator of every line as printed, areas in 0.01 m²."""
    found = re.findall(r'class="nums"><b>(.*?)</b> / (.*?)（', page)
    return [(_number(one), _number(other)) for one, other in found]


def _number(text: str) -> int:
    """Return a printed amount in its smallest unit."""
    return int("".join(each for each in text if each.isdecimal()))


async def night(client: httpx2.AsyncClient, world: World, ballot: Ballot) -> None:
    """Close by the clock and let two tellers confirm on their pages."""
    await tick(AFTER)
    for teller in (world.clerk, world.supervisor):
        client.cookies.update(await sign_in(teller))
        assert (await client.post(f"/ballots/{ballot.id}/count")).status_code == 303
