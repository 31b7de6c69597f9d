"""Binding finished cases, in a row without a gap, to be read only; and destroying the talk."""

from datetime import date, timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Holding, Person
from community.record.models import Event as Fact
from community.rights import Role
from mediation.agreement import commands as agreement
from mediation.agreement import performing
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Obligation
from mediation.archive.commands import Binding, archive
from mediation.archive.models import CaseDossier, DossierLeaf
from mediation.archive.purging import TIMERS
from mediation.archive.queries import bundle_of, dossier_of, unbroken
from mediation.archive.rules import Leaf, Retention
from mediation.assignment.commands import assign
from mediation.case.commands import follow_up, meet
from mediation.case.models import Case, Party, Side
from mediation.case.states import State
from mediation.case.workflow import steps_from
from mediation.intake.commands import decline
from mediation.intake.rules import DeclineReason
from mediation.parties.commands import describe
from mediation.referral.sending import propose
from mediation.room.commands import send
from mediation.room.models import Message, Room
from mediation.room.rules import RoomKind
from tests.mediation.agreement import making
from tests.mediation.filing import accepted, filed
from tests.mediation.referral.making import org_of, plan
from tests.world import NOON, World, sign_in

AT = NOON + timedelta(days=40)  # 2026-06-13


async def archivist_of(world: World) -> Person:
    """Return somebody who keeps the committee's shelf."""
    keeper = await Person.create(name="老钱", email="qian@example.org", joined_at=NOON, confirmed_at=NOON)
    await Holding.create(person=keeper, role=Role.ARCHIVIST, org=world.mediation_committee, since=NOON)
    return keeper


async def turned_down(world: World) -> Case:
    """File and decline."""
    case = await filed(world)
    return await decline(case.code, DeclineReason.ADMINISTRATIVE, by=world.intake, at=NOON)


async def finished(world: World) -> Case:
    """Bring a case to its end: talked over, written, kept, visited."""
    case, at = await accepted(world), NOON + timedelta(days=3)
    await assign(case.code, world.mediator.code, clear=True, willing=True, by=world.director, at=at)
    alone = await Room.filter(case_id=case.id, kind=RoomKind.CAUCUS).order_by("id").first()
    assert alone
    await send(alone.code, "one", "两千八我也能接受。", by=world.lan, at=at)
    await meet(case.code, noticed=True, attended=True, by=world.mediator, at=at)
    await agreement.begin(case.code, accepted=True, by=world.mediator, at=making.DAY)
    await agreement.save(case.code, making.draft(), by=world.mediator, at=making.DAY)
    await agreement.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=making.DAY)
    for person in (world.lan, world.qiang, world.mediator):
        await making.sign(case, person)
    await making.seal(case, world.director, making.LATER)
    for duty in await Obligation.filter(case_id=case.id):
        await performing.confirm(case.code, duty.code, by=world.lan, at=making.LATER)
    await follow_up(case.code, visited=True, asked=True, by=world.mediator, at=AT)
    return await Case.get(id=case.id)


async def binding(case: Case, **changes: object) -> Binding:
    """Return what an archivist decides rightly, with ``changes``."""
    bundle = await bundle_of(case)
    given: dict[str, object] = {"shown": bundle.manifest, "retention": bundle.retention, "purge": True}
    return Binding(**{**given, **changes})  # type: ignore[arg-type]


async def test_what_concerns_a_child_is_kept_for_thirty_years(world: World) -> None:
    case = await filed(world)
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    assert (await bundle_of(case)).retention is Retention.TEN
    for day, term in ((date(2008, 5, 4), Retention.TEN), (date(2008, 5, 5), Retention.THIRTY)):
        await describe(case.code, party.code, born=day, entity=False, incapable=None, by=world.intake, at=NOON)
        assert (await bundle_of(await Case.get(id=case.id))).retention is term


async def test_a_whole_case_is_bound_read_only_and_its_talk_destroyed(world: World) -> None:
    case, keeper = await finished(world), await archivist_of(world)
    with pytest.raises(Forbidden):
        await archive(case.code, await binding(case), by=world.director, at=AT)
    for field, value in {"shown": "0" * 64, "retention": None, "purge": False}.items():
        with pytest.raises(Unfit) as wrong:
            await archive(case.code, await binding(case, **{field: value}), by=keeper, at=AT)
        assert wrong.value.field == field
    dossier = await archive(case.code, await binding(case), by=keeper, at=AT)
    assert dossier.number == "（2026）幸福里居人调卷第1号"
    assert (dossier.kept_until, dossier.alone_until, dossier.together_until) == (
        date(2036, 12, 31),
        date(2026, 7, 13),
        date(2026, 12, 10),
    )
    leaves = [row.leaf for row in await DossierLeaf.filter(dossier_id=dossier.id).order_by("row")]
    assert leaves == [
        leaf for leaf in Leaf if leaf not in (Leaf.MINUTES, Leaf.EVIDENCE, Leaf.ENDING, Leaf.NOTICES, Leaf.NOTES)
    ]
    case = await Case.get(id=case.id)
    assert (case.state, steps_from(case.state)) == (State.ARCHIVED, ())
    await _nothing_more(world, case, keeper)
    await _destroyed(case)


async def _nothing_more(world: World, case: Case, keeper: Person) -> None:
    """Try what one does to an open case."""
    joint = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    with pytest.raises((MovedOn, Forbidden, Hidden)):
        await send(joint.code, "late", "再说一句。", by=world.lan, at=AT)
    duty = await Obligation.filter(case_id=case.id).first()
    assert duty
    with pytest.raises(MovedOn):
        await performing.confirm(case.code, duty.code, by=world.lan, at=AT)
    with pytest.raises(MovedOn):
        await archive(case.code, await binding(case), by=keeper, at=AT)
    court, _ = await org_of(world, world.mediation_committee.kind, "另一个")
    with pytest.raises((MovedOn, Forbidden, Unfit)):
        await propose(case.code, plan(court), by=world.director, at=AT)


async def _destroyed(case: Case) -> None:
    purge = TIMERS["archive.purge"]
    rooms = await Room.filter(case_id=case.id).order_by("id")
    assert await Message.filter(room__case_id=case.id).count() == 1
    for room in rooms:
        await purge(room.name, AT + timedelta(days=31))
        await purge(room.name, AT + timedelta(days=31))
    assert await Message.filter(room__case_id=case.id).count() == 0
    assert {room.key for room in await Room.filter(case_id=case.id)} == {""}
    facts = await Fact.filter(kind="room.purged").values_list("body", flat=True)
    assert len(facts) == len(rooms)
    assert sum('"lines":1' in str(body) for body in facts) == 1


async def test_numbers_and_links_run_on_and_a_changed_list_is_found(world: World) -> None:
    keeper = await archivist_of(world)
    for n in (1, 2, 3):
        case = await turned_down(world)
        dossier = await archive(case.code, await binding(case), by=keeper, at=AT)
        assert dossier.number == f"（2026）幸福里居人调卷第{n}号"
    assert await unbroken(world.mediation_committee.id)
    second = await CaseDossier.filter(org_id=world.mediation_committee.id).order_by("id").offset(1).first()
    assert second
    await DossierLeaf.filter(dossier_id=second.id, row=1).update(sha256="0" * 64)
    assert not await unbroken(world.mediation_committee.id)


async def test_what_is_missing_or_kept_shorter_is_explained_on_the_page(
    client: httpx2.AsyncClient, town: World
) -> None:
    keeper = await archivist_of(town)
    case = await making.performing(town)
    for duty in await Obligation.filter(case_id=case.id):
        await performing.confirm(case.code, duty.code, by=town.lan, at=making.LATER)
    await follow_up(case.code, visited=True, asked=True, by=town.mediator, at=AT)
    await Case.filter(id=case.id).update(type_code="06")
    case = await Case.get(id=case.id)
    assert (await bundle_of(case)).lacks == (Leaf.SESSIONS,)
    client.cookies.update(await sign_in(keeper))
    here = f"/cases/{case.code}/steps/archive"
    page = (await client.get(here)).text
    assert "还缺" in page
    assert making.draft().facts not in page
    shown = (await bundle_of(case)).manifest
    given = {"shown": shown, "retention": Retention.TEN, "purge": "true"}
    assert "情况说明" in (await client.post(here, data=given)).text
    told = {**given, "words": "会议在楼道里开，没有另做记录；伤情很轻。"}
    assert (await client.post(here, data=told)).status_code == 303
    dossier = (await client.get(f"/cases/{case.code}/dossier")).text
    assert "校验链完整" in dossier
    assert "楼道里" in dossier
    assert "幸福里居人调卷第1号" in (await client.get("/shelf")).text
    with pytest.raises(Hidden):
        await dossier_of(town.lan, case.code, at=AT)
