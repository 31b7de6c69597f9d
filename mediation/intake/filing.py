"""Putting a filing down: the case, its first two parties, where it came from, who helped, and its fingerprints."""

from datetime import datetime

from community.calendar.rules import local_day
from community.errors import Unfit
from community.orgs.models import Org
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import CASE_COLUMNS, give_key, lock_case, lock_party, share_key
from mediation.case.models import Case, Consent, Party, Side, Track, Will
from mediation.case.moving import move
from mediation.intake.fingerprints import imprint
from mediation.intake.models import Assistance, ChannelRef, PaperForm
from mediation.intake.rules import NOTICE_VERSION, Filing, Named


async def put_down(
    filing: Filing, org: Org, *, by: Person, at: datetime, after: Case | None = None, track: Track = Track.PEOPLE
) -> Case:
    """Put a checked filing down as a case that waits to be looked at; call it inside a command.

    The day of filing is the one on which it came in where it came in first (诉讼时效规定 12). ``after`` is the case
    that it goes on from, on another ``track``; the two stay two.
    """
    came, where = filing.received_at or at, after.community_id if after else org.community_id
    case = Case(
        community_id=where,
        org=org,
        track=track,
        linked_from=after,
        type_code=filing.kind,
        filed_by=by,
        filed_at=came,
        moved_at=at,
    )
    case.helped, case.afraid, case.channel = filing.helped, filing.afraid, filing.channel
    case.on_paper = filing.on_paper
    give_key(case)
    for column in CASE_COLUMNS:
        lock_case(case, column, getattr(filing, column))
    await case.save()
    applicant = await add_party(case, Side.APPLICANT, filing.applicant, person=None if filing.helped else by)
    await add_party(case, Side.RESPONDENT, filing.respondent, person=None)
    await _agreed(applicant, filing, by, at)
    await _arrived(case, filing, by, came)
    await imprint(case)
    if filing.on_paper:
        await PaperForm.create(case=case, formed_at=came, keyed_at=at)
    seat, event = Seat.HELPER if filing.helped else Seat.APPLICANT, Event.SUBMIT if filing.asked else Event.DISCOVER
    since = local_day(came) if filing.on_paper else None
    await move(case, event, seats={seat}, by=by, at=at, since=since, code=case.code, channel=filing.channel)
    return case


async def add_party(
    case: Case, side: Side, named: Named, *, person: Person | None = None, ordinal: int = 1, needed: bool = True
) -> Party:
    """Put down one party; call it inside a command."""
    party = Party(case=case, side=side, ordinal=ordinal, person=person, indispensable=needed)
    share_key(case, party)
    for column in ("name", "phone", "email"):
        lock_party(party, column, getattr(named, column))
    await party.save()
    return party


async def _agreed(applicant: Party, filing: Filing, by: Person, at: datetime) -> None:
    """Who comes by themselves has agreed; whom somebody else sends or reports is asked like the other side."""
    if not filing.asked:
        return
    method = "on_behalf" if filing.helped else "click"
    await Consent.create(party=applicant, act="mediate", given=True, text_version=NOTICE_VERSION, method=method, at=at)
    await Party.filter(id=applicant.id).update(will=Will.CONSENTED)
    if filing.helped and filing.authorised:
        await Assistance.create(
            case_id=applicant.case_id, party=applicant, helper=by, authorised=filing.authorised, read_back_at=at
        )


async def _arrived(case: Case, filing: Filing, by: Person, came: datetime) -> None:
    number = filing.number.strip() or case.code
    known = ChannelRef.filter(org_id=case.org_id, channel=filing.channel, number=number)
    if await known.exists():
        raise Unfit("这个编号已经登记过，请在收件台按编号查找。", field="number")
    await ChannelRef.create(
        case=case, org_id=case.org_id, channel=filing.channel, number=number, by=by, received_at=came
    )
