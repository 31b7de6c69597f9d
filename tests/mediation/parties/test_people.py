"""Who acts for whom: minors until midnight, mandates, interpreters, and many who speak through a few."""

from datetime import date, datetime, timedelta

import httpx2
import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.record.models import Event
from mediation.agreement.ratifying import ratify
from mediation.case.capacity import Capacity
from mediation.case.models import Party, Side
from mediation.intake import commands as intake
from mediation.intake import consent
from mediation.parties import commands
from mediation.parties.commands import Someone
from mediation.parties.models import GroupMember
from mediation.parties.queries import clear, guarded, members_of, standings
from mediation.parties.rules import GuardBasis, MemberVote, Power, ProxyKind, bound, fit_to_speak, powers_of
from tests.mediation.filing import asked, filed, inviting, link_of
from tests.world import NOON, World, sign_in

MOTHER = Someone(name="阿强的妈妈", phone="13700137000")
LATE = datetime.fromisoformat("2026-05-19T23:59:00+08:00")
TWENTIETH = datetime.fromisoformat("2026-05-20T00:00:00+08:00")


async def test_a_minor_needs_a_guardian_until_the_birthday_begins_in_beijing(world: World) -> None:
    case = await inviting(world)
    party, by = await asked(case), {"by": world.intake, "at": NOON}
    with pytest.raises(Unfit, match="不用法定代理人"):
        await commands.name_guardian(case.code, party.code, MOTHER, GuardBasis.PARENT, conflict=False, **by)  # type: ignore[arg-type]
    young = {"born": date(2008, 5, 20), "entity": False, "incapable": None}
    await commands.describe(case.code, party.code, **young, **by)  # type: ignore[arg-type]
    await consent.agree(await link_of(case), name="阿强", by=world.qiang, at=NOON + timedelta(days=2))
    with pytest.raises(Unfit, match="法定代理人到场"):
        await intake.accept(case.code, by=world.intake, at=NOON + timedelta(days=2))
    across = Someone(name="阿兰")
    father = await commands.name_guardian(case.code, party.code, across, GuardBasis.PARENT, conflict=False, **by)  # type: ignore[arg-type]
    assert father.conflict
    assert not await guarded([await asked(case)], at=NOON)
    mother = await commands.name_guardian(case.code, party.code, MOTHER, GuardBasis.PARENT, conflict=False, **by)  # type: ignore[arg-type]
    assert clear(mother, "name") == MOTHER.name
    assert "妈妈" not in mother.name
    before, after = [(await standings([await asked(case)], at=at))[0] for at in (LATE, TWENTIETH)]
    assert (before.capacity, before.of_age_on, len(before.guardians)) == (Capacity.LIMITED, date(2026, 5, 20), 2)
    assert (after.capacity, after.of_age_on, after.guardians) == (Capacity.FULL, None, ())
    accepted = await intake.accept(case.code, by=world.intake, at=NOON + timedelta(days=2))
    assert await Event.filter(subject=accepted.key, kind="party.guardian").count() == 2


async def test_mandates_interpreters_and_who_may_write_them_down(world: World) -> None:
    case = await filed(world)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    with pytest.raises(Forbidden):
        await commands.end(case.code, party.code, "none", by=world.lan, at=NOON)

    async def appoint(name: str, until: date | None = None) -> object:
        powers = [Power.SETTLE]
        someone = Someone(name=name)
        return await commands.appoint(
            case.code, party.code, someone, ProxyKind.LAWYER, powers, until=until, by=world.intake, at=NOON
        )

    await appoint("周律师", date(2026, 5, 5))
    assert (await standings([party], at=NOON))[0].may_settle
    assert not (await standings([party], at=NOON + timedelta(days=2)))[0].may_settle
    await appoint("吴律师")
    with pytest.raises(Unfit, match="最多有"):
        await appoint("郑律师")
    for kin, sworn, field in ((True, True, "kin"), (False, False, "sworn")):
        with pytest.raises(Unfit) as why:
            await commands.interpret(
                case.code, party.code, "帕提古丽", "维吾尔语", kin=kin, sworn=sworn, by=world.intake, at=NOON
            )
        assert why.value.field == field
    row = await commands.interpret(
        case.code, party.code, "帕提古丽", "维吾尔语", kin=False, sworn=True, by=world.intake, at=NOON
    )
    await commands.end(case.code, party.code, row.code, by=world.intake, at=NOON)
    assert (await standings([party], at=NOON))[0].interpreters == ()


async def test_forty_owners_speak_through_three_and_only_who_says_yes_is_bound(world: World) -> None:
    case = await filed(world)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    with pytest.raises(Unfit, match="名册要有"):
        await commands.enrol(case.code, party.code, [("甲", "1")], by=world.intake, at=NOON)
    people = [(f"业主{n}", f"{n}室") for n in range(40)]
    await commands.enrol(case.code, party.code, people, by=world.intake, at=NOON)
    members = await members_of(party)
    for count in (1, 6):
        with pytest.raises(Unfit, match="2 到 5"):
            await commands.elect(case.code, party.code, [m.code for m in members[:count]], by=world.intake, at=NOON)
    await commands.elect(case.code, party.code, [m.code for m in members[:3]], by=world.intake, at=NOON)
    with pytest.raises(MovedOn):
        await ratify(case.code, party.code, members[0].code, MemberVote.YES, by=world.intake, at=NOON)
    assert bound({1: MemberVote.YES, 2: MemberVote.NO, 3: MemberVote.PENDING}) == {1}
    assert await GroupMember.filter(party_id=party.id, elected=True).count() == 3


@pytest.mark.parametrize(
    ("chosen", "fits"), [({1, 2}, True), ({1}, False), ({1, 2, 3, 4, 5, 6}, False), ({1, 9}, False)]
)
def test_two_to_five_of_the_members_speak(chosen: set[int], fits: bool) -> None:  # noqa: FBT001
    assert fit_to_speak(chosen, range(8)) is fits
    assert powers_of("") == frozenset()


async def test_it_is_all_done_on_pages(client: httpx2.AsyncClient, town: World) -> None:
    case = await filed(town)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    client.cookies.update(await sign_in(town.intake))
    here = f"/cases/{case.code}/people/{party.code}"
    assert (await client.post(f"{here}/capacity", data={"born": "2015-01-01"})).status_code == 303
    assert "缺法定代理人" in (await client.get(f"/cases/{case.code}/people")).text
    assert "这一项还没有填" in (await client.post(f"{here}/guardian", data={"name": "妈妈"})).text
    assert (await client.post(f"{here}/guardian", data={"name": "妈妈", "basis": "parent"})).status_code == 303
    page = (await client.get(here)).text
    assert "2033年1月1日" in page.replace(" ", "")
    assert "妈妈" in page
    given = {"name": "周律师", "kind": "lawyer", "powers": "settle"}
    assert (await client.post(f"{here}/representative", data=given)).status_code == 303
    roster = "\n".join(f"业主{n}，{n}室" for n in range(12))
    assert (await client.post(f"{here}/roster", data={"people": roster})).status_code == 303
    member = (await members_of(party))[0]
    assert (await client.post(f"{here}/ratification", data={"member": member.code, "vote": "no"})).status_code == 409
    assert (await client.post(f"{here}/nothing", data={})).status_code == 404
    client.cookies.clear()
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get(f"/cases/{case.code}/people")).status_code == 404
    assert (await client.post(f"{here}/capacity", data={})).status_code == 403
