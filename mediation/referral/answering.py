"""The receiver's answer: it takes the case, with a proceeding of its own, or sends it back and says on what ground."""

from datetime import datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import require_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.agreement.models import AgreementVersion
from mediation.appointment.offering import call_off_all
from mediation.assignment.models import JointOrg
from mediation.assignment.rules import Left
from mediation.case import numbers
from mediation.case.access import Seat, Thing
from mediation.case.events import Event
from mediation.case.models import Assignment, Case, Proceeding, Track
from mediation.case.moving import demand, move
from mediation.case.noting import fitting
from mediation.clock.models import ExtensionAsk
from mediation.papers.numbering import give
from mediation.papers.rules import Made
from mediation.privacy.logging import put_down
from mediation.referral.models import Handover, HandoverItem
from mediation.referral.package import items_of, locked_words
from mediation.referral.queries import HIDDEN, View, may_open, visible_handover
from mediation.referral.rules import ARTICLE_MOST, OWN_NUMBER, Passing
from mediation.room.models import RoomMember
from mediation.room.opening import close_rooms, end_membership
from mediation.room.rules import Chair

ANSWERED: Final = "这件移交已经答复过了，请刷新后再看。"
NUMBER_MOST: Final = 64


async def _waiting(code: str, *, by: Person, at: datetime) -> Handover:
    """Return a handover that ``by`` may answer for their organisation."""
    handover, views = await visible_handover(by, code, at=at)
    if View.RECEIVER not in views:
        raise Forbidden("只有接收单位的负责人才能答复。")
    await require_in_org(by, handover.to_org_id, Right.CASE_DIRECT, at=at)
    if not may_open(handover, views) or handover.state is not Passing.SENT:
        raise MovedOn(ANSWERED)
    return handover


@command
async def accept(code: str, *, number: str = "", by: Person, at: datetime) -> Case:
    """Take a case: from this moment it is ours, on our track, under our number, and the sender's people are out.

    ``number`` is the receiver's own, on the tracks where it keeps books of its own (`OWN_NUMBER`).

    Raises:
        Unfit: that number is missing, too long, or stands on another case.
        MovedOn: it was answered, or the case went another way.
    """
    handover = await _waiting(code, by=by, at=at)
    case: Case = handover.case
    org = await Org.get(id=handover.to_org_id)
    given = await _number(case, org, handover.to_track, number, by=by, at=at)
    await _settle(handover, Passing.ACCEPTED, by=by, at=at)
    await _new_proceeding(case, org, handover.to_track, given, at)
    case.track = handover.to_track
    facts: dict[str, Any] = {"handover": handover.id, "org": org.id, "left": handover.from_org_id, "number": given}
    await move(case, Event.HANDOVER_ACCEPT, seats={Seat.RECEIVER}, by=by, at=at, track=case.track, **facts)
    await call_off_all(case, by=by, at=at)
    await Case.filter(id=case.id).update(org_id=org.id, track=case.track, outcome=None)
    await _leave(case, at)
    return await Case.get(id=case.id).select_related("org")


async def _number(case: Case, org: Org, track: Track, number: str, *, by: Person, at: datetime) -> str:
    given = number.strip()
    if track not in OWN_NUMBER:
        kind = numbers.Kind.ADMIN if track is Track.ADMIN else numbers.Kind.PEOPLE
        return await give(case, kind, Made.CASE, by=by, at=at, org_id=org.id)
    demand(Event.HANDOVER_ACCEPT, "new_proceeding", holds=0 < len(given) <= NUMBER_MOST, field="number")
    if await Proceeding.filter(number=given).exists():
        raise Unfit("这个编号已经用在另一件事上，请核对。", field="number")
    return given


async def _new_proceeding(case: Case, org: Org, track: Track, number: str, at: datetime) -> None:
    today = local_day(at)
    await Proceeding.filter(case_id=case.id, ended_on=None).update(ended_on=today)
    seq = await Proceeding.filter(case_id=case.id).count() + 1
    await Proceeding.create(case=case, seq=seq, track=track, org=org, number=number, accepted_on=today)


async def _leave(case: Case, at: datetime) -> None:
    """Let everybody of the sender out, close its rooms, and drop the wordings it was still writing."""
    for seat in await _staff(case):
        await end_membership(case, seat, at=at)
    await close_rooms(case, at=at)
    await Assignment.filter(case_id=case.id, until=None).update(until=at, ended_because="transferred")
    await JointOrg.filter(case_id=case.id, left_at=None).update(left_at=at, left_because=Left.HANDED_ON)
    asks = await ExtensionAsk.filter(period__case_id=case.id, ended_at=None).values_list("id", flat=True)
    await ExtensionAsk.filter(id__in=list(asks)).update(ended_at=at)
    drafts = AgreementVersion.filter(agreement__case_id=case.id, frozen_at=None, voided_at=None)
    await AgreementVersion.filter(id__in=[each.id for each in await drafts]).update(voided_at=at)


async def _staff(case: Case) -> list[Person]:
    seats = RoomMember.filter(room__case_id=case.id, until=None).exclude(chair=Chair.PARTY)
    ids = {each.person_id for each in await seats}
    return await Person.filter(id__in=list(ids)).order_by("id")


@command
async def reject(code: str, *, reason: str, article: str, by: Person, at: datetime) -> Case:
    """Send a case back: it stands where it stood, and its clocks go on with the days that were left.

    Raises:
        Unfit: reason or legal basis is missing, or the centre decided that this organisation has to take it.
        MovedOn: it was answered, or the case went another way.
    """
    handover = await _waiting(code, by=by, at=at)
    case: Case = handover.case
    demand(Event.HANDOVER_REJECT, "bounced_once_at_most", holds=not handover.ordered, field="reason")
    told, basis = fitting(reason, "reason"), article.strip()
    demand(Event.HANDOVER_REJECT, "reject_reason_and_basis", holds=bool(told), field="reason")
    demand(Event.HANDOVER_REJECT, "reject_reason_and_basis", holds=0 < len(basis) <= ARTICLE_MOST, field="article")
    locked = locked_words(handover, "answer", told)
    await _settle(handover, Passing.REJECTED, by=by, at=at, answer=locked, answer_basis=basis)
    await go_back(case, handover, seats=frozenset({Seat.RECEIVER}), by=by, at=at)
    return case


async def go_back(case: Case, handover: Handover, *, seats: frozenset[Seat], by: Person, at: datetime) -> None:
    """Put a case back where it stood before it was sent; call it inside a command."""
    facts: dict[str, Any] = {"handover": handover.id, "org": handover.to_org_id}
    await move(case, Event.HANDOVER_REJECT, seats=seats, by=by, at=at, returning=handover.return_state, **facts)


async def _settle(handover: Handover, to: Passing, *, by: Person, at: datetime, **more: object) -> None:
    changes = {"state": to, "answered_by_id": by.id, "answered_at": at, **more}
    if not await Handover.filter(id=handover.id, state=Passing.SENT).update(**changes):
        raise MovedOn(ANSWERED)
    handover.update_from_dict(changes)


@command
async def open_package(code: str, *, by: Person, at: datetime) -> tuple[Handover, list[HandoverItem]]:
    """Return the papers to their receiver, and put on record that they were read (个人信息保护法 51)."""
    handover, views = await visible_handover(by, code, at=at)
    if not may_open(handover, views):
        raise Hidden(HIDDEN)
    case: Case = handover.case
    where = handover.community_id
    await put_down(case, f"handover-{handover.id}", Thing.IDENTITY, Seat.RECEIVER, by=by, at=at)
    await record("handover.opened", case.key, by=by, at=at, community_id=where, handover=handover.id)
    return handover, await items_of(handover)
