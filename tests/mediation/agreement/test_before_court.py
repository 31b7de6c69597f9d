"""What needs no seal takes effect by itself: a hand taken back and given again, and not before a group has spoken."""

from datetime import date

from mediation.agreement.models import Agreement
from mediation.agreement.ratifying import ratify
from mediation.agreement.rules import Line
from mediation.agreement.signing import take_back
from mediation.case.models import Case, Party, Track
from mediation.case.states import State
from mediation.parties import commands as parties
from mediation.parties.queries import members_of
from mediation.parties.rules import MemberVote
from tests.mediation.clock.test_striking import ring
from tests.mediation.scenarios.play import at, begin, draft
from tests.world import World


async def test_it_takes_effect_after_a_hand_was_taken_back_and_once_the_group_has_spoken(world: World) -> None:
    play = await begin(world)
    group, developer = await play.person("业主"), await play.person("开发商")
    case = await play.talking(group, developer, "停车位没有交付。", at("2026-06-01"))
    await Case.filter(id=case.id).update(track=Track.COURT_PRE)
    case = await Case.get(id=case.id).select_related("org")
    party = await Party.get(case_id=case.id, side="A")
    told = {"by": world.mediator, "at": at("2026-06-02")}
    await parties.enrol(case.code, party.code, [(f"业主{n}", f"{n}室") for n in range(10)], **told)  # type: ignore[arg-type]
    members = await members_of(party)
    await parties.elect(case.code, party.code, [each.code for each in members[:2]], **told)  # type: ignore[arg-type]
    per_home = Line(who="R1", whom="A1", amount=300000, until=date(2026, 7, 31), each=True)
    await play.write(case, draft(per_home), at("2026-06-02"))
    await play.send_out(case, at("2026-06-03 09:00"))
    await play.sign(case, at("2026-06-03 10:00"), group, developer)
    await take_back(case.code, by=developer, at=at("2026-06-03 10:05"))
    await ring(at("2026-06-03 10:10"))
    await play.sign(case, at("2026-06-03 10:20"), developer)
    await ring(at("2026-06-03 10:31"))
    assert (await Case.get(id=case.id)).state is State.SIGNING, "nobody of the group has spoken"
    for member, vote in zip(members, [MemberVote.YES] * 9 + [MemberVote.NO], strict=True):
        await ratify(case.code, party.code, member.code, vote, by=world.mediator, at=at("2026-06-03 11:00"))
    await ring(at("2026-06-03 12:00"))
    assert (await Case.get(id=case.id)).state is State.PERFORMING
    made = await Agreement.get(case_id=case.id)
    assert made.effective_at == at("2026-06-03 10:30"), "when the last hand stood"
