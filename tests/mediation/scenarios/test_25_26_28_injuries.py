"""Harm to the body: an appraisal, a traffic accident, the bite of a dog."""

from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import OrgKind
from community.people.models import Person
from community.rights import Role
from mediation.agreement.models import Obligation, Signature
from mediation.agreement.performing import confirm
from mediation.agreement.queries import obligations_of
from mediation.agreement.rules import Capacity as Hands
from mediation.agreement.rules import ClauseKind, Line
from mediation.appointment.models import Appointment
from mediation.appointment.rules import Fixing, MeetBy
from mediation.assignment.commands import assign
from mediation.case.commands import terminate
from mediation.case.models import Case, DueChange, Party, Side, Track
from mediation.case.queries import parties_of, seats_of
from mediation.case.states import Clock, Outcome, State
from mediation.case.waiting import resume
from mediation.clock.extending import answer_on_paper, ask_all
from mediation.evidence import appraising
from mediation.evidence.appraising import Proposal
from mediation.evidence.commands import bring, share
from mediation.evidence.queries import desk_of, piece_of, pieces_of
from mediation.evidence.reading import appraisal_of
from mediation.evidence.rules import ProofKind, Sharing
from mediation.intake.rules import Kind, Named
from mediation.parties import commands as parties
from mediation.parties.models import Attendant
from mediation.parties.rules import AttendRole, GuardBasis
from mediation.parties.seating import ask_in
from mediation.referral import answering, sending
from tests.mediation.clock.test_striking import ring
from tests.mediation.evidence.making import paper, told
from tests.mediation.referral.making import org_of, plan
from tests.mediation.scenarios.play import Play, at, begin, draft, due, pay
from tests.world import World


async def _health_file(play: Play, case: Case, patient: Person, hospital: Person, folder: Path) -> None:
    """Bring a health file: the mediator's alone until the patient herself shows it, which is asked by itself."""
    lead, on = play.world.mediator, at("2026-06-11")
    item = await bring(case.code, told("病历", medical=True), await paper(case, folder), by=patient, at=on)
    with pytest.raises(Hidden):
        await piece_of(hospital, case.code, item.code, at=on)
    assert (await piece_of(lead, case.code, item.code, at=on))[1].title == "病历"
    with pytest.raises(Forbidden):
        await share(case.code, item.code, sure=True, by=lead, at=on)
    with pytest.raises(Unfit, match="单独同意"):
        await share(case.code, item.code, by=patient, at=on)
    await share(case.code, item.code, sure=True, by=patient, at=on)
    assert (await piece_of(hospital, case.code, item.code, at=on))[1].title == "病历"


async def _appraised(play: Play, folder: Path) -> Case:
    """Wait for an appraisal from 06-22 to 07-10."""
    patient, hospital, expert, insurer = [
        await play.person(name) for name in ("患者", "医院", "鉴定人", "保险公司的人")
    ]
    case = await play.talking(patient, hospital, "手术后感染。", at("2026-06-10"), kind=Kind.MEDICAL)
    assert (await due(case, Clock.MEDIATE)).due == date(2026, 7, 23)
    await _health_file(play, case, patient, hospital, folder)
    lead: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-22")}
    with pytest.raises(Unfit, match="征得各方当事人同意"):
        await ask_in(case.code, AttendRole.INVITEE, "保险公司", "理赔", agreed=False, sworn=True, **lead)
    seat = await ask_in(case.code, AttendRole.INVITEE, "保险公司", "理赔", agreed=True, sworn=True, **lead)
    await play.seat(case, seat.code, insurer, at("2026-06-22"))
    wish = Proposal(matter="医疗损害鉴定", expert="示范鉴定所", payer="双方各半")
    row = await appraising.propose(case.code, wish, **lead)
    await appraising.answer(case.code, row.code, agreed=True, by=patient, at=at("2026-06-22"))
    with pytest.raises(MovedOn):
        await appraising.commission(case.code, row.code, free=True, sworn=True, **lead)
    await appraising.answer(case.code, row.code, agreed=True, by=hospital, at=at("2026-06-22"))
    with pytest.raises(Unfit, match="利害关系"):
        await appraising.commission(case.code, row.code, free=False, sworn=True, **lead)
    row = await appraising.commission(case.code, row.code, free=True, sworn=True, **lead)
    assert (await Case.get(id=case.id)).state is State.SUSPENDED
    await play.seat(case, (await Attendant.get(id=row.seat_id)).code, expert, at("2026-06-23"))
    for somebody in (expert, insurer):
        with pytest.raises(Hidden):
            await desk_of(somebody, case.code, at=at("2026-06-23"))
    with pytest.raises(Hidden):
        await appraisal_of(insurer, case.code, row.code, at=at("2026-06-23"))
    ready = await paper(case, folder, "意见书.pdf")
    row = await appraising.file_opinion(case.code, row.code, "鉴定意见书", ready, by=expert, at=at("2026-07-10"))
    await resume(case.code, solved="鉴定意见到了", by=play.world.mediator, at=at("2026-07-10"))
    for reader in (patient, hospital, play.world.mediator):
        desk = await desk_of(reader, case.code, at=at("2026-07-11"))
        assert [(each.item.kind, each.title) for each in await pieces_of(desk)][-1] == (
            ProofKind.OPINION,
            "鉴定意见书",
        )
    period = await due(case, Clock.MEDIATE)
    assert period.due == date(2026, 8, 13)
    assert (await DueChange.get(period_id=period.id)).was == date(2026, 7, 23)
    return case


async def test_25_an_appraisal_is_not_counted(play: Play, tmp_path: Path) -> None:
    case = await _appraised(play, tmp_path)
    coming: dict[str, Any] = {
        "community_id": case.community_id,
        "case": case,
        "by": play.world.mediator,
        "meet_by": MeetBy.PHONE,
    }
    coming |= {"offered_at": at("2026-08-01"), "starts_at": at("2026-08-20"), "minutes": 30, "state": Fixing.FIXED}
    meeting = await Appointment.create(**coming)
    await ring(at("2026-08-13 23:59"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    await ring(at("2026-08-14 00:00"))
    case = await Case.get(id=case.id)
    assert (case.state, case.outcome) == (State.TERMINATED, Outcome.PERIOD_EXPIRED)
    assert (await Appointment.get(id=meeting.id)).state is Fixing.CANCELLED
    longer = await _appraised(play, tmp_path)
    await ask_all(longer.code, date(2026, 9, 30), by=play.world.mediator, at=at("2026-08-10"))
    for party in await parties_of(longer):
        await answer_on_paper(longer.code, party.code, by=play.world.mediator, at=at("2026-08-13"))
    await ring(at("2026-08-14 00:00"))
    assert ((await Case.get(id=longer.id)).state, (await due(longer, Clock.MEDIATE)).due) == (
        State.MEDIATING,
        date(2026, 9, 30),
    )


async def test_26_a_traffic_accident(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    asked = {"rule": "D09/request", "from": "2026-05-22"}
    counted = (await client.get("/disputes/days", params=asked)).text
    assert "最后一天：2026年6月1日" in counted
    assert "道路交通安全法实施条例第94条" in counted
    assert "请填一个日期" in (await client.get("/disputes/days", params={**asked, "from": "5月22日"})).text
    hurt, driver, insurer = [await play.person(name) for name in ("伤者", "司机", "保险公司")]
    case = await play.file(hurt, "司机", "被车撞伤。", at("2026-06-05"), kind=Kind.TRAFFIC)
    third = await play.add(case, "保险公司", at("2026-06-05"), side=Side.THIRD)
    await play.invite(case, at("2026-06-05"))
    await play.agree(case, driver, at("2026-06-05"))
    with pytest.raises(Unfit, match="必要当事人未同意"):
        await play.accept(case, at("2026-06-05"))
    await play.agree(case, insurer, at("2026-06-05"), side=Side.THIRD)
    case = await play.lead(await play.accept(case, at("2026-06-05")), at("2026-06-05"))
    assert (third.sign, case.state) == ("T1", State.MEDIATING)
    lines = [("医疗费", 1260000), ("误工费", 800000), ("残疾赔偿金", 9840000)]
    insured = [pay("T1", "A1", fen, "2026-07-31", what) for what, fen in lines]
    words = draft(*insured, pay("R1", "A1", 100000, "2026-07-31", "交强险以外"))
    assert words.total == 12000000
    case = await play.bind(case, words, at("2026-06-10"), hurt, driver, insurer)
    assert sum(each.clause.amount_fen or 0 for each in await obligations_of(case)) == 12000000
    await _with_the_police(play, hurt, driver)


async def _with_the_police(play: Play, hurt: Person, driver: Person) -> None:
    """Let the traffic police mediate in their ten days; a suit ends it, and nobody else but a court goes on."""
    police, head = await org_of(play.world, OrgKind.DEPARTMENT, "云州交警大队")
    other, _ = await org_of(play.world, OrgKind.STREET_OFFICE, "清河街道办事处")
    officer = await play.person("民警", Role.ADMIN_MEDIATOR, police)
    case = await play.talking(hurt, driver, "请交警来调。", at("2026-05-29"), kind=Kind.TRAFFIC)
    plan_ = plan(police, Track.ADMIN)
    handed = await sending.propose(case.code, plan_, by=play.world.director, at=at("2026-05-29"))
    await answering.accept(handed.code, by=head, at=at("2026-06-01"))
    running = await due(case, Clock.MEDIATE)
    assert (running.rule, running.due) == ("D09/finish", date(2026, 6, 11))
    await assign(case.code, officer.code, clear=True, willing=True, by=head, at=at("2026-06-02"))
    await terminate(case.code, Outcome.COURT_SEIZED, by=officer, at=at("2026-06-05"))
    case = await Case.get(id=case.id)
    assert (case.track, case.state, case.outcome) == (Track.ADMIN, State.TERMINATED, Outcome.COURT_SEIZED)
    with pytest.raises(Unfit, match="法院已经受理"):
        await sending.propose(case.code, plan(other, Track.ADMIN), by=head, at=at("2026-06-05"))
    assert "mediator" in await seats_of(officer, case, at=at("2026-06-06"))


async def test_28_a_dog_bit_a_child(play: Play, tmp_path: Path) -> None:
    mother, owner = await play.person("孩子母亲"), await play.person("狗主人")
    child = Named(name="小宝", phone="13800138000")
    case = await play.file(mother, "狗主人", "七岁孩子被狗咬伤。", at("2026-06-01"), kind=Kind.DAMAGE, applicant=child)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    desk: dict[str, Any] = {"by": play.world.intake, "at": at("2026-06-01")}
    await parties.describe(case.code, party.code, born=date(2019, 3, 1), entity=False, incapable=None, **desk)
    who, basis = parties.Someone(name="孩子母亲"), GuardBasis.PARENT
    guard = await parties.name_guardian(case.code, party.code, who, basis, conflict=False, **desk)
    await play.seat(case, guard.code, mother, at("2026-06-01"), play.world.intake)
    await play.invite(case, at("2026-06-01"))
    await play.agree(case, owner, at("2026-06-02"))
    case = await play.lead(await play.accept(case, at("2026-06-02")), at("2026-06-02"))
    photos = told("伤口照片", medical=True)
    bite = await bring(case.code, photos, await paper(case, tmp_path), by=mother, at=at("2026-06-02"))
    assert (bite.party_id, bite.sharing) == (party.id, Sharing.PRIVATE)
    with pytest.raises(Hidden):
        await piece_of(owner, case.code, bite.code, at=at("2026-06-02"))
    register = Line(kind=ClauseKind.DO, who="R1", whom="A1", what="办理养犬登记", until=date(2026, 6, 30))
    words = draft(pay("R1", "A1", 286040, "2026-06-30", "含五针疫苗"), register)
    case = await play.bind(case, words, at("2026-06-05"), mother, owner)
    signed = await Signature.get(party_id=party.id)
    assert (signed.capacity, signed.signer_id, case.state) == (Hands.GUARDIAN, mother.id, State.PERFORMING)
    owed = await Obligation.filter(case_id=case.id).order_by("id").select_related("clause")
    assert [(each.clause.kind, each.clause.amount_fen, each.due_on) for each in owed] == [
        (ClauseKind.PAY, 286040, date(2026, 6, 30)),
        (ClauseKind.DO, None, date(2026, 6, 30)),
    ]
    licence = await bring(case.code, told("养犬登记证"), await paper(case, tmp_path), by=owner, at=at("2026-06-19"))
    await share(case.code, licence.code, by=owner, at=at("2026-06-19"))
    assert (await piece_of(mother, case.code, licence.code, at=at("2026-06-19")))[1].title == "养犬登记证"
    await confirm(case.code, owed[0].code, by=mother, at=at("2026-06-20"))
