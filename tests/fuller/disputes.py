"""Disputes at moments that pass: just filed, invited, asked for more time, for company, for another road."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from community.notice.models import Mail
from community.rights import Role
from community.subject_requests.commands import ask as ask_for_own
from community.subject_requests.rules import Kind
from mediation.appointment.answering import answer_by_link
from mediation.appointment.letters import token_for
from mediation.appointment.offering import Offer, fix
from mediation.appointment.offering import offer as offer_times
from mediation.appointment.rules import MeetBy
from mediation.archive.commands import archive
from mediation.archive.models import CaseDossier
from mediation.assignment.joining import invite_org
from mediation.case.access import Thing
from mediation.case.models import Party
from mediation.clock import extending
from mediation.confirmation import applying
from mediation.disposal import commands as disposals
from mediation.evidence.appraising import Proposal, propose
from mediation.evidence.asking import ask_original
from mediation.evidence.commands import bring, share
from mediation.evidence.keeping import keep
from mediation.interpreting.commands import ask_line
from mediation.minutes.queries import record_of
from mediation.minutes.sealing import seal
from mediation.minutes.speaking import refuse
from mediation.minutes.text import digest
from mediation.minutes.writing import Head, open_record, send_round, state
from mediation.parties.commands import interpret
from mediation.parties.rules import AttendRole
from mediation.parties.seating import ask_in, offer, take
from mediation.privacy.commands import ask
from mediation.referral import sending
from mediation.referral.rules import Basis
from mediation.risk.commands import set_level
from mediation.risk.rules import Level
from mediation.risk.safety import extract
from mediation.room.card_rules import CardKind, Terms
from mediation.room.cards import lay
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from mediation.supervision.commands import issue
from mediation.supervision.rules import Colour, Ground
from tests.fuller.held import Fuller
from tests.mediation.agreement.test_amending import sent as sent_round
from tests.mediation.archive.test_archiving import archivist_of, binding, turned_down
from tests.mediation.assignment.test_joining import another
from tests.mediation.digitised.making import scanned
from tests.mediation.evidence.making import picture, told
from tests.mediation.filing import link_of
from tests.mediation.privacy.test_pages import officer
from tests.mediation.referral.making import AT, court_of, dispatcher_of, plan, sent, talking
from tests.scene import EVENING


async def opened(fuller: Fuller) -> None:
    """Lead to the pages after filing and after saving a draft, and to an invitation."""
    cases = fuller.scene.cases
    invitation = f"/i/{await link_of(cases['inviting'])}"
    fuller.leads(f"/cases/{cases['registered'].code}/receipt", who="lan")
    fuller.leads(f"/cases/{cases['drafting'].code}/agreement/preview", who="mediator")
    for name, who in (("accepted", "director"), ("registered", "lan"), ("registered", "intake")):
        fuller.leads(f"/cases/{cases[name].code}", who=who)  # there are more disputes than a walk looks at
    for who in ("visitor", "qiang"):
        fuller.leads(invitation, who=who)


async def asked_along(fuller: Fuller) -> None:
    """Ask the parties of a dispute for more time, and another committee to mediate along."""
    world, case = fuller.scene.world, fuller.scene.cases["talking"]
    by = world.mediator
    await extending.ask_all(case.code, date(2026, 6, 30), by=by, at=EVENING)
    mail = await Mail.filter(template="mediation/clock/mail_extension").order_by("-id").first()
    assert mail
    fuller.leads(f"/x/{mail.values['token']}", who="visitor")
    fuller.leads(f"/cases/{case.code}/extension", who="qiang")
    row = await ask_in(case.code, AttendRole.RECORDER, "记录", "写笔录", agreed=False, sworn=True, by=by, at=EVENING)
    token = await offer(case.code, row.code, by=by, at=EVENING)
    for who in ("visitor", "xiu"):
        fuller.leads(f"/beside/{token}", who=who)
    org, head, _ = await another(world)
    joint = await invite_org(case.code, org.code, why="漏水处跨了两个社区。", by=world.director, at=EVENING)
    fuller.guest("of another committee", "/desk", f"/joint/{joint.code}", person=head)


async def written_down(fuller: Fuller) -> None:
    """Keep three records of a dispute: one being written, one that goes round, one that is sealed."""
    world, case = fuller.scene.world, fuller.scene.cases["talking"]
    by: dict[str, Any] = {"by": world.mediator, "at": EVENING}
    rows = [
        await open_record(case.code, Head(place="社区", present="三方"), held_at=EVENING, rights_told=True, **by)
        for _ in range(3)
    ]
    for row in rows[1:]:
        await state(case.code, row.code, speaker="阿兰", words="管子还在漏。", **by)
        await send_round(case.code, row.code, **by)
    for party in await Party.filter(case_id=case.id, left_at=None).order_by("id"):
        await refuse(case.code, rows[2].code, party.code, why="要先问家里人", **by)
    shown = digest((await record_of(world.mediator, case.code, rows[2].code, at=EVENING)).words)
    await seal(case.code, rows[2].code, shown=shown, **by)
    for who in ("mediator", "lan"):
        fuller.leads(f"/cases/{case.code}/minutes", who=who)


async def arranged(fuller: Fuller) -> None:
    """Offer the parties of a dispute some times, and fix another appointment."""
    world, case = fuller.scene.world, fuller.scene.cases["talking"]
    terms = Offer(begins=[EVENING + timedelta(days=n) for n in (2, 3)], meet_by=MeetBy.ONLINE, minutes=60)
    by = world.mediator
    asked = await offer_times(case.code, terms, by=by, at=EVENING)
    row = await offer_times(case.code, terms, by=by, at=EVENING)
    for party in await Party.filter(case_id=case.id):
        await answer_by_link(token_for(row, party), [1], by=None, at=EVENING)
        fuller.leads(f"/a/{token_for(row, party)}", who="visitor")
    fuller.leads(f"/a/{token_for(asked, party)}", who="visitor")
    await fix(case.code, row.code, 1, by=by, at=EVENING)
    joint = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    alone = await Room.filter(case_id=case.id, kind=RoomKind.CAUCUS).order_by("id").first()
    assert alone
    fuller.leads(f"/cases/{case.code}/rooms/{alone.code}", who="mediator")
    await lay(joint.code, "card", CardKind.PROPOSAL, Terms(text="各让一步。"), by=by, at=EVENING)
    for who in ("lan", "mediator"):
        fuller.leads(f"/cases/{case.code}/rooms/{joint.code}", who=who)
    there = f"/cases/{case.code}/appointments"
    for who in ("lan", "mediator"):
        fuller.leads(there, who=who)
        fuller.leads(f"{there}/{row.code}", who=who)
        fuller.leads(f"{there}/{asked.code}", who=who)


async def proven(fuller: Fuller) -> None:
    """Bring a photograph that the other side asks the original of, and ask the parties about an expert."""
    world, case = fuller.scene.world, fuller.scene.cases["talking"]
    kept = [await keep(fuller.app.state.files, case, BytesIO(picture()), "漏水.jpg")]
    item = await bring(case.code, told(), kept, by=world.lan, at=EVENING)
    await share(case.code, item.code, by=world.lan, at=EVENING)
    await ask_original(case.code, item.code, by=world.qiang, at=EVENING)
    wish = Proposal(matter="吊顶是不是因为漏水塌的", expert="示范鉴定所", payer="双方各付一半")
    await propose(case.code, wish, by=world.mediator, at=EVENING)


async def translated(fuller: Fuller) -> None:
    """Seat an interpreter, and hand a line and a record over."""
    world, case = fuller.scene.world, fuller.scene.cases["talking"]
    by: dict[str, Any] = {"by": world.mediator, "at": EVENING}
    party = await Party.filter(case_id=case.id, left_at=None).order_by("id").first()
    assert party
    row = await interpret(case.code, party.code, "帕老师", "维吾尔语", kin=False, sworn=True, **by)
    hearer = await officer(world, "帕老师", Role.RESIDENT)
    await take(await offer(case.code, row.code, **by), by=hearer, at=EVENING)
    joint = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    said = await send(joint.code, "salam", "سالام", by=world.mediator, at=EVENING)
    task = await ask_line(case.code, joint.code, said.seq, row.code, **by)
    base = f"/cases/{case.code}/interpreting"
    fuller.guest("interpreter", f"/cases/{case.code}", base, f"{base}/{task.code}", person=hearer)
    fuller.leads(base, who="mediator")
    fuller.leads(f"/cases/{case.code}/rooms/{joint.code}", who="mediator")


async def handed_on(fuller: Fuller) -> None:
    """Send one dispute to a court, and ask the parties of another whether theirs may go."""
    world = fuller.scene.world
    court, head = await court_of(world)
    handover = await sent(world, await talking(world), court)
    there = f"/handovers/{handover.code}"
    fuller.guest("of the court", "/handovers", there, f"{there}/package.zip", person=head)
    duty = await dispatcher_of(world)
    watched = f"/cases/{fuller.scene.cases['talking'].code}"
    other = await issue(handover.case.code, Ground.NOT_DONE, "哪天办完？", days=3, colour=Colour.YELLOW, by=duty, at=AT)
    fuller.leads(f"/supervision/{other.code}", who="director")
    fuller.guest("dispatcher", "/desk", "/dispatch", "/supervision", watched, f"{watched}/supervision", person=duty)
    case = await talking(world)
    await sending.propose(case.code, plan(court, basis=Basis.CONSENT, article=""), by=world.director, at=AT)
    for who in ("lan", "director"):
        fuller.leads(f"/cases/{case.code}/handover", who=who)


async def confirmed(fuller: Fuller) -> None:
    """Have both parties ask a court to confirm their agreement."""
    world, case = fuller.scene.world, fuller.scene.cases["performing"]
    court, head = await court_of(world)
    await applying.prepare(case.code, court.code, by=world.lan, at=EVENING)
    for person in (world.lan, world.qiang):
        await applying.apply(case.code, sworn=True, by=person, at=EVENING)
    found = await applying.file(case.code, by=world.mediator, at=EVENING)
    there = f"/confirmations/{found.code}"
    fuller.guest("of the confirming court", "/confirmations", there, f"{there}/package.pdf", person=head)
    for who in ("lan", "mediator", "director"):
        fuller.leads(f"/cases/{case.code}/confirmation", who=who)


async def changed(fuller: Fuller) -> None:
    """Send a supplement to an agreement round."""
    case = await sent_round(fuller.scene.world)
    for who in ("lan", "mediator"):
        fuller.leads(f"/cases/{case.code}/agreement/versions/1", who=who)
        fuller.leads(f"/cases/{case.code}/agreement/changes", who=who)


async def shelved(fuller: Fuller) -> None:
    """Put one dispute that was turned down on the shelf."""
    world = fuller.scene.world
    case, keeper = await turned_down(world), await archivist_of(world)
    await archive(case.code, await binding(case), by=keeper, at=EVENING)
    copy = await scanned(world, fuller.app.state.files, by=keeper, at=EVENING)
    old = f"/shelf/paper/{copy.code}"
    papers = ("/shelf/retention", "/shelf/paper", "/shelf/paper/new", old, f"{old}/scans/1", f"{old}/scans/1/pages/1")
    await CaseDossier.filter(case_id=case.id).update(kept_until=EVENING.date() - timedelta(days=1))
    ripe = await disposals.propose([case.code], "保管期限已过，没有再用的价值。", by=keeper, at=EVENING)
    disposal = ("/shelf/disposal", f"/shelf/disposal/{ripe.code}", f"/shelf/disposal/{ripe.code}/list.pdf")
    leaves = f"/cases/{case.code}/dossier"
    fuller.guest("archivist", "/desk", "/shelf", leaves, *papers, *disposal, person=keeper)


async def looked_into(fuller: Fuller) -> None:
    """Ask that the people of one dispute be shown for half an hour."""
    world = fuller.scene.world
    guard = await officer(world, "老护", Role.PRIVACY_OFFICER)
    case = fuller.scene.cases["talking"]
    why = {"basis": "民法典第一百八十四条", "reason": "对方送医，要联系家里人。"}
    permit = await ask(case.code, Thing.IDENTITY, minutes=30, **why, by=world.director, at=EVENING)
    wish = await ask_for_own(Kind.CORRECT, "门牌写错了。", by=world.lan, at=EVENING)
    mine = f"/information/{wish.code}"
    fuller.guest("privacy officer", f"/glass/{permit.code}", "/desk/information", mine, person=guard)
    fuller.leads(mine, who="lan")
    fuller.leads("/desk/information/new", who="clerk")
    fuller.leads(f"/glass/{permit.code}", who="director")
    red = await talking(world)
    await set_level(red.code, Level.RED, "他在门口等着。", by=world.mediator, at=EVENING)
    made = await extract(red.code, "清河派出所", by=world.mediator, at=EVENING)
    fuller.leads(f"/cases/{red.code}/risk", who="mediator")
    fuller.leads(f"/extracts/{made.code}", who="mediator")
