"""首接负责: whatever is done in whatever order, a case has one owner, one clock that runs, one open proceeding."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from community.errors import Refused
from community.orgs.models import Org, OrgKind
from community.people.models import Person
from community.people.roles import people_with
from community.rights import Right
from community.timers.commands import fire_due
from mediation.case.commands import terminate
from mediation.case.models import Assignment, Case, Period, Proceeding, Track
from mediation.case.states import STANDINGS, Actor, Outcome, State
from mediation.clock.striking import TIMERS
from mediation.referral import answering, ruling, sending
from mediation.referral.models import Handover
from mediation.referral.rules import OPEN, Basis, Passing
from tests.mediation.referral.making import AT, DUTY, dispatcher_of, org_of, plan, talking
from tests.world import World

STEPS = 30
Deed = Callable[[datetime], Awaitable[object]]


class Play:
    """A case among four organisations, and everybody who may do something with it."""

    def __init__(self, world: World, case: Case, chance: random.Random) -> None:
        """Begin with the committee that has it."""
        self.world, self.case, self.chance = world, case, chance
        self.heads: dict[int, Person] = {world.mediation_committee.id: world.director}
        self.orgs: list[tuple[Org, Track]] = [(world.mediation_committee, Track.PEOPLE)]
        self.centre = world.admin
        self.taken = 0

    async def found(self) -> None:
        """Found the others."""
        self.centre = await dispatcher_of(self.world)
        for kind, name, track in (
            (OrgKind.STREET_OFFICE, "街道", Track.ADMIN),
            (OrgKind.COURT, "法院", Track.COURT_PRE),
            (OrgKind.SOCIAL, "商会", Track.COMMERCIAL),
        ):
            org, head = await org_of(self.world, kind, name)
            self.heads[org.id] = head
            self.orgs.append((org, track))

    async def propose(self, at: datetime) -> None:
        """Hand it on to anybody, by its owner or by the centre."""
        case = await Case.get(id=self.case.id)
        org, track = self.chance.choice(self.orgs)
        by = self.chance.choice([self.heads[case.org_id], self.centre])
        basis = self.chance.choice(list(Basis))
        await sending.propose(case.code, plan(org, track, basis=basis, article=DUTY), by=by, at=at)

    async def agree(self, at: datetime) -> None:
        """Let a party answer, mostly with yes."""
        given = self.chance.random() < 0.8
        who = self.chance.choice([self.world.lan, self.world.qiang])
        await sending.answer(self.case.code, given=given, by=who, at=at)

    async def send(self, at: datetime) -> None:
        """Send what was agreed."""
        case = await Case.get(id=self.case.id)
        await sending.send(case.code, by=self.heads[case.org_id], at=at)

    async def accept(self, at: datetime) -> None:
        """Let anybody try to take it."""
        last = await Handover.all().order_by("-id").first()
        who = self.chance.choice(list(self.heads.values()))
        if last:
            await answering.accept(last.code, number=f"自编{int(at.timestamp())}号", by=who, at=at)
            self.taken += 1

    async def reject(self, at: datetime) -> None:
        """Let anybody try to send it back."""
        last = await Handover.all().order_by("-id").first()
        who = self.chance.choice(list(self.heads.values()))
        if last:
            await answering.reject(last.code, reason="不归我们管", article=DUTY, by=who, at=at)

    async def rule(self, at: datetime) -> None:
        """Let the centre decide or call back."""
        deed = self.chance.choice([ruling.keep_here, ruling.recall])
        await deed(self.case.code, reason="就地办", by=self.centre, at=at)

    async def strike(self, at: datetime) -> None:
        """Let the clocks strike."""
        await fire_due(TIMERS, at)

    async def end(self, at: datetime) -> None:
        """Let a party leave, seldom."""
        if self.chance.random() < 0.2:
            await terminate(self.case.code, Outcome.FAILED_GAP, by=self.world.lan, at=at)

    @property
    def deeds(self) -> list[Deed]:
        """Return everything that may be tried."""
        often = [self.propose, self.agree, self.agree, self.send, self.accept, self.accept, self.reject]
        return [*often, self.rule, self.strike, self.end]


async def _holds(case: Case, at: datetime) -> None:
    case = await Case.get(id=case.id)
    standing = STANDINGS[case.state]
    assert standing.clock
    running = await Period.filter(case_id=case.id, ended_at=None, clock=standing.clock, waits_since=None)
    assert len(running) == 1, (case.state, [each.rule for each in running])
    waiting = await Handover.filter(case_id=case.id, state__in=list(OPEN))
    assert len(waiting) <= 1
    assert await Proceeding.filter(case_id=case.id, ended_on=None).count() == 1
    assert (await Proceeding.get(case_id=case.id, ended_on=None)).org_id == case.org_id
    assert await Assignment.filter(case_id=case.id, until=None).count() <= 1
    owner = case.org_id
    if case.state is State.HANDOVER:
        assert [each.state for each in waiting] == [Passing.SENT]
        owner = waiting[0].to_org_id
        assert standing.owner is Actor.TARGET_ORGDIR
    assert await people_with(Right.CASE_DIRECT, org_id=owner, at=at)


@pytest.mark.parametrize("seed", range(8))
async def test_there_is_always_one_owner_and_one_clock(world: World, seed: int) -> None:
    play = Play(world, await talking(world), random.Random(seed))  # noqa: S311 - a play, not a secret
    await play.found()
    done = 0
    for n in range(STEPS):
        at = AT + timedelta(days=n, hours=n % 5)
        try:
            await play.chance.choice(play.deeds)(at)
            done += 1
        except Refused:
            pass
        await _holds(play.case, at)
    assert done > STEPS // 6
