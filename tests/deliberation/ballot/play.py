"""The same deeds done in the database, with the answers and the count put into the model's words."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from community.errors import Refused, Unfit
from community.people.models import Person
from community.places.models import Ownership, Unit
from community.rights import Role
from deliberation.ballot import casting, counting, queries, recounting
from deliberation.ballot.doubts import Reason
from deliberation.ballot.models import Ballot, Channel, Recount, Result, Telling, Vote
from deliberation.ballot.votes import Choice
from deliberation.body import commands as bodies
from deliberation.body.models import Body, RollHead, RollVersion, RollVoice
from deliberation.body.rules import Basis, Effect
from deliberation.mandate import commands as mandates
from deliberation.mandate.commands import Lent
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.outcome.answering import answer
from deliberation.polling import entering, slips
from deliberation.polling.entering import Read
from deliberation.polling.models import ReturnedSheet
from deliberation.polling.rules import TOGETHER
from deliberation.publicity.objecting import object_to
from deliberation.publicity.queries import about
from deliberation.publicity.rules import Kind, Verdict
from deliberation.question.asking import YES_NO, Asked
from deliberation.question.marks import Marks
from deliberation.question.rules import Kind as Question
from tests.deliberation.polling.stand import staff
from tests.deliberation.stage import AFTER, VOTING, Settled, empty, opened, own, scan, settle, tick
from tests.web.deliberation.ballot.examples import GENERAL, OWNERS, assembly
from tests.world import NOON, World

AREAS = (90_00, 50_00, 50_00, 90_00, 120_50, 12_50, 100_00)
NAMES = "ABCDEF"
WORDS = "请再数一遍，我看见有人拿走了一张票。"
Owners = Mapping[str, frozenset[str]]


@dataclass
class Town:
    """Six people, seven units, a body and three tellers; ballots come and go."""

    world: World
    body: Body
    people: dict[str, Settled]
    units: list[Unit]
    tellers: dict[str, Person]

    async def deed(self, unit: str, owners: frozenset[str]) -> None:
        """Give a unit to other owners, to nobody but the developer when there are none."""
        row = self.units[int(unit)]
        common: dict[str, Any] = {"community_id": self.world.community.id, "since": date(2026, 1, 1)}
        await Ownership.filter(unit_id=row.id, until=None).update(until=date(2026, 5, 1))
        for each in sorted(owners):
            resident = self.people[each].resident
            await Ownership.create(unit=row, resident=resident, den=len(owners), **common)
        if not owners:
            await Ownership.create(unit=row, developer=True, holder_name="开发商", **common)


async def town_of(world: World) -> Town:
    """Build it; the roll is frozen for every play anew."""
    await empty(world)
    people = dict(zip(NAMES, await settle(world, len(NAMES)), strict=True))
    units = [(await own(world, area=area, prefix=f"m{n}-"))[0] for n, area in enumerate(AREAS)]
    for unit in units:
        await Ownership.create(
            community_id=world.community.id, unit=unit, resident=people["A"].resident, since=date(2020, 1, 1)
        )
    body, _ = await assembly(world, OWNERS)
    third = await staff(world, "老孙", Role.CLERK)
    return Town(world, body, people, units, {"x": world.clerk, "y": world.supervisor, "z": third})


@dataclass
class Play:
    """One ballot in the database."""

    town: Town
    ballot: Ballot
    heads: dict[str, int]
    names: dict[str, str]
    voices: dict[tuple[int, str], int]
    codes: dict[int, str]
    mandates: list[str] = field(default_factory=list)
    objections: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        return self.town.people[name].person

    def at(self, now: int) -> datetime:
        return VOTING + timedelta(seconds=now)

    async def transfer(self, unit: str, owners: frozenset[str]) -> None:
        """Sell a unit."""
        await self.town.deed(unit, owners)

    def says(self, word: str) -> Choice | Marks:
        """Return what a paper of this ballot says, from the model's word."""
        if self.ballot.kind is Question.YES_NO:
            return Choice(word)
        return {} if word == "abstain" else dict.fromkeys(word.split(","), 1)

    async def vote(self, who: str, head: str, choice: str, channel: str, now: int) -> str:
        way, at = Channel(channel), self.at(now)
        return await said(
            casting.cast(self.ballot.id, self.heads[head], self.says(choice), by=self.person(who), at=at, channel=way)
        )

    async def lend(self, head: str, voice: str, agent: str, told: str | None, now: int) -> str:
        number, by = self.heads[head], self.town.world.clerk
        lent = Lent(head_id=number, agent=self.person(agent), instruction=Choice(told) if told else None)
        files, row = [await scan(by)], self.voices[number, voice]
        try:
            made = await mandates.take_down(self.ballot.id, row, lent, files=files, by=by, at=self.at(now))
        except Refused as why:
            return _name(why)
        self.mandates.append(made.code)
        return "ok"

    async def unlend(self, number: int, now: int) -> str:
        by = self.town.world.clerk
        return await said(mandates.withdraw(self.mandates[number], why="本人来说不委托了", by=by, at=self.at(now)))

    async def proxy(self, who: str, number: int, choice: str, now: int) -> str:
        cast = {self.mandates[number]: Choice(choice)}
        return await said(mandates.vote(self.ballot.id, cast, by=self.person(who), at=self.at(now)))

    async def read(
        self, who: str, head: str, choice: str | None, voice: str, came: int, *, sure: bool, now: int
    ) -> str:
        number = self.heads[head]
        found = Read(
            code=self.codes[number],
            choice=self.says(choice) if choice else None,
            received_at=self.at(came),
            voice_id=self._signer(number, head, voice),
            sure=sure,
        )
        return await said(
            entering.enter(
                self.ballot.id, found, f"{self.ballot.id}-{who}-{now}", by=self.town.tellers[who], at=self.at(now)
            )
        )

    def _signer(self, number: int, head: str, voice: str) -> int | None:
        return TOGETHER if voice == head else self.voices[number, voice]

    async def third(self, who: str, number: int, choice: str | None, voice: str, now: int) -> str:
        sheet = (await ReturnedSheet.filter(ballot_id=self.ballot.id).order_by("id").select_related("slip"))[number]
        assert sheet.slip
        head = sheet.slip.head_id
        name = next(name for name, row in self.heads.items() if row == head)
        choice_, signer = self.says(choice) if choice else None, self._signer(head, name, voice)
        by, why = self.town.tellers[who], "我又看了一遍"
        return await said(entering.look_again(sheet.id, choice_, signer, why, by=by, at=self.at(now)))

    async def close(self) -> str:
        await tick(AFTER)
        return "ok"

    async def aside(self, head: str, now: int) -> str:
        vote = await Vote.get(ballot_id=self.ballot.id, head_id=self.heads[head])
        by = self.town.tellers["x"]
        return await said(counting.set_aside(self.ballot.id, vote.id, "商量不到一起", by=by, at=self.at(now)))

    async def tell(self, who: str, now: int) -> str:
        return await said(counting.tell(self.ballot.id, by=self.town.tellers[who], at=self.at(now)))

    async def object(self, who: str, now: int) -> str:
        hung = await about(f"ballot-{self.ballot.id}", Kind.RESULT)
        assert hung
        try:
            made = await object_to(hung.id, WORDS, by=self.person(who), at=self.at(now))
        except Refused as why:
            return _name(why)
        self.objections[who] = made.id
        return "ok"

    async def answer(self, who: str, *, upheld: bool, now: int) -> str:
        verdict = Verdict.UPHELD if upheld else Verdict.DISMISSED
        number, by = self.objections[who], self.town.world.moderator
        return await said(answer(number, verdict, "看过了，理由写在这里。", by=by, at=self.at(now)))

    async def recount(self, who: str, now: int) -> str:
        return await said(recounting.count(self.ballot.id, by=self.town.tellers[who], at=self.at(now)))

    async def conclude(self) -> bool:
        """Let the days of the result run out, and return whether it stands."""
        result = await Result.get(ballot_id=self.ballot.id)
        await tick(result.shown_until)
        matter = await Matter.get(id=self.ballot.matter_id)
        return matter.state is not State.RESULT_NOTICE

    async def seen(self) -> dict[str, Any]:
        """Return everything the model says too, in its words."""
        ballot = await Ballot.get(id=self.ballot.id).select_related("body", "roll")
        found = await counting.count_again(ballot)
        assert (await counting.at_a_glance(ballot)).tally == found.tally
        piles = {name: getattr(found.tally, name) for name in ("yes", "no", "abstain", "invalid")}
        doubts = [doubt for doubt in found.tally.doubts if doubt.reason is Reason.HELD]
        stands = found.answer.standings if found.answer else ()
        on_table = {self.names[vote.head.key] for vote in await queries.held(ballot)}
        sheets = await ReturnedSheet.filter(ballot_id=ballot.id).order_by("id")
        return {
            "state": ballot.state.value,
            "piles": {name: (pile.heads, pile.area) for name, pile in piles.items()},
            "held": {self.names[key] for doubt in doubts for key in doubt.which},
            "on the table": on_table,
            "outcome": found.decision.outcome.value,
            "marks": {one.key: (one.weight.heads, one.weight.area) for one in stands},
            "winners": set(found.answer.winners) if found.answer and ballot.kind is not Question.APPROVAL else set(),
            "turnout": (await queries.turnout(ballot)).heads,
            "sheets": [sheet.state.value for sheet in sheets],
            "told": await Telling.filter(ballot_id=ballot.id).count(),
            "recounts": await Recount.filter(ballot_id=ballot.id, settled_at=None).exists(),
        }


async def said(deed: Awaitable[object]) -> str:
    """Return "ok", or how it was refused."""
    try:
        await deed
    except Refused as why:
        return _name(why)
    return "ok"


async def begin(town: Town, owners: Owners, asked: Asked = YES_NO) -> Play:
    """Freeze the roll of these owners and open a ballot on it, a sheet printed for every head."""
    for unit, those in owners.items():
        await town.deed(unit, those)
    roll = await bodies.freeze_roll(town.body.id, Basis.OWNERS, by=town.world.clerk, at=NOON)
    everybody = [each.person for each in town.people.values()]
    effect = Effect.ADVISORY if asked.kind is Question.APPROVAL else Effect.BINDING
    plan = replace(GENERAL, asked=asked, effect=effect)
    ballot = await opened(town.world, town.body, roll, everybody, plan)
    printed = await slips.print_sheets(ballot.id, town.world.building.name, by=town.world.clerk, at=VOTING)
    heads, names = await _named(town, roll, owners)
    residents = {each.resident.id: name for name, each in town.people.items()}
    rows = await RollVoice.filter(roll_id=roll.id)
    voices = {(row.head_id, residents[row.resident_id]): row.id for row in rows}
    return Play(town, ballot, heads, names, voices, {one.head.id: one.code for one in printed})


async def _named(town: Town, roll: RollVersion, owners: Owners) -> tuple[dict[str, int], dict[str, str]]:
    """Return the heads of a roll by the model's names, and those names by the keys of the roll."""
    rows = {row.key: row.id for row in await RollHead.filter(roll_id=roll.id)}
    keys = {row.resident_id: row.key for row in await RollVoice.filter(roll_id=roll.id)}
    names = {}
    for those in set(owners.values()):
        key = "+".join(sorted(keys[town.people[name].resident.id] for name in those)) or "developer"
        names[key] = "+".join(sorted(those)) or "developer"
    return {name: rows[key] for key, name in names.items()}, names


def _name(why: Refused) -> str:
    """Return the kind of a refusal as the model knows it: whoever is late is one of those with nothing fit to give."""
    return Unfit.__name__ if isinstance(why, Unfit) else type(why).__name__
