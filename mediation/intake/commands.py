"""The committee's side of intake: filing, declining, inviting, accepting."""

from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Hidden
from community.notice.mail import queue_mail
from community.people.models import Person
from community.people.roles import require_in_org, roles_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, may, require
from mediation.case import numbers
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import opened
from mediation.case.mailing import mailed_nowhere
from mediation.case.models import Case, Invitation, Party, Proceeding, Will
from mediation.case.moving import demand, move, permitted
from mediation.case.queries import HIDDEN, org_for, parties_of, visible_case
from mediation.case.states import Outcome
from mediation.intake.filing import put_down
from mediation.intake.rules import (
    BY_LETTER,
    BY_MAIL,
    LINK_LIFE,
    DeclineReason,
    Filing,
    new_token,
)
from mediation.letters.writing import invite_by_letter
from mediation.papers.numbering import give
from mediation.papers.rules import Made
from mediation.parties.queries import guarded


@command
async def file(filing: Filing, *, by: Person, community_id: int, at: datetime) -> Case:
    """Register a dispute. From this moment the request interrupts limitation (诉讼时效规定 12).

    Raises:
        Unfit: something is missing; ``field`` says which.
        Forbidden: ``by`` may neither file for themselves nor for others here.
    """
    filing.check(at)
    await _require_filing(by, community_id, filing, at)
    return await put_down(filing, await org_for(community_id), by=by, at=at)


async def _require_filing(by: Person, community_id: int, filing: Filing, at: datetime) -> None:
    roles = await roles_in_place(by, community_id, at=at)
    if filing.helped and not may(roles, Right.CASE_FILE_FOR):
        org = await org_for(community_id)
        await require_in_org(by, org.id, Right.CASE_FILE_FOR, at=at)
    elif not filing.helped:
        require(roles, Right.CASE_FILE)


@command
async def decline(code: str, reason: DeclineReason, *, by: Person, at: datetime) -> Case:
    """Do not take a dispute, for one of the lawful reasons; the applicant is told which way is open."""
    case, seats = await visible_case(by, code, at=at)
    await move(case, Event.DECLINE, seats=seats, by=by, at=at, outcome=Outcome.DECLINED, reason=reason)
    return case


@command
async def invite(code: str, *, scope_ok: bool, screened: bool, by: Person, at: datetime) -> Case:
    """Ask every respondent whether they want mediation; each gets a link of their own."""
    case, seats = await visible_case(by, code, at=at)
    demand(Event.INVITE, "scope_ok", holds=scope_ok, field="scope_ok")
    demand(Event.INVITE, "dv_screen_done", holds=screened or case.screened, field="screened")
    await move(case, Event.INVITE, seats=seats, by=by, at=at)
    await Case.filter(id=case.id).update(screened=True)
    for party in await parties_of(case):
        if party.will is Will.PENDING:
            await _send(case, party, at)
    return case


@command
async def invite_again(code: str, party_code: str, *, by: Person, at: datetime) -> str:
    """Return the token of a new link for a letter to print, ending the older ones.

    The clerk sees it, so it is not mailed, and whoever answers by it signs in first.
    """
    case, seats = await visible_case(by, code, at=at)
    await require_in_org(by, case.org_id, Right.CASE_INTAKE, at=at)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if party is None or not seats & {Seat.INTAKE, Seat.DIRECTOR}:
        raise Hidden(HIDDEN)
    return await _send(case, party, at, printed_by=by)


async def _send(case: Case, party: Party, at: datetime, *, printed_by: Person | None = None) -> str:
    await Invitation.filter(party_id=party.id, ended_at=None).update(ended_at=at)
    token, digest = new_token()
    attempt = await Invitation.filter(party_id=party.id).count() + 1
    email = "" if printed_by or mailed_nowhere(case, party) else opened(party, "email")
    link = await Invitation.create(
        party=party,
        token_hash=digest,
        channel=BY_MAIL if email else BY_LETTER,
        attempt=attempt,
        sent_at=at,
        expires_at=at + LINK_LIFE,
    )
    await Party.filter(id=party.id, will=Will.PENDING).update(will=Will.INVITED)
    if email:
        facts = {"token": token, "code": case.code, "kind": case.type_code}
        await queue_mail(email, "zh-CN", "mediation/intake/mail_invitation", facts, at=at, topic="case", secret=True)
    else:
        await invite_by_letter(case, party, link, by=printed_by, at=at)
    where = case.community_id
    await record("case.invited", case.key, by=None, at=at, community_id=where, party=party.code, attempt=attempt)
    return token


@command
async def accept(code: str, *, by: Person, at: datetime) -> Case:
    """Accept a dispute that everybody needed wants mediated, and give it the next number of the year."""
    return await accept_on(code, local_day(at), by=by, at=at)


@command
async def accept_on(code: str, on: date, *, by: Person, at: datetime) -> Case:
    """Accept as of a day that is not later than today: that on which it was done on paper; the number is given now."""
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.ACCEPT, seats=seats, by=by)
    parties = await parties_of(case)
    wills = [party.will for party in parties if party.indispensable]
    demand(Event.ACCEPT, "nobody_refused", holds=Will.REFUSED not in wills)
    demand(Event.ACCEPT, "indispensable_consented", holds=all(will is Will.CONSENTED for will in wills))
    demand(Event.ACCEPT, "guardians_present", holds=await guarded(parties, at=at))
    number = await give(case, numbers.Kind.PEOPLE, Made.CASE, by=by, at=at)
    await Proceeding.create(case=case, seq=1, track=case.track, org=case.org, number=number, accepted_on=on)
    await move(case, Event.ACCEPT, seats=seats, by=by, at=at, since=on, number=number)
    return case
