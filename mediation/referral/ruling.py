"""The centre's side (综治中心): calling back what nobody answers, and deciding on what was sent back twice."""

from datetime import datetime

from community.calendar.rules import local_day
from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.moving import NOT_YOURS, demand, permitted
from mediation.case.noting import fitting, note
from mediation.case.queries import visible_case
from mediation.referral.answering import ANSWERED, go_back
from mediation.referral.models import Handover
from mediation.referral.package import locked_words
from mediation.referral.queries import bounced, due_of, open_of
from mediation.referral.rules import MOST_BOUNCES, Passing


@command
async def recall(code: str, *, reason: str, by: Person, at: datetime) -> Case:
    """Take a case back from a receiver who let the time pass, to where it stood; it may be sent elsewhere then.

    Raises:
        Unfit: no reason is given, or the receiver still has time.
        Forbidden: ``by`` does not dispatch here.
        MovedOn: it was answered meanwhile.
    """
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.HANDOVER_REJECT, seats=seats & {Seat.CENTRE}, by=by)
    handover, told = await open_of(case), fitting(reason, "reason")
    if handover is None:
        raise MovedOn(ANSWERED)
    demand(Event.HANDOVER_REJECT, "reject_reason_and_basis", holds=bool(told), field="reason")
    due = (await due_of([handover])).get(case.id)
    demand(Event.HANDOVER_OVERDUE, "handover_expired", holds=due is not None and due < local_day(at), field="reason")
    changes = {"state": Passing.RECALLED, "answered_by_id": by.id, "answered_at": at}
    locked = locked_words(handover, "answer", told)
    if not await Handover.filter(id=handover.id, state=Passing.SENT).update(**changes, answer=locked):
        raise MovedOn(ANSWERED)
    await go_back(case, handover, seats=seats & {Seat.CENTRE}, by=by, at=at)
    return case


@command
async def keep_here(code: str, *, reason: str, by: Person, at: datetime) -> Case:
    """Decide that the organisation which has the case goes on with it, though it was sent back twice.

    Raises:
        Unfit: no reason is given.
        Forbidden: ``by`` does not dispatch here.
        MovedOn: there is nothing to decide.
    """
    case, seats = await visible_case(by, code, at=at)
    if Seat.CENTRE not in seats:
        raise Forbidden(NOT_YOURS)
    if await bounced(case) < MOST_BOUNCES or await open_of(case):
        raise MovedOn("现在没有等综治中心决定的事，请刷新后再看。")
    told = fitting(reason, "reason")
    if not told:
        raise Unfit("请写明决定的理由，双方单位都会看到。", field="reason")
    await Handover.filter(case_id=case.id, state=Passing.REJECTED, ruled_at=None).update(ruled_at=at)
    await note(case, Event.HANDOVER_REJECT, told, by=by, at=at)
    await record("case.handover-kept", case.key, by=by, at=at, community_id=case.community_id, org=case.org_id)
    return case
