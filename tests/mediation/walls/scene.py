"""One case with something behind every wall, and somebody in every seat that can be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from community.orgs.models import Org
from community.orgs.rules import OrgKind
from community.people.models import Holding, Person
from community.privacy import vault
from community.record.transaction import transact
from community.rights import Role
from mediation.agreement import commands as agreements
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import AgreementVersion
from mediation.appointment.models import Appointment
from mediation.appointment.rules import Fixing, MeetBy
from mediation.assignment.commands import assign
from mediation.assignment.models import JointOrg
from mediation.case.access import Phase, Seat
from mediation.case.models import Assignment, Case, Party, Side, Track
from mediation.case.states import State
from mediation.confirmation.grounds import Nexus
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.rules import Course
from mediation.minutes.models import TalkMinutes
from mediation.minutes.queries import record_of
from mediation.minutes.rules import RecordStage
from mediation.minutes.sealing import seal
from mediation.minutes.speaking import refuse
from mediation.minutes.text import digest
from mediation.minutes.writing import Head, open_record, send_round, state
from mediation.parties import commands as parties
from mediation.parties import seating
from mediation.parties.commands import Someone
from mediation.parties.rules import AttendRole, ProxyKind
from mediation.referral.models import Handover
from mediation.referral.rules import Basis, Passing
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.opening import enter
from mediation.room.rules import Chair
from tests.mediation.agreement import making
from tests.mediation.filing import STATEMENT, accepted
from tests.world import NOON, World

AT = NOON + timedelta(days=3)
WORDS = {"joint": "大家都在的话", "A1": "阿兰单独说的话", "R1": "阿强单独说的话", "internal": "调解员自己记的话"}
RECORDED = "写进笔录的话"
PROMISE = "更换漏水的水管"
TALE = STATEMENT
PHONES = {Seat.APPLICANT: "13800138000", Seat.RESPONDENT: "13900139000"}
NAMES = ("阿兰", "阿强")
STANDS = {
    Phase.BEFORE: State.INVITING,
    Phase.TALKS: State.SIGNING,
    Phase.EFFECT: State.PERFORMING,
    Phase.ARCHIVED: State.ARCHIVED,
}
"""Where the case stands while a phase is tried."""


@dataclass
class Walled:
    """The case, its rooms, and who sits where; ``None`` is somebody with no seat at all."""

    case: Case
    rooms: dict[str, Room]
    records: dict[RecordStage, TalkMinutes]
    people: dict[Seat | None, Person] = field(default_factory=dict)
    meeting: str = ""


async def walled(world: World) -> Walled:
    """Bring the leak to its agreement, with words in every room, and seat everybody."""
    case = await accepted(world)
    await assign(case.code, world.mediator.code, clear=True, willing=True, by=world.director, at=AT)
    rooms = await _talk(case, world)
    records = {stage: await _written(case, world, stage) for stage in (RecordStage.OPEN, RecordStage.SEALED)}
    await _agree(case, world)
    people = await _seated(case, rooms["joint"], world)
    await case.refresh_from_db()
    return Walled(case, rooms, records, people, await _alone(case, world))


async def _alone(case: Case, world: World) -> str:
    """Fix a talk with the applicant alone and return its code."""
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    row = await Appointment.create(
        community_id=case.community_id,
        case=case,
        party=party,
        by=world.mediator,
        offered_at=AT,
        meet_by=MeetBy.PHONE,
        minutes=30,
        state=Fixing.FIXED,
        starts_at=making.LATER,
    )
    return row.code


async def _talk(case: Case, world: World) -> dict[str, Room]:
    found = await Room.filter(case_id=case.id).select_related("party")
    rooms = {room.party.sign if room.party else str(room.kind): room for room in found}
    said = {"joint": world.lan, "A1": world.lan, "R1": world.qiang, "internal": world.mediator}
    for name, who in said.items():
        await send(rooms[name].code, f"line-{name}", WORDS[name], by=who, at=AT)
    return rooms


async def _written(case: Case, world: World, stage: RecordStage) -> TalkMinutes:
    """Keep a record that is being written, or one that is sealed."""
    by: dict[str, Any] = {"by": world.mediator, "at": AT}
    row = await open_record(case.code, Head(place="社区", present="三方"), held_at=AT, rights_told=True, **by)
    await state(case.code, row.code, speaker="阿兰", words=RECORDED, **by)
    if stage is RecordStage.SEALED:
        await send_round(case.code, row.code, **by)
        for party in await Party.filter(case_id=case.id):
            await refuse(case.code, row.code, party.code, why="不识字", **by)
        words = (await record_of(world.mediator, case.code, row.code, at=AT)).words
        await seal(case.code, row.code, shown=digest(words), **by)
    return row


async def _agree(case: Case, world: World) -> None:
    await agreements.begin(case.code, accepted=True, by=world.mediator, at=making.DAY)
    await agreements.save(case.code, making.draft(), by=world.mediator, at=making.DAY)
    await agreements.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=making.DAY)
    await case.refresh_from_db()
    for person in (world.lan, world.qiang, world.mediator):
        await making.sign(case, person)
    await making.seal(case, world.director, making.LATER)


async def _seated(case: Case, joint: Room, world: World) -> dict[Seat | None, Person]:
    court = await Org.create(kind=OrgKind.COURT, name="云州区法院", short_name="云州法", place=world.street)
    offices: dict[Seat, tuple[Role, dict[str, object]]] = {
        Seat.COLLEAGUE: (Role.PEOPLE_MEDIATOR, {"org": world.mediation_committee}),
        Seat.FORMER: (Role.PEOPLE_MEDIATOR, {"org": world.mediation_committee}),
        Seat.CO: (Role.PEOPLE_MEDIATOR, {"org": court}),
        Seat.ARCHIVIST: (Role.ARCHIVIST, {"org": world.mediation_committee}),
        Seat.CENTRE: (Role.DISPATCHER, {"place": world.street}),
        Seat.JUSTICE: (Role.JUSTICE_OFFICE, {"place": world.street}),
        Seat.AUDITOR: (Role.AUDITOR, {"place": world.street}),
        Seat.PRIVACY: (Role.PRIVACY_OFFICER, {"place": world.street}),
        Seat.COURT: (Role.DIRECTOR, {"org": court}),
        Seat.HELPER: (Role.GRID_WORKER, {"place": world.grid}),
        **dict.fromkeys(BESIDE, (Role.RESIDENT, {"place": world.community})),
    }
    found: dict[Seat | None, Person] = {seat: await _officer(seat, *office) for seat, office in offices.items()}
    await Assignment.create(
        case=case, mediator=found[Seat.FORMER], mode="designated", since=AT, until=AT, ended_because="recused"
    )
    along = JointOrg(case=case, org=court, invited_at=AT, accepted=True, mediator=found[Seat.CO], joined_at=AT)
    along.why = vault.lock("漏水处在两家之间。", about=f"joint_org|{along.code}|why")
    await along.save()
    await transact(lambda: enter(joint, found[Seat.CO], Chair.MEDIATOR, at=AT))
    await _beside(case, found, world)
    await _commissioned(case, court, world)
    await Case.filter(id=case.id).update(helped=True, filed_by_id=found[Seat.HELPER].id)
    return found | {
        Seat.APPLICANT: world.lan,
        Seat.RESPONDENT: world.qiang,
        Seat.INTAKE: world.intake,
        Seat.MEDIATOR: world.mediator,
        Seat.DIRECTOR: world.director,
        Seat.PARTY_OFFICE: world.moderator,
        Seat.ADMIN: world.admin,
        None: world.stranger,
    }


BESIDE = (Seat.AGENT, Seat.INTERPRETER, Seat.INVITEE, Seat.RECORDER)


async def _beside(case: Case, people: Mapping[Seat | None, Person], world: World) -> None:
    """Seat those who stand beside a party by their links, while the case is talked over."""
    state = case.state
    await Case.filter(id=case.id).update(state=State.MEDIATING)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    by: dict[str, Any] = {"by": world.mediator, "at": making.LATER}
    agent = await parties.appoint(case.code, party.code, Someone(name="代理"), ProxyKind.LAWYER, (), until=None, **by)
    hearer = await parties.interpret(case.code, party.code, "翻译", "粤语", kin=False, sworn=True, **by)
    rows = {Seat.AGENT: agent.code, Seat.INTERPRETER: hearer.code}
    for seat, role in ((Seat.INVITEE, AttendRole.INVITEE), (Seat.RECORDER, AttendRole.RECORDER)):
        row = await seating.ask_in(case.code, role, "某人", "请来的", agreed=True, sworn=True, **by)
        rows[seat] = row.code
    for seat, code in rows.items():
        await seating.take(await seating.offer(case.code, code, **by), by=people[seat], at=making.LATER)
    await Case.filter(id=case.id).update(state=state)


async def outsider(case: Case, world: World, seat: Seat) -> Person:
    """Seat the head of a body that is asked to take the case over, or of a court that is to confirm the agreement."""
    kind = OrgKind.COURT if seat is Seat.COURT_CONFIRMING else OrgKind.MEDIATION_COMMITTEE
    org = await Org.create(kind=kind, name=f"别处{seat}", short_name=seat[:8], place=world.street)
    head = await _officer(seat, Role.DIRECTOR, {"org": org})
    given: dict[str, Any] = {"community_id": case.community_id, "case": case}
    if seat is Seat.COURT_CONFIRMING:
        version = await AgreementVersion.get(agreement__case_id=case.id)
        filed: dict[str, Any] = {"began_at": AT, "filed_at": AT, "stage": Course.FILED, "link": Nexus.DOMICILE}
        await CourtConfirmation.create(**given, version=version, court=org, **filed)
        return head
    roads: dict[str, Any] = {
        "from_track": Track.PEOPLE,
        "to_track": Track.PEOPLE,
        "basis": Basis.STATUTORY,
        "reason": "",
    }
    asked: dict[str, Any] = {"state": Passing.SENT, "proposed_by": world.director, "proposed_at": AT, "sent_at": AT}
    await Handover.create(**given, from_org_id=case.org_id, to_org=org, **roads, **asked)
    return head


async def _officer(seat: Seat, role: Role, where: dict[str, object]) -> Person:
    person = await Person.create(name=f"在座{seat}", email=f"{seat}@example.org", joined_at=NOON, confirmed_at=NOON)
    await Holding.create(person=person, role=role, since=NOON, **where)  # type: ignore[arg-type]
    return person


async def _commissioned(case: Case, court: Org, world: World) -> None:
    await Case.filter(id=case.id).update(track=Track.COURT_PRE)
    await Handover.create(
        community_id=case.community_id,
        case=case,
        from_org=court,
        to_org=world.mediation_committee,
        from_track=Track.COURT_PRE,
        to_track=Track.COURT_PRE,
        basis=Basis.STATUTORY,
        reason="",
        state=Passing.ACCEPTED,
        proposed_by=world.director,
        proposed_at=AT,
        sent_at=AT,
    )


async def stand_in(phase: Phase, made: Walled) -> State:
    """Put the case where ``phase`` is, with all that was said and signed left behind the walls."""
    state = STANDS[phase]
    await Case.filter(id=made.case.id).update(state=state)
    made.case.state = state
    return state
